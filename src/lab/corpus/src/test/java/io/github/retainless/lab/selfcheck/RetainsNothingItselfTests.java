package io.github.retainless.lab.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.testing.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The library under its own test: after a retention test nothing is left of the subject, the test class, their class
 * loader, or the library's own.
 */
class RetainsNothingItselfTests {
    /**
     * A small heap that is collected fast, no long-lived soft references, and no time for the second compiler, which
     * would not pay.
     */
    private static final List<String> FLAGS = List.of(
            "-Xmx700m",
            "-XX:+UseSerialGC",
            "-XX:SoftRefLRUPolicyMSPerMB=0",
            "-XX:TieredStopAtLevel=1",
            "-Dfile.encoding=UTF-8");

    private static final long PATIENCE_SECONDS = 300;

    @TempDir
    Path reports;

    @Test
    void twoHundredClassLoaders_areLetGo() {
        ChildJvm.Result result = ChildJvm.run(PATIENCE_SECONDS, FLAGS, SelfCheck.class, reports.toString());

        assertThat(result.out())
                .as(result.err())
                .contains(
                        "the library lets go of the exceptions it throws.",
                        "\nwrong: []\n",
                        "\n0 of 200 class loaders are left\n");
    }

    /** Or the other test would prove nothing. */
    @Test
    void classLoaderThatIsHeld_isFound() {
        ChildJvm.Result result =
                ChildJvm.run(PATIENCE_SECONDS, FLAGS, SelfCheck.class, reports.toString(), "HELD", "HELD");

        assertThat(result.out())
                .as(result.err())
                .contains("the library retains what it tracks: 2 of every 2 stay reachable", "\nwrong: []\n")
                // One round more where it took less than two seconds.
                .containsPattern("\n(3[24]) of \\1 class loaders are left\n");
    }
}
