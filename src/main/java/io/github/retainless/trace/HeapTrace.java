package io.github.retainless.trace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who holds survivors, by a dump of this JVM's heap. Whatever goes wrong with that is said in the findings.
 */
public final class HeapTrace {
    private final Request request;
    private final HeapDumps dumps;
    private final List<Anchor> anchors = new ArrayList<>();

    private HeapTrace(Request request, HeapDumps dumps) {
        this.request = request;
        this.dumps = dumps;
    }

    /**
     * Traces survivors.
     *
     * @param instances what is not the subject: paths begin there, the first that reaches a survivor
     * @param task the task; paths begin there too
     * @param executor the executor under test; paths begin there too
     */
    public static Findings of(
            Request request, HeapDumps dumps, Object[] instances, Object task, @Nullable Object executor)
            throws InterruptedException {
        if (!dumps.areMade()) {
            return Findings.missing("Who retains them was not looked for, since heap dumps are off.");
        }
        HeapTrace trace = new HeapTrace(request, dumps);
        trace.anchor(Anchor.TASK, task);
        trace.anchor(Anchor.EXECUTOR, executor);
        for (Object instance : instances) {
            if (instance != executor) {
                trace.anchor(Anchor.INSTANCE, instance);
            }
        }
        return trace.run();
    }

    private void anchor(String label, @Nullable Object object) {
        if (object != null) {
            anchors.add(Anchor.drop(request.watch(), label, object));
        }
    }

    private Findings run() throws InterruptedException {
        try (HeapDump dump = take()) {
            String kept = "";
            String lost = "";
            Found found;
            try {
                found = read(dump);
            } catch (IOException unreadable) {
                found = null;
                lost = "Who retains them could not be found out: the heap dump could not be read, "
                        + unreadable.getMessage() + ".";
            }
            Path target = dumps.keptAs();
            if (target != null) {
                dump.keepAs(target);
                kept = target.toString().replace('\\', '/');
            }
            return found == null
                    ? new Findings(List.of(), new java.util.BitSet(), new java.util.BitSet(), lost, kept)
                    : new Findings(named(found), found.soft(), found.unheld(), "", kept);
        } catch (IOException undumped) {
            return Findings.missing("Who retains them could not be found out: " + undumped.getMessage() + ".");
        } finally {
            anchors.forEach(Anchor::weigh);
        }
    }

    private HeapDump take() throws IOException {
        return HeapDump.take(dumps);
    }

    private Found read(HeapDump dump) throws IOException, InterruptedException {
        try {
            return HeapDumpReader.read(dump.file(), request);
        } catch (OutOfMemoryError noRoom) {
            return ChildReader.read(dump, request);
        }
    }

    private static List<Signature> named(Found found) {
        return found.signatures();
    }
}
