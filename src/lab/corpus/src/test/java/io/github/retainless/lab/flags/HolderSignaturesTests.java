package io.github.retainless.lab.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.retainless.internal.run.FastPacing;
import io.github.retainless.testing.ChildJvm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which signatures are found does not depend on the collector. */
class HolderSignaturesTests {
    private static final Map<String, ChildJvm.Result> results = new HashMap<>();

    static List<String> collectors() {
        return List.of("Serial", "Parallel", "G1", "Z", "Shenandoah");
    }

    @BeforeAll
    static void runTwoAtATime() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            Map<String, Future<ChildJvm.Result>> running = new HashMap<>();
            for (String collector : collectors()) {
                List<String> flags =
                        List.of("-XX:+Use" + collector + "GC", "-Xmx256m", "-XX:TieredStopAtLevel=1", FastPacing.FLAG);
                running.put(collector, executor.submit(() -> ChildJvm.run(flags, HolderSignatures.class)));
            }
            for (Map.Entry<String, Future<ChildJvm.Result>> child : running.entrySet()) {
                results.put(child.getKey(), child.getValue().get());
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("collectors")
    void anyCollector_signaturesAreTheSame(String collector) {
        ChildJvm.Result result = results.get(collector);

        assumeTrue(
                result.exitCode() == 0 || !result.err().contains("not supported"),
                () -> "this JDK has no such collector: " + result.err());
        assertThat(result.out())
                .isEqualTo(
                        """
                        Piles: GROWING, 31 x 40 STRONG by STATIC
                        TimerTasks: GROWING, 1 x 40 STRONG by THREAD
                        QueueOfTheExecutorUnderTest: GROWING, 1 x 40 STRONG by OUTSIDE
                        SuppressedByThrownSingleton: GROWING, 1 x 1 STRONG by STATIC, 1 x 39 THROUGH_ANOTHER by STATIC
                        ThreadLocalOfFourThreads: BOUNDED, 1 x 4 STRONG by THREAD
                        LocalOfABlockedThread: GROWING, 1 x 40 STRONG by LOCAL
                        OfAClassValue: GROWING, 1 x 40 NONE by nothing
                        TwoHolders: GROWING, 1 x 12 STRONG by STATIC, 1 x 28 STRONG by STATIC
                        LastErrorOfAStaticField: BOUNDED, 1 x 1 STRONG by STATIC
                        Clean: RELEASED
                        """);
        assertThat(result.errApartFromDumps()).isEmpty();
    }
}
