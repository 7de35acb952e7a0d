package io.github.retainless;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.internal.configuration.ConfigurationKeys;
import io.github.retainless.testing.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult.Status;

/** A baseline among the tests of a launch. Its life is in {@code internal.baseline}, told on values. */
class BaselineTests {
    private static final String PATH =
            "static io.github.retainless.BaselineTests.LeakingTestCases.KEPT > ArrayList[*] >"
                    + " io.github.retainless.BaselineTests.Declined";

    /** Where failures are kept, by name: a reference would be a path of its own. */
    private static String keptIn = "";

    /** What the fixtures take for the environment. */
    private static final Map<String, String> ENVIRONMENT = new HashMap<>();

    @TempDir
    private Path folder;

    private final Logger logger = Logger.getLogger("io.github.retainless");
    private final List<LogRecord> logged = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logRecord) {
            logged.add(logRecord);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private static final class Declined extends RuntimeException {
        private static final long serialVersionUID = 1;

        final byte[] response = new byte[4 << 10];

        Declined() {
            super("declined", null, false, false);
        }
    }

    static final class OtherEnvironment implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            TestBaseline.Environment environment = ENVIRONMENT::get;
            context.getStore(TestBaseline.NAMESPACE).put(TestBaseline.Environment.class, environment);
        }
    }

    @ExtendWith(OtherEnvironment.class)
    @NoExceptionRetention(failures = 20, rounds = 3, warmup = 2, budget = 1)
    static class LeakingTestCases {
        static final List<Object> KEPT = new ArrayList<>();

        @AsyncTask
        void declined() {
            Declined declined = new Declined();
            if (keptIn.equals("KEPT")) {
                KEPT.add(declined);
            }
            throw declined;
        }
    }

    @BeforeEach
    void start() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        ENVIRONMENT.clear();
        keptIn = "KEPT";
    }

    @AfterEach
    void stop() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
        LeakingTestCases.KEPT.clear();
    }

    private Path file() {
        return folder.resolve("baseline.json");
    }

    private Launch launch(String... parameters) {
        LeakingTestCases.KEPT.clear();
        Map<String, String> all = new HashMap<>();
        all.put("retainless.baseline.file", file().toString());
        all.put(
                ConfigurationKeys.REPORT_DIRECTORY.name(),
                folder.resolve("reports").toString());
        for (int i = 0; i < parameters.length; i += 2) {
            all.put(parameters[i], parameters[i + 1]);
        }
        return Launch.with(all, LeakingTestCases.class);
    }

    private Launch adopt() {
        return launch("retainless.baseline", "adopt", "retainless.baseline.reason", "ACME-123: the old pool");
    }

    /** The paragraphs about the baseline, which are the last, with other figures and the file's name replaced. */
    private String note(String message) {
        int at = message.lastIndexOf("Report: ");
        return message.substring(message.indexOf('\n', Math.max(0, at)))
                .replaceAll("\\s+", " ")
                .strip()
                .replace(file().toString().replace('\\', '/'), "<file>")
                .replaceAll("\\d[\\d,]+ B\\b", "<n> B");
    }

    private String written() throws IOException {
        return Files.readString(file()).replaceAll("(\"bytesPerFailure\": )\\d+", "$1<n>");
    }

    private long bytes() throws IOException {
        return Long.parseLong(Files.readString(file()).replaceAll("(?s).*\"bytesPerFailure\": (\\d+).*", "$1"));
    }

    private static String entry(String more) {
        return """
                {
                  "format": "retainless-baseline",
                  "version": 1,
                  "leaks": [
                    {
                      "test": "io.github.retainless.BaselineTests$LeakingTestCases.declined()",
                      "path": [
                        "static io.github.retainless.BaselineTests.LeakingTestCases.KEPT",
                        "ArrayList[*]",
                        "io.github.retainless.BaselineTests.Declined"
                      ],
                      "bytesPerFailure": <n>,
                      "reason": "ACME-123: the old pool"MORE
                    }
                  ]
                }
                """
                .replace("MORE", more);
    }

    @Slow("follows and explains the leak in each of its launches")
    @Test
    void adoptedLeak_passesFromThenOn() throws IOException {
        assertThat(adopt().status("declined")).isEqualTo(Status.SUCCESSFUL);

        assertThat(written()).isEqualTo(entry(""));
        assertThat(bytes()).isBetween(4_096L, 4_300L);
        String before = Files.readString(file());
        assertThat(launch().status("declined")).isEqualTo(Status.SUCCESSFUL);
        assertThat(file()).usingCharset(UTF_8).hasContent(before);
        assertThat(logged).isEmpty();
    }

    @Test
    void moreThanIsKnown_failsWithTheNoteBelowTheDiagnosis() throws IOException {
        Files.writeString(file(), entry("").replace("<n>", "1024"));

        Launch launch = launch();

        assertThat(launch.failure("declined")).isExactlyInstanceOf(AssertionError.class);
        assertThat(launch.message("declined"))
                .startsWith(
                        "declined() retains the exceptions it throws: 20 of every 20 stay reachable, <size> each.\n");
        assertThat(note(launch.failure("declined").getMessage()))
                .isEqualTo(
                        "The baseline <file> does not allow this: - more: <n> B per failure instead of <n> B through "
                                + PATH + " (ACME-123: the old pool)"
                                + " Stop it. Or accept it, not on CI: run the test with -Dretainless.baseline=adopt and"
                                + " -Dretainless.baseline.reason=<why>, and commit the file.");
    }

    @Test
    void leakGone_isLogged() throws IOException {
        Files.writeString(file(), entry("").replace("<n>", "4200"));
        keptIn = "";

        assertThat(launch().status("declined")).isEqualTo(Status.SUCCESSFUL);

        assertThat(logged).hasSize(1);
        assertThat(logged.get(0).getMessage()).startsWith("declined() has become better.\n\n  Better than");
        assertThat(note(logged.get(0).getMessage()))
                .isEqualTo("Better than the baseline <file>: - gone: <n> B per failure through " + PATH
                        + " (ACME-123: the old pool)"
                        + " Let it stay so: run the test with -Dretainless.baseline=update, and commit the file.");
    }

    @Test
    void brokenFile_failsBeforeTheFirstAttempt_andStaysAsItIs() throws IOException {
        String broken = entry("").replace("<n>", "4200").replace("\"ACME-123: the old pool\"", "\" \"");
        Files.writeString(file(), broken);

        for (String mode : List.of("check", "update", "adopt")) {
            Throwable failure = launch("retainless.baseline", mode, "retainless.baseline.reason", "whatever")
                    .failure("declined");
            assertThat(failure).isExactlyInstanceOf(ExtensionConfigurationException.class);
            assertThat(failure.getMessage().replace(file().toString().replace('\\', '/'), "<file>"))
                    .isEqualTo("The baseline <file> is broken, line 13: \"reason\" is blank. Correct it by hand, or"
                            + " restore it from version control; nothing writes it as it is.");
        }
        assertThat(LeakingTestCases.KEPT).isEmpty();
        assertThat(file()).usingCharset(UTF_8).hasContent(broken);
    }

    @Test
    void adoptOnCi_isRefused() {
        ENVIRONMENT.put("CI", "true");

        assertThat(adopt().failure("declined"))
                .isExactlyInstanceOf(ExtensionConfigurationException.class)
                .hasMessage("configuration parameter retainless.baseline: adopt is refused on CI, where nobody looks at"
                        + " what is adopted (the environment variable CI is set). Adopt leaks on a machine of your own"
                        + " and commit the baseline.");
        assertThat(file()).doesNotExist();
    }

    @Test
    void wrongParameters_areErrors() {
        assertThat(launch("retainless.baseline", "freeze").failure("declined"))
                .isExactlyInstanceOf(ExtensionConfigurationException.class)
                .hasMessage(
                        "configuration parameter retainless.baseline: \"freeze\" is none of check, update, adopt, off");
        assertThat(launch("retainless.baseline", "adopt").failure("declined"))
                .isExactlyInstanceOf(ExtensionConfigurationException.class)
                .hasMessage(
                        "configuration parameter retainless.baseline.reason: adopt needs a reason, which the entries"
                                + " will show. Set it, for example to an issue: \"ACME-123: the old pool\".");
    }
}
