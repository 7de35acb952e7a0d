package io.github.retainless.lab.benchmark;

import io.github.retainless.experiment.Footprint;
import io.github.retainless.internal.heap.FootprintMeter;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.openjdk.jol.info.GraphLayout;
import org.openjdk.jol.vm.VM;

/** One graph, weighed by all ways in turns in one JVM. Prints a row of a table. */
final class WalkedGraph {
    /** A way is taken for at least so long before the next one's turn. */
    private static final long SLICE_NANOS = 20_000_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final FootprintMeter METER = new FootprintMeter();

    private final Graph graph;
    private final Object root;
    private final Map<Way, Long> bytes = new EnumMap<>(Way.class);
    private final Random order = new Random(4711);

    private WalkedGraph(Graph graph) {
        this.graph = graph;
        this.root = graph.make();
    }

    /** How to weigh a graph. */
    private enum Way {
        METER_WALK(WalkedGraph::metered),
        PLAIN(PlainWalk::bytes),
        JOL(root -> jolBytes(root));

        private final ToLongFunction<Object> bytes;

        Way(ToLongFunction<Object> bytes) {
            this.bytes = bytes;
        }
    }

    /** The milliseconds of one walk, for each way. */
    private record Turn(Map<Way, Double> millis) {
        double millis(Way way) {
            return millis.get(way);
        }
    }

    /** Arguments: the graph and the thoroughness. */
    public static void main(String[] arguments) {
        startJol();
        new WalkedGraph(Graph.valueOf(arguments[0])).row(Thoroughness.valueOf(arguments[1]));
    }

    /** What it cannot do, it would say in the midst of the table. */
    private static void startJol() {
        PrintStream table = System.out;
        System.setOut(System.err);
        VM.current();
        System.setOut(table);
    }

    private void row(Thoroughness thoroughness) {
        for (int i = 0; i < thoroughness.warmUpPairs(); i++) {
            turn();
        }
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < thoroughness.pairs(); i++) {
            turns.add(turn());
        }
        Footprint footprint = METER.measure(new Object[] {root}, new Object[0]);
        System.out.println(String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %s | %s | %s | %s | %s | %s | %s |",
                graph.title(),
                footprint.objects(),
                footprint.bytes(),
                millis(turns, Way.METER_WALK),
                millis(turns, Way.PLAIN),
                millis(turns, Way.JOL),
                Quartiles.of(turns.stream().mapToDouble(turn -> turn.millis(Way.METER_WALK) / turn.millis(Way.PLAIN))),
                Quartiles.of(turns.stream().mapToDouble(turn -> turn.millis(Way.JOL) / turn.millis(Way.METER_WALK))),
                percent(footprint.bytes(), bytes.get(Way.PLAIN)),
                percent(footprint.bytes(), jolBytesOfItsOwn())));
    }

    private static String millis(List<Turn> turns, Way way) {
        double median = Quartiles.of(turns.stream().mapToDouble(turn -> turn.millis(way)))
                .median();
        return String.format(Locale.ROOT, "%,.2f", median);
    }

    private static String percent(long measured, long reference) {
        return String.format(Locale.ROOT, "%+.3f %%", 100.0 * (measured - reference) / reference);
    }

    // In random order, lest one way always come after the garbage of the same other one.
    private Turn turn() {
        List<Way> ways = new ArrayList<>(List.of(Way.values()));
        Collections.shuffle(ways, order);
        Map<Way, Double> millis = new EnumMap<>(Way.class);
        for (Way way : ways) {
            millis.put(way, slice(way));
        }
        return new Turn(millis);
    }

    // By the time of this thread, so that other programs do not enter it; nor do the collections of what a way
    // allocates.
    private double slice(Way way) {
        long start = THREADS.getCurrentThreadCpuTime();
        int walks = 0;
        long now;
        do {
            bytes.put(way, way.bytes.applyAsLong(root));
            walks++;
            now = THREADS.getCurrentThreadCpuTime();
        } while (now - start < SLICE_NANOS);
        return (now - start) / 1e6 / walks;
    }

    private static long metered(Object root) {
        return METER.measure(new Object[] {root}, new Object[0]).bytes();
    }

    private static long jolBytes(Object... roots) {
        return GraphLayout.parseInstance(roots).totalSize();
    }

    /** What JOL finds beyond the classes, if it comes to them. */
    private long jolBytesOfItsOwn() {
        if (!graph.leadsToClasses()) {
            return bytes.get(Way.JOL);
        }
        long classes = jolBytes(WalkedGraph.class, Object.class);
        return jolBytes(root, WalkedGraph.class, Object.class) - classes;
    }
}
