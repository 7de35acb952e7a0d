package io.github.retainless.internal.dump;

import io.github.retainless.experiment.HeapDumps;
import io.github.retainless.internal.heap.FullHeap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out who holds retained failures, by a dump of this JVM's heap. The result says what went wrong. */
public final class HeapTrace {
    private static final String LOST = "Who retains them could not be found out: ";
    private static final String UNREAD = LOST + "the heap dump could not be read, ";

    private final DumpQuery query;
    private final HeapDumps dumps;
    private final List<Anchor> anchors = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    private HeapTrace(DumpQuery query, HeapDumps dumps) {
        this.query = query;
        this.dumps = dumps;
    }

    /**
     * Traces retained failures. If the thread is interrupted meanwhile, its interrupt status is set.
     *
     * @param instances what is not the subject: paths begin there, the first that reaches a failure
     * @param task the task; paths begin there too
     * @param executor the executor under test; paths begin there too
     */
    public static DumpResult of(
            DumpQuery query, HeapDumps dumps, Object[] instances, Object task, @Nullable Object executor) {
        if (!dumps.areMade()) {
            return DumpResult.missing("Who retains them was not looked for, since heap dumps are off.");
        }
        HeapTrace trace = new HeapTrace(query, dumps);
        trace.anchor(Anchor.TASK, task);
        trace.anchor(Anchor.EXECUTOR, executor);
        for (Object instance : instances) {
            if (instance != executor) {
                trace.anchor(Anchor.INSTANCE, instance);
            }
        }
        return trace.run();
    }

    /** Deletes what earlier JVMs left that were killed while they had a dump; looks once in a JVM. */
    public static void deleteAbandoned(HeapDumps dumps) {
        DumpFolder.deleteAbandonedOnce(Path.of(System.getProperty("java.io.tmpdir")));
        Path keptAs = dumps.keptAs();
        if (keptAs != null) {
            DumpFolder.deleteAbandonedOnce(keptAs.toAbsolutePath().resolveSibling(""));
        }
    }

    private void anchor(String label, @Nullable Object object) {
        if (object != null) {
            anchors.add(Anchor.hold(query.watch(), label, object));
        }
    }

    private DumpResult run() {
        HeapDump dump = take();
        if (dump == null) {
            return DumpResult.missing(missing());
        }
        DumpResult found;
        String kept;
        try {
            found = read(dump);
            kept = keep(dump);
        } finally {
            delete(dump);
        }
        return (found == null ? DumpResult.missing("") : found).with(missing(), kept);
    }

    private String missing() {
        return String.join(" ", missing);
    }

    private @Nullable HeapDump take() {
        try {
            return HeapDump.take(dumps);
        } catch (IOException failure) {
            missing.add(LOST + HeapDump.text(failure) + ".");
        } catch (RuntimeException | OutOfMemoryError failed) {
            missing.add(LOST + "dumping the heap failed with " + failed + ".");
        } finally {
            anchors.forEach(Anchor::remove);
        }
        return null;
    }

    /** What the dump tells; null if that is missing. */
    private @Nullable DumpResult read(HeapDump dump) {
        try {
            return readAnywhere(dump);
        } catch (IOException unreadable) {
            missing.add(UNREAD + HeapDump.text(unreadable) + ".");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            missing.add(UNREAD + "since the thread was interrupted meanwhile. A time-out must leave room for that.");
        } catch (OutOfMemoryError full) {
            missing.add(UNREAD + "since the heap is full. " + FullHeap.REMEDY_FOR_EXPLANATION + ".");
        } catch (RuntimeException | LinkageError | StackOverflowError unexpected) {
            missing.add(UNREAD + "since that failed with " + unexpected + ". Please report it.");
        }
        return null;
    }

    private DumpResult readAnywhere(HeapDump dump) throws IOException, InterruptedException {
        try {
            return HeapDumpReader.read(dump.file(), query);
        } catch (OutOfMemoryError ignored) {
            // Another JVM has room.
            return new ChildReader().read(dump.file(), dump.folder(), query);
        }
    }

    /** Where the dump is kept; empty if it is not. */
    private String keep(HeapDump dump) {
        Path target = dumps.keptAs();
        if (target == null) {
            return "";
        }
        try {
            dump.keepAs(target);
            return text(target);
        } catch (IOException | RuntimeException failure) {
            missing.add("The heap dump could not be kept as " + text(target) + ", " + HeapDump.text(failure)
                    + ". See to it that a file can be written there.");
            return "";
        }
    }

    private void delete(HeapDump dump) {
        try {
            dump.close();
        } catch (IOException | RuntimeException | OutOfMemoryError ignored) {
            missing.add(
                    "The heap dump could not be deleted. It may hold secrets, so delete " + text(dump.folder()) + ".");
        }
    }

    private static String text(Path path) {
        return path.toString().replace('\\', '/');
    }
}
