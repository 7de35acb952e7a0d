package io.github.retainless.lab.peers;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.github.retainless.internal.dump.DumpQuery;
import io.github.retainless.internal.heap.HeapCollector;
import io.github.retainless.internal.heap.HeapLayout;
import io.github.retainless.internal.heap.StableCount;
import io.github.retainless.internal.track.FailureWatch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.function.Consumer;
import one.jpro.jmemorybuddy.JMemoryBuddy;

/**
 * Leaks through every {@link Group} in a heap of some size. Arguments: the size, how many failures to leak through each
 * group, and then either {@code dump} and a file: counts what is left as an experiment does and writes a dump, or
 * {@code jmemorybuddy}, how many failures of each group it is to look at, and a directory for its dump.
 */
final class LeakingProgram {
    // A field, since a frame that holds it would be where a reader finds everything.
    private static final FailureWatch WATCH = new FailureWatch();

    private LeakingProgram() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        HeapSize size = HeapSize.valueOf(arguments[0]);
        int failures = Integer.parseInt(arguments[1]);
        HeapCollector.shared().prepare();
        Ballast.load(size.customers());
        if (arguments[2].equals("dump")) {
            dump(failures, arguments[3]);
        } else {
            System.setProperty("jmemorybuddy.output", arguments[4]);
            jmemorybuddy(failures, Integer.parseInt(arguments[3]));
        }
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static void dump(int failures, String file) throws IOException, InterruptedException {
        WATCH.endWarmup(0);
        Numbered numbered = new Numbered();
        for (Group group : Group.values()) {
            group.keep(failures, numbered);
        }
        Effort.Meter counting = new Effort.Meter();
        StableCount stableCount = StableCount.settle(HeapCollector.shared(), WATCH::retained);
        PeerJvm.say("counting", counting.read().words());
        PeerJvm.say("retained", String.valueOf(stableCount.retained()));
        PeerJvm.say("used", String.valueOf(used()));
        HotSpotDiagnosticMXBean hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        Effort.Meter dumping = new Effort.Meter();
        hotSpot.dumpHeap(file, true);
        PeerJvm.say("dumping", dumping.read().words());
        int attempts = failures * Group.values().length;
        RetainlessReader.ask(Path.of(file), new DumpQuery(WATCH.number(), 0, attempts, attempts, HeapLayout.current()));
    }

    // Its users name each object that should be collectable; when one is not, it dumps the heap and names what is left.
    private static void jmemorybuddy(int failures, int looksAt) {
        Effort.Meter[] meter = new Effort.Meter[1];
        long[] before = new long[1];
        try {
            JMemoryBuddy.memoryTest(checker -> {
                try {
                    for (Group group : Group.values()) {
                        group.keep(failures, new First(looksAt, checker::assertCollectable));
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                System.gc();
                before[0] = used();
                meter[0] = new Effort.Meter();
            });
        } catch (AssertionError leak) {
            PeerJvm.say("effort", meter[0].read().words());
            System.gc();
            PeerJvm.say("more", String.valueOf(Math.max(0, used() - before[0])));
            PeerJvm.say(
                    "names", String.valueOf(leak.getMessage().split(PaymentDeclined.class.getName(), -1).length - 1));
        }
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Watches each as the failure of the next attempt. */
    private static final class Numbered implements Consumer<Throwable> {
        private int attempt;

        @Override
        public void accept(Throwable failure) {
            WATCH.watchFailure(failure, ++attempt);
        }
    }

    /** Passes on the first few. */
    private static final class First implements Consumer<Throwable> {
        private final Consumer<Object> next;
        private int left;

        First(int count, Consumer<Object> next) {
            left = count;
            this.next = next;
        }

        @Override
        public void accept(Throwable failure) {
            if (left-- > 0) {
                next.accept(failure);
            }
        }
    }
}
