package io.github.retainless;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.retainless.internal.configuration.ConfigurationKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** A launch of fixture classes through the testkit, and what came of it. */
public final class Launch {
    /** Each JVM of the build has its own: they run at the same time, and each forgets the earlier results. */
    public static final String REPORTS = "target/retainless-fixtures-" + System.getProperty("test.fork", "1");

    private static final String REPORTS_IN_TEXTS = "target/retainless-fixtures";

    private final EngineExecutionResults results;

    private Launch(EngineExecutionResults results) {
        this.results = results;
    }

    public static Launch of(Class<?>... fixtures) {
        return with(Map.of(), fixtures);
    }

    public static Launch with(String parameter, String value, Class<?>... fixtures) {
        return with(Map.of(parameter, value), fixtures);
    }

    public static Launch with(Map<String, String> parameters, Class<?>... fixtures) {
        Map<String, String> all = new HashMap<>(parameters);
        all.putIfAbsent(ConfigurationKeys.REPORT_DIRECTORY.name(), REPORTS);
        forgetEarlierResults();
        return new Launch(EngineTestKit.engine("junit-jupiter")
                .configurationParameters(all)
                .selectors(
                        Stream.of(fixtures).map(DiscoverySelectors::selectClass).toArray(ClassSelector[]::new))
                .execute());
    }

    /** Or each launch would make its page of all that went before. */
    private static void forgetEarlierResults() {
        try (Stream<Path> files = Files.list(Path.of(REPORTS))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".json")).collect(toList())) {
                Files.delete(file);
            }
        } catch (NoSuchFileException nothingYet) {
            // Fine.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a fixture before a sound one, which must be none the worse for it, and leaves no thread behind. */
    static Launch besideASoundOne(Class<?> fixture) {
        Launch launch = of(fixture, SoundTestCases.class);
        assertThat(launch.status("sound")).isEqualTo(Status.SUCCESSFUL);
        assertThat(launch.verdict("sound")).isEqualTo("RELEASED");
        assertThatNoThreadIsLeft();
        return launch;
    }

    static void assertThatNoThreadIsLeft() {
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("retainless-")));
    }

    public Events tests() {
        return results.testEvents();
    }

    Events containers() {
        return results.containerEvents();
    }

    Status status(String method) {
        return result(method).getStatus();
    }

    /** Why the only test, or the one of this name, failed or was aborted. */
    public Throwable failure(String method) {
        return result(method).getThrowable().orElseThrow();
    }

    /** The message of a failed test, with what depends on the machine replaced. */
    String message(String method) {
        return normalized(failure(method).getMessage());
    }

    /** Why a class failed. */
    String classMessage(Class<?> fixture) {
        return containers()
                .finished()
                .filter(event -> event.getTestDescriptor()
                        .getSource()
                        .filter(ClassSource.from(fixture)::equals)
                        .isPresent())
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .map(TestExecutionResult::getThrowable)
                .flatMap(Optional::stream)
                .map(Throwable::getMessage)
                .findFirst()
                .orElseThrow(() -> new AssertionError(fixture + " has not failed"));
    }

    /** The verdict that a test reported. */
    public String verdict(String method) {
        return entries(method).get("retainless.verdict");
    }

    /** How many attempts were made, warm-up apart. */
    int failures(String method) {
        return Integer.parseInt(entries(method).get("retainless.attempts"));
    }

    Map<String, String> entries(String method) {
        List<Map<String, String>> found = results.allEvents()
                .reportingEntryPublished()
                .map(event -> event.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
                .filter(entries -> entries.get("retainless.task").equals(method + "()"))
                .collect(toList());
        assertThat(found).as("report entries of %s", method).hasSize(1);
        return found.get(0);
    }

    String skipReason(String method) {
        return tests().skipped()
                .filter(event -> isOf(method, event))
                .map(event -> event.getRequiredPayload(String.class))
                .findFirst()
                .orElseThrow(() -> new AssertionError(method + " was not skipped"));
    }

    private TestExecutionResult result(String method) {
        return tests().finished()
                .filter(event -> isOf(method, event))
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .findFirst()
                .orElseThrow(() -> new AssertionError(method + " has not been run"));
    }

    private static boolean isOf(String method, Event event) {
        return event.getTestDescriptor()
                .getUniqueId()
                .getLastSegment()
                .getValue()
                .startsWith(method + "(");
    }

    static String normalized(String message) {
        return message.replaceAll(" +\\d[\\d.,]* (B|KiB|MiB|GiB|TiB)\\b", " <size>")
                .replaceAll("full after [\\d,]+", "full after <n>")
                .replaceAll("JDK [^\n]*? Report: ", "<jvm> Report: ")
                .replace(REPORTS, REPORTS_IN_TEXTS);
    }

    @Quick
    static class SoundTestCases {
        @AsyncTask
        void sound() {
            throw new IllegalStateException("sound");
        }
    }
}
