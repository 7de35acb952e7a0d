package io.github.retainless.internal.dump;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.retainless.experiment.HeapDumps;
import io.github.retainless.internal.heap.HeapLayout;
import io.github.retainless.internal.track.FailureWatch;
import io.github.retainless.testing.ChildJvm;
import io.github.retainless.testing.Slow;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A dump with chains of a hundred thousand causes: each is followed once, on a small stack. */
@Slow("dumps and reads a heap with 800,000 exceptions")
@Tag("any-jdk") // takes long, and no JDK changes what the reader does
class DeepChainTests {
    @Test
    void deepChains_takeNoLongerThanOtherObjects() {
        ChildJvm.Result child = ChildJvm.run(List.of("-Xmx512m", "-Xss512k"), Main.class);

        assertThat(child.err()).isEmpty();
        // Following each cause to the head of its chain took 11 s here, and once each 0.9.
        assertThat(child.out()).matches("8 held, 1 way, [0-4] s");
    }

    static final class Main {
        private static final int FAILURES = 8;
        private static final int CAUSES = 100_000;
        static final List<Throwable> KEPT = new ArrayList<>();

        private Main() {}

        private static final class Declined extends RuntimeException {
            private static final long serialVersionUID = 1;

            Declined(Throwable cause) {
                super("declined", cause, false, false);
            }
        }

        public static void main(String[] arguments) throws IOException {
            FailureWatch watch = new FailureWatch();
            watch.endWarmup(0);
            for (int attempt = 1; attempt <= FAILURES; attempt++) {
                Declined declined = new Declined(null);
                for (int i = 0; i < CAUSES; i++) {
                    declined = new Declined(declined);
                }
                KEPT.add(declined);
                watch.watchFailure(declined, attempt);
            }
            DumpQuery query = new DumpQuery(watch.number(), 0, FAILURES, FAILURES, HeapLayout.current());
            try (HeapDump dump = HeapDump.take(HeapDumps.TEMPORARY)) {
                long before = cpuNanos();
                DumpResult found = HeapDumpReader.read(dump.file(), query);
                System.out.print(found.signatures().get(0).attempts() + " held, "
                        + found.signatures().size() + " way, " + (cpuNanos() - before) / 1_000_000_000 + " s");
            }
            // Once this method is compiled, the collector may take the watch after its last use, and the dump has none.
            Reference.reachabilityFence(watch);
        }

        private static long cpuNanos() {
            return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadCpuTime();
        }
    }
}
