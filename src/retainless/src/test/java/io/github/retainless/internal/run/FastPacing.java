package io.github.retainless.internal.run;

import java.time.Duration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Lets the experiments of this module's tests judge at once. Users' experiments watch growth for two seconds, in case a
 * timer or a cache lets go; few tests are about that, and they are annotated with {@link RealPacing}.
 *
 * <p>The build asks for it with a system property: tests of other modules, which have this class on their class path,
 * keep the pacing that users get.
 */
public final class FastPacing implements LauncherSessionListener {
    /** Names the system property; its value is {@code fast}. */
    public static final String PROPERTY = "test.pacing";

    /** For the command line of a JVM that a test starts, whose main class calls {@link #useIfAsked()}. */
    public static final String FLAG = "-D" + PROPERTY + "=fast";

    /** Sets it in this JVM if the system property asks for it. */
    public static void useIfAsked() {
        if ("fast".equals(System.getProperty(PROPERTY))) {
            Pacing.use(Pacing.STANDARD.withLeastAge(Duration.ZERO));
        }
    }

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        useIfAsked();
    }

    /** Puts the pacing that users get back for a class of tests. */
    static final class Suspended implements BeforeAllCallback, AfterAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            Pacing.use(Pacing.STANDARD);
        }

        @Override
        public void afterAll(ExtensionContext context) {
            useIfAsked();
        }
    }
}
