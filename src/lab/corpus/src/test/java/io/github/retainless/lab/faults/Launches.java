package io.github.retainless.lab.faults;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The JVM of a build: launches test classes, tells of each test when it has ended, and at the end which threads are
 * left.
 */
final class Launches {
    /** The JDK's own, which it starts when they are first needed. */
    private static final Set<String> OF_THE_JDK =
            Set.of("process reaper", "Attach Listener", "Notification Thread", "Java2D Disposer");

    private Launches() {}

    /**
     * Runs the tests.
     *
     * @param arguments the names of the classes, which run in this order, after the report directory
     */
    public static void main(String[] arguments) throws InterruptedException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        launch("", arguments);
        tell("threads", left(before).toString());
    }

    /**
     * Runs the tests of the classes that are named after the report directory; tells of them by their names with a
     * prefix.
     */
    static void launch(String prefix, String... arguments) {
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .configurationParameter("retainless.report.directory", arguments[0])
                                .selectors(List.of(arguments).stream()
                                        .skip(1)
                                        .map(DiscoverySelectors::selectClass)
                                        .toList())
                                .build(),
                        new Teller(prefix));
    }

    /** Threads that have come and not gone, not even within two seconds. */
    static Set<String> left(Set<Thread> before) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        Set<String> names;
        do {
            Thread.sleep(10);
            names = new TreeSet<>();
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (!before.contains(thread) && !isOfTheJdk(thread.getName())) {
                    names.add(thread.getName());
                }
            }
        } while (!names.isEmpty() && System.nanoTime() < deadline);
        return names;
    }

    private static boolean isOfTheJdk(String name) {
        return OF_THE_JDK.contains(name) || name.startsWith("ForkJoinPool.commonPool-");
    }

    /** Tells the build, which looks for such lines. */
    static void tell(String... values) {
        StringBuilder line = new StringBuilder("told");
        for (String value : values) {
            line.append(':').append(Base64.getEncoder().encodeToString(("=" + value).getBytes(StandardCharsets.UTF_8)));
        }
        System.out.println(line);
    }

    private static final class Teller implements TestExecutionListener {
        private final String prefix;
        private String verdict = "";

        Teller(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
            verdict = entry.getKeyValuePairs().getOrDefault("retainless.verdict", verdict);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest() || result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                String name = prefix + test.getDisplayName().replaceFirst("\\(.*", "");
                tell(
                        name,
                        result.getStatus().toString(),
                        verdict,
                        result.getThrowable().map(Teller::text).orElse(""));
            }
            verdict = "";
        }

        private static String text(Throwable failure) {
            return failure instanceof AssertionError ? String.valueOf(failure.getMessage()) : failure.toString();
        }
    }
}
