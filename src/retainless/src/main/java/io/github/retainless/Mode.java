package io.github.retainless;

import io.github.retainless.internal.configuration.ConfigurationKeys;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Whether tasks are run at all. */
enum Mode {
    ENABLED,
    DISABLED,
    DISABLED_ON_DEBUG;

    private static final String PARAMETER = ConfigurationKeys.MODE.name();

    static Mode of(ExtensionContext context) {
        return valueOf(Configuration.get(ConfigurationKeys.MODE, context).toUpperCase(Locale.ROOT));
    }

    ConditionEvaluationResult evaluate() {
        return switch (this) {
            case ENABLED -> ConditionEvaluationResult.enabled(PARAMETER + " = enabled");
            case DISABLED -> ConditionEvaluationResult.disabled(PARAMETER + " = disabled");
            case DISABLED_ON_DEBUG ->
                isDebugged()
                        ? ConditionEvaluationResult.disabled(PARAMETER
                                + " = disabled_on_debug, and a debugger may be attached: then the JVM keeps dead local"
                                + " variables alive")
                        : ConditionEvaluationResult.enabled("no debugger can be attached");
        };
    }

    private static boolean isDebugged() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .anyMatch(argument -> argument.startsWith("-agentlib:jdwp") || argument.startsWith("-Xrunjdwp"));
    }
}
