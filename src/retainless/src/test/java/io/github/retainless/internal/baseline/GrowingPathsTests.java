package io.github.retainless.internal.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.Explanation;
import io.github.retainless.experiment.Growth;
import io.github.retainless.experiment.PathStep;
import io.github.retainless.experiment.PathStep.Kind;
import io.github.retainless.experiment.Reachability;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Signature;
import io.github.retainless.internal.text.Reports;
import io.github.retainless.internal.units.ByteSize;
import io.github.retainless.internal.verdict.Limits;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrowingPathsTests {
    private static final String TYPE = "io.acme.Declined";
    private static final PathStep STATIC =
            step(Kind.STATIC, "io.acme.Pool", "io.acme.Pool", "FAILED", "java.util.List");

    private static PathStep step(Kind kind, String holder, String owner, String member, String type) {
        return new PathStep(kind, holder, owner, member, type, false);
    }

    private static Signature signature(Reachability reachability, long bytes, List<Integer> cohorts, PathStep... path) {
        int failures = cohorts.stream().mapToInt(Integer::intValue).sum();
        return new Signature(reachability, List.of(path), TYPE, failures, bytes, cohorts, null);
    }

    private static Signature strong(long bytes, List<Integer> cohorts, PathStep... path) {
        return signature(Reachability.STRONG, bytes, cohorts, path);
    }

    private static Reports growing(Growth growth, Signature... signatures) {
        return Reports.growing(growth)
                .failuresPerRound(50)
                .round(50, 50, 50_000)
                .round(200, 200, 200_000)
                .explained(new Explanation(Arrays.asList(signatures), List.of(), "", ""));
    }

    private static GrowingPaths of(Reports reports) {
        return GrowingPaths.of(reports.report(), Limits.NONE);
    }

    @Test
    void bytes_areThoseOfThePath_byAllAttempts() {
        PathStep other = step(Kind.STATIC, "io.acme.Pool", "io.acme.Pool", "RETRIED", TYPE);

        assertThat(of(growing(
                                Growth.COUNT,
                                strong(200_100, List.of(50, 50, 50, 50), STATIC),
                                strong(20_000, List.of(5, 5, 5, 5), other)))
                        .paths())
                .containsExactly(
                        new GrowingPath(List.of("static io.acme.Pool.FAILED", TYPE), 1_001),
                        new GrowingPath(List.of("static io.acme.Pool.RETRIED", TYPE), 100));
    }

    @Test
    void pathsOfTheSameWords_areOne() {
        PathStep worker = step(Kind.LOCAL, "worker-1", "io.acme.Worker", "run(Worker.java:42)", TYPE);
        PathStep main = step(Kind.LOCAL, "main", "io.acme.Worker", "run(Worker.java:57)", TYPE);

        assertThat(of(growing(
                                Growth.COUNT,
                                strong(2_000, List.of(9, 9, 9, 9), worker),
                                strong(4_000, List.of(9, 9, 9, 9), main)))
                        .paths())
                .containsExactly(new GrowingPath(List.of("local of io.acme.Worker.run", TYPE), 30));
    }

    @ParameterizedTest
    @CsvSource({
        "50, 50, 50, 50, true",
        "1, 0, 0, 1, true",
        "0, 1, 1, 0, true",
        // A thread's last failure, a ring buffer, a cache that was filled first.
        "0, 0, 0, 1, false",
        "0, 0, 14, 50, false",
        "50, 14, 0, 0, false",
    })
    void path_growsIfItHoldsOldAttemptsAndNewOnes(int first, int second, int third, int fourth, boolean grows) {
        PathStep last = step(Kind.STATIC, "io.acme.Pool", "io.acme.Pool", "last", TYPE);

        List<GrowingPath> paths = of(growing(
                        Growth.COUNT,
                        strong(1_000, List.of(50, 50, 50, 50), STATIC),
                        strong(1_000, List.of(first, second, third, fourth), last)))
                .paths();

        assertThat(paths).hasSize(grows ? 2 : 1);
    }

    @Test
    void whereNoPathIsOfAllAges_allCount() {
        assertThat(of(growing(
                                Growth.COUNT,
                                strong(1_000, List.of(0, 0, 50, 50), STATIC),
                                signature(Reachability.NONE, 100, List.of(0, 0, 0, 1))))
                        .paths())
                .extracting(GrowingPath::path)
                .containsExactly(List.of("static io.acme.Pool.FAILED", TYPE));
    }

    @Test
    void whereBytesGrow_oneFailureIsEnough() {
        assertThat(of(growing(Growth.BYTES, strong(20_000, List.of(1, 0, 0, 0), STATIC)))
                        .paths())
                .containsExactly(new GrowingPath(List.of("static io.acme.Pool.FAILED", TYPE), 100));
    }

    @Test
    void softPath_doesNotCount() {
        assertThat(of(growing(
                                Growth.COUNT,
                                strong(1_000, List.of(50, 50, 50, 50), STATIC),
                                signature(
                                        Reachability.SOFT,
                                        1_000,
                                        List.of(9, 9, 9, 9),
                                        step(Kind.STATIC, "io.acme.Soft", "io.acme.Soft", "cache", TYPE))))
                        .paths())
                .hasSize(1);
    }

    @Test
    void aFewWithoutPath_areTheJvmsOwn_butManyAreAnObstacle() {
        Signature leak = strong(1_000, List.of(50, 50, 50, 50), STATIC);

        assertThat(of(growing(Growth.COUNT, leak, signature(Reachability.NONE, 100, List.of(1, 0, 1, 2))))
                        .obstacle())
                .isEmpty();
        assertThat(of(growing(Growth.COUNT, leak, signature(Reachability.NONE, 100, List.of(20, 20, 20, 20))))
                        .obstacle())
                .isEqualTo("80 of what is retained has no path in the heap dump, so there is nothing to compare."
                        + " Whatever holds it has to let go.");
    }

    @Test
    void whatIsNoGrowthByPaths_isAnObstacle() {
        Limits one = Limits.NONE.withMaxRetained(1);
        RetentionReport bounded = Reports.bounded().round(50, 2, 200).report();
        Limits light = Limits.NONE.withMaxFailureSize(new ByteSize(10));

        assertThat(GrowingPaths.of(
                                Reports.undecided("time is over", "Raise timeout.")
                                        .report(),
                                Limits.NONE)
                        .obstacle())
                .startsWith("what is undecided can't be compared.");
        assertThat(GrowingPaths.of(bounded, one).obstacle()).endsWith("Raise maxRetained or maxFootprint.");
        assertThat(GrowingPaths.of(
                                growing(Growth.COUNT, strong(1, List.of(50, 50), STATIC))
                                        .report(),
                                light)
                        .obstacle())
                .contains("Raise maxFailureSize");
        assertThat(of(growing(Growth.HEAP)).obstacle()).startsWith("nothing that is watched grows");
        assertThat(of(growing(Growth.COUNT)).obstacle()).startsWith("who retains what grows is not known");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STATIC | io.acme.Pool$Inner | io.acme.Pool$Inner | ALL | static io.acme.Pool.Inner.ALL",
                "FIELD | io.acme.Node | io.acme.Node | failure | Node.failure",
                "FIELD | io.acme.Declined | io.acme.Base | left | Base.*",
                "FIELD | io.acme.A$$Lambda/0x00007f01 | io.acme.A$$Lambda/0x00007f01 | arg$1 | A$$Lambda.arg$1",
                "FIELD | io.acme.A$$Lambda$17/0x7f01 | io.acme.A$$Lambda$17/0x7f01 | arg$1 | A$$Lambda.arg$1",
                "FIELD | jdk.proxy2.$Proxy14 | jdk.proxy2.$Proxy14 | h | $Proxy*.h",
                "FIELD | a.B$$EnhancerBySpringCGLIB$$1a2 | a.B$$EnhancerBySpringCGLIB$$1a2 | x |"
                        + " B$$EnhancerBySpringCGLIB$$*.x",
                "FIELD | a.B$MockitoMock$4711 | a.B$MockitoMock$4711 | x | B.MockitoMock$*.x",
                "LOCAL | worker-7 | io.acme.Worker | lambda$run$3(Worker.java:42) | local of io.acme.Worker.lambda$run$*",
                "LOCAL | worker-7 | '' | '' | a local variable",
                "THREAD | pool-3-thread-12 | '' | '' | thread \"pool-*-thread-*\"",
                "THREAD | call 123e4567-e89b-12d3-a456-426614174000 | '' | '' | thread \"call *\"",
                "THREAD | conn@7f3a9c | '' | '' | thread \"conn@*\"",
                "THREAD_LOCAL | java.lang.Thread | io.acme.Context | CURRENT | thread-local Context.CURRENT",
                "THREAD_LOCAL | java.lang.Thread | '' | '' | a thread-local",
                "ENTRY | java.util.HashMap | java.util.HashMap | \"order-9\" | HashMap[*]",
                "ELEMENT | java.lang.Object[] | java.lang.Object[] | 3 | Object[*]",
                "KEY | java.util.HashMap | java.util.HashMap | * | a key of HashMap",
                "OUTSIDE | executor | '' | '' | executor io.acme.Declined",
                "OUTSIDE | instance of | io.acme.PaymentTest | last | instance of io.acme.PaymentTest.last",
                "NATIVE | JNI global | '' | '' | JNI global",
            })
    void step_isToldInWordsThatStay(Kind kind, String holder, String owner, String member, String words) {
        PathStep step = step(kind, holder, owner, member, TYPE);

        assertThat(PathText.of(strong(1, List.of(1), step))).containsExactly(words, TYPE);
    }

    @Test
    void repeatedStep_isMarked() {
        PathStep next = new PathStep(Kind.FIELD, "io.acme.Node", "io.acme.Node", "next", "io.acme.Node", true);

        assertThat(PathText.of(strong(1, List.of(1), STATIC, next)))
                .containsExactly("static io.acme.Pool.FAILED", "Node.* (repeated)", TYPE);
    }
}
