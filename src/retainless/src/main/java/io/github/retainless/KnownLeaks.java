package io.github.retainless;

import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.internal.baseline.BrokenBaselineException;
import io.github.retainless.internal.baseline.Ratchet;
import io.github.retainless.internal.baseline.Ruling;
import io.github.retainless.internal.text.NoteText;
import io.github.retainless.internal.verdict.Bounds;
import java.lang.System.Logger.Level;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The baseline of the tests, as their configuration has it. */
final class KnownLeaks {
    private static final System.Logger LOG = System.getLogger("io.github.retainless");

    /** Where tests of this library put another {@link Environment}. */
    static final Namespace NAMESPACE = Namespace.create(KnownLeaks.class);

    private final Ratchet ratchet;

    /** Environment variables by name. */
    @FunctionalInterface
    interface Environment extends UnaryOperator<@Nullable String> {}

    private KnownLeaks(Ratchet ratchet) {
        this.ratchet = ratchet;
    }

    /**
     * Reads the configuration.
     *
     * @throws ExtensionConfigurationException if it is wrong, or the baseline broken
     */
    static KnownLeaks of(ExtensionContext context) {
        Environment environment = context.getStore(NAMESPACE).get(Environment.class, Environment.class);
        try {
            return new KnownLeaks(Ratchet.of(
                    context::getConfigurationParameter,
                    environment == null ? System::getenv : environment::apply,
                    LocalDate.now(ZoneOffset.UTC)));
        } catch (IllegalArgumentException | BrokenBaselineException wrong) {
            throw new ExtensionConfigurationException(wrong.getMessage(), wrong);
        }
    }

    /** Whether a test passes, and what is to be said; what is better than known is logged, since nobody reads more of a test that passes. */
    Ruling judge(RetentionReport report, Bounds bounds, Supplier<Path> folder, ExtensionContext context) {
        String test = Declarations.testId(
                Declarations.enclosingAndOwn(context), context.getRequiredTestMethod(), context.getUniqueId());
        Ruling ruling;
        try {
            ruling = ratchet.judge(test, report, bounds, folder);
        } catch (BrokenBaselineException broken) {
            throw new ExtensionConfigurationException(broken.getMessage(), broken);
        } catch (InvalidPathException wrong) {
            throw new ExtensionConfigurationException(
                    "configuration parameter " + RetentionExtension.REPORT_DIRECTORY + ": " + wrong.getMessage(),
                    wrong);
        }
        if (ruling.allowed() && ruling.better()) {
            LOG.log(Level.WARNING, () -> report.name() + " has become better." + NoteText.of(ruling.note()));
        }
        return ruling;
    }
}
