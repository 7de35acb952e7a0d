package io.github.retainless.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.HeapGrowth;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.testing.ChildJvm;
import io.github.retainless.testing.Slow;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Serial leaves some dead objects where they are, and counts them as in use, except in every fourth collection. */
@Slow("makes eight experiments in other JVMs")
class SerialHeapTests {
    @ParameterizedTest
    @EnumSource(HeapGrowth.class)
    @Tag("any-jdk") // takes long, and Serial is the same on all
    void deadObjectsLeftInPlace_areNoGrowth(HeapGrowth mode) {
        ChildJvm.Result child = ChildJvm.run(List.of("-XX:+UseSerialGC"), Main.class, mode.name());

        assertThat(child.err()).isEmpty();
        assertThat(child.out()).isEqualTo("RELEASED, 0 B with each failure".repeat(4));
    }

    /** A program that keeps its latest responses, of which older ones are old objects when they are let go. */
    static final class Main {
        private static final int LATEST = 400;

        private Main() {}

        public static void main(String[] arguments) {
            for (int i = 0; i < 4; i++) {
                // Whichever of its collections is the one in four.
                System.gc();
                byte[][] latest = new byte[LATEST][];
                RetentionReport report = RetentionExperiment.of(attempt -> {
                            latest[attempt.number() % LATEST] = new byte[8 << 10];
                            throw new IllegalStateException("declined");
                        })
                        .failures(100)
                        .warmup(LATEST)
                        .heapGrowth(HeapGrowth.valueOf(arguments[0]))
                        .run();
                System.out.print(
                        report.verdict() + ", " + report.heapGain().bytesPerFailure() + " B with each failure");
            }
        }
    }
}
