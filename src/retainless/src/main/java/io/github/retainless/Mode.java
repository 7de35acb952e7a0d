package io.github.retainless;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Whether tasks are run at all. */
enum Mode {
    ENABLED,
    DISABLED,
    DISABLED_ON_DEBUG;

    static final String PARAMETER = "retainless.mode";

    static Mode of(ExtensionContext context) {
        String text = context.getConfigurationParameter(PARAMETER).orElse("enabled");
        return Arrays.stream(values())
                .filter(mode -> mode.text().equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> new ExtensionConfigurationException("configuration parameter " + PARAMETER
                        + ": \"" + text + "\" is not a mode: write "
                        + Arrays.stream(values()).map(Mode::text).collect(Collectors.joining(", "))));
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

    private String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static boolean isDebugged() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .anyMatch(argument -> argument.startsWith("-agentlib:jdwp") || argument.startsWith("-Xrunjdwp"));
    }
}
