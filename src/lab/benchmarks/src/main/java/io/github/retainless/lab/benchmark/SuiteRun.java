package io.github.retainless.lab.benchmark;

import io.github.retainless.internal.heap.HeapCollector;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a suite: a class of ten tests, subclassed as often as is needed. Prints one line of figures. */
final class SuiteRun implements TestExecutionListener {
    /** How the line begins. */
    static final String FIGURES = "figures: ";

    private static final int TESTS_A_CLASS = 10;

    private final Map<TestIdentifier, Long> starts = new ConcurrentHashMap<>();
    private final Queue<Double> millis = new ConcurrentLinkedQueue<>();

    private SuiteRun() {}

    /** Arguments: the name of the class, how many tests, how many at a time, the directory for reports. */
    public static void main(String[] arguments) throws ClassNotFoundException {
        int tests = Integer.parseInt(arguments[1]);
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(classes(Class.forName(arguments[0]), tests / TESTS_A_CLASS))
                .configurationParameters(Map.of(
                        "junit.jupiter.execution.parallel.enabled",
                        Boolean.toString(!arguments[2].equals("1")),
                        "junit.jupiter.execution.parallel.mode.default",
                        "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy",
                        "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism",
                        arguments[2],
                        "retainless.report.directory",
                        arguments[3],
                        "retainless.progress",
                        "off"))
                .build();
        SuiteRun run = new SuiteRun();
        long collections = collections();
        long start = System.nanoTime();
        LauncherFactory.create().execute(request, run);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (run.millis.size() != tests) {
            throw new IllegalStateException(run.millis.size() + " of " + tests + " tests passed");
        }
        System.out.println(FIGURES + seconds + " "
                + Quartiles.of(run.millis.stream().mapToDouble(Double::doubleValue))
                        .median()
                + " " + (collections() - collections) + " "
                + HeapCollector.shared().collections());
    }

    private static List<ClassSelector> classes(Class<?> tests, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new ByteBuddy()
                        .subclass(tests)
                        .name(tests.getName() + number)
                        .make()
                        .load(tests.getClassLoader(), ClassLoadingStrategy.Default.WRAPPER)
                        .getLoaded())
                .map(DiscoverySelectors::selectClass)
                .toList();
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        starts.put(test, System.nanoTime());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        double lasted = (System.nanoTime() - starts.get(test)) / 1e6;
        result.getThrowable().ifPresent(Throwable::printStackTrace);
        if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
            millis.add(lasted);
        }
    }
}
