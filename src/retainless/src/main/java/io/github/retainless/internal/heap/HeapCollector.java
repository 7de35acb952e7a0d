package io.github.retainless.internal.heap;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.JMException;
import org.jspecify.annotations.Nullable;

/**
 * Collects the heap of this JVM and proves it: of the objects nobody holds any more, one made just before and one that
 * is old must both be cleared and enqueued. There is one collector, since there is one heap; whoever asks while another
 * thread's collection is under way shares the next one with all others who asked meanwhile.
 */
public final class HeapCollector {
    private static final HeapCollector SHARED = new HeapCollector();

    /** Survives that many collections before it is used, so that collectors with generations have tenured it. */
    private static final int OLD_CANARIES = 8;

    private static final long PATIENCE_MILLIS = 200;

    /** Between two collections, where several share them. */
    private static final long TOGETHER_MILLIS = 20;

    private final AtomicLong begun = new AtomicLong();
    private final Deque<Object> oldCanaries = new ArrayDeque<>();
    private Proof last = Proof.none("");
    private long lastEnd;
    private long lastNanos;
    private boolean lastWasShared;

    private record Lever(String name, Runnable pull) {}

    private HeapCollector() {}

    /** The collector of this JVM. */
    public static HeapCollector shared() {
        return SHARED;
    }

    /** Makes the old objects that later prove collections. Call before the work whose garbage matters. */
    public synchronized void prepare() {
        while (oldCanaries.size() < OLD_CANARIES) {
            oldCanaries.add(new byte[16]);
        }
    }

    /** How many collections have been forced in this JVM. */
    public long collections() {
        return begun.get();
    }

    /** Forces a collection that begins after this call, or shares one. */
    public Proof collect() throws InterruptedException {
        String remedy = Flags.REMEDY;
        if (remedy != null) {
            return Proof.impossible(remedy);
        }
        long before = begun.get();
        synchronized (this) {
            if (begun.get() == before) {
                letOthersJoin();
                begun.incrementAndGet();
                prepare();
                // Should this one be interrupted, whoever shares it must not take the proof of the one before.
                last = Proof.none(Flags.UNFORCED);
                long start = System.nanoTime();
                last = force();
                lastEnd = System.nanoTime();
                lastNanos = lastEnd - start;
            } else {
                lastWasShared = true;
            }
            return last;
        }
    }

    /**
     * After a collection: collects until no dead object is left in place, as Serial does with some most of the time.
     */
    public void compact() throws InterruptedException {
        for (int i = 1; i < Flags.COLLECTIONS_TO_COMPACT; i++) {
            collect();
        }
    }

    /**
     * Where several collect, the next collection is not begun at once, so that more of them ask before it: at most half
     * of the time goes into collections. Who is alone never waits.
     */
    private void letOthersJoin() throws InterruptedException {
        if (lastWasShared) {
            lastWasShared = false;
            long millis = Math.min(PATIENCE_MILLIS, Math.max(TOGETHER_MILLIS, lastNanos / 1_000_000));
            long over = (System.nanoTime() - lastEnd) / 1_000_000;
            // With the monitor: who asks meanwhile waits for it, and finds that this collection began after it asked.
            Thread.sleep(Math.max(0, millis - over));
        }
    }

    private Proof force() throws InterruptedException {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        Set<WeakReference<Object>> canaries = new HashSet<>(List.of(fresh(queue), releaseOldest(queue)));
        for (Lever lever : Flags.LEVERS) {
            lever.pull().run();
            if (cleared(canaries, queue)) {
                return Proof.by(lever.name());
            }
        }
        return Proof.none(Flags.UNFORCED);
    }

    private static WeakReference<Object> fresh(ReferenceQueue<Object> queue) {
        return new WeakReference<>(new byte[16], queue);
    }

    private WeakReference<Object> releaseOldest(ReferenceQueue<Object> queue) {
        // What replaces it ages from now on.
        oldCanaries.add(new byte[16]);
        return new WeakReference<>(oldCanaries.remove(), queue);
    }

    /** Enqueued and not only cleared: then whatever else waits for its references, cleaners say, has had its turn. */
    private static boolean cleared(Set<WeakReference<Object>> canaries, ReferenceQueue<Object> queue)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (!canaries.isEmpty()) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            Object enqueued = millis > 0 ? queue.remove(millis) : queue.poll();
            if (enqueued == null) {
                return false;
            }
            canaries.remove(enqueued);
        }
        return true;
    }

    private static void run() {
        try {
            DiagnosticCommand.runPlain("gcRun");
        } catch (JMException ignored) {
            // Then the canaries stay, and the proof says so.
        }
    }

    /** Flags do not change while a JVM runs; reading them loads the management classes, so they are read once. */
    private static final class Flags {
        /** It is 4 unless somebody sets it. */
        private static final int MOST_TO_COMPACT = 16;

        /** Why no collection can be forced in this JVM at all, and what to do; or null. */
        static final @Nullable String REMEDY = remedy();

        /** One in so many compacts the whole heap. */
        static final int COLLECTIONS_TO_COMPACT;

        /** What can force one, in the order they are tried. */
        static final List<Lever> LEVERS;

        /** What to do when none of them did. */
        static final String UNFORCED;

        static {
            String every = HotSpotFlags.isOn("UseSerialGC") ? HotSpotFlags.value("MarkSweepAlwaysCompactCount") : null;
            COLLECTIONS_TO_COMPACT = every == null ? 1 : Math.min(MOST_TO_COMPACT, Integer.parseInt(every));
            Lever systemGc = new Lever("System.gc()", System::gc);
            Lever run = new Lever("DiagnosticCommand gcRun", HeapCollector::run);
            // Only where it is needed: it makes the JVM print a warning when it cannot collect.
            Lever histogram = new Lever("DiagnosticCommand gcClassHistogram", ClassHistogram::take);
            if (HotSpotFlags.isOn("DisableExplicitGC")) {
                LEVERS = List.of(run, histogram);
                UNFORCED = "explicit GC is off, and diagnostic commands could not force a collection: run the tests"
                        + " without -XX:+DisableExplicitGC";
            } else {
                // A concurrent cycle of G1 does not clear all that is old, a histogram's collection does. System.gc()
                // is
                // tried twice, as it may do nothing while some thread is in a JNI critical section, inflating a class.
                boolean startsCycles = HotSpotFlags.isOn("UseG1GC") && HotSpotFlags.isOn("ExplicitGCInvokesConcurrent");
                LEVERS = startsCycles ? List.of(histogram, systemGc) : List.of(systemGc, systemGc, run);
                UNFORCED = "neither System.gc() nor a diagnostic command could force a collection: some JVMs cannot"
                        + " collect while a thread is busy in native code, compressing say; let it pause during the"
                        + " test";
            }
        }

        private static @Nullable String remedy() {
            if (HotSpotFlags.isOn("UseEpsilonGC")) {
                return "this JVM runs the Epsilon collector, which frees nothing: run the tests without"
                        + " -XX:+UseEpsilonGC";
            }
            if (HotSpotFlags.isOn("UseShenandoahGC") && HotSpotFlags.isOn("DisableExplicitGC")) {
                return "this JVM runs Shenandoah, which cannot be told to collect while explicit GC is off: run the"
                        + " tests without -XX:+DisableExplicitGC";
            }
            return null;
        }
    }
}
