package io.github.retainless;

import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.internal.baseline.Baseline;
import io.github.retainless.internal.baseline.BrokenBaselineException;
import io.github.retainless.internal.baseline.Ruling;
import io.github.retainless.internal.configuration.ConfigurationKeys;
import io.github.retainless.internal.text.Paragraphs;
import io.github.retainless.internal.verdict.Limits;
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
final class TestBaseline {
    private static final System.Logger LOG = System.getLogger("io.github.retainless");

    /** Where tests of this library put another {@link Environment}. */
    static final Namespace NAMESPACE = Namespace.create(TestBaseline.class);

    private final Baseline baseline;

    /** Environment variables by name. */
    @FunctionalInterface
    interface Environment extends UnaryOperator<@Nullable String> {}

    private TestBaseline(Baseline baseline) {
        this.baseline = baseline;
    }

    /**
     * Reads the configuration.
     *
     * @throws ExtensionConfigurationException if it is wrong, or the baseline broken
     */
    static TestBaseline of(ExtensionContext context) {
        Environment environment = context.getStore(NAMESPACE).get(Environment.class, Environment.class);
        try {
            return new TestBaseline(Baseline.of(
                    context::getConfigurationParameter,
                    environment == null ? System::getenv : environment::apply,
                    LocalDate.now(ZoneOffset.UTC)));
        } catch (IllegalArgumentException | BrokenBaselineException wrong) {
            throw new ExtensionConfigurationException(wrong.getMessage(), wrong);
        }
    }

    /**
     * Whether a test passes, and what is to be said; what is better than known is logged, since nobody reads more of a
     * test that passes.
     */
    Ruling judge(RetentionReport report, Limits limits, Supplier<Path> folder, ExtensionContext context) {
        String test = Declarations.testId(
                Declarations.enclosingAndOwn(context), context.getRequiredTestMethod(), context.getUniqueId());
        Ruling ruling;
        try {
            ruling = baseline.judge(test, report, limits, folder);
        } catch (BrokenBaselineException broken) {
            throw new ExtensionConfigurationException(broken.getMessage(), broken);
        } catch (InvalidPathException wrong) {
            throw Configuration.wrong(ConfigurationKeys.REPORT_DIRECTORY, wrong);
        }
        if (ruling.allowed() && ruling.better()) {
            LOG.log(Level.WARNING, () -> report.name() + " has become better." + Paragraphs.of(ruling.note()));
        }
        return ruling;
    }
}
