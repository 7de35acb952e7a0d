package io.github.retainless.lab.benchmark;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.internal.heap.HeapCollector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** One experiment with very many failures. Prints a row of a table. */
final class ManyFailures {
    private static final int ROUNDS = 4;

    private final Kept kept;
    private final Deque<Throwable> last = new ArrayDeque<>();

    private ManyFailures(Kept kept) {
        this.kept = kept;
    }

    /** What the subject keeps of its failures. */
    enum Kept {
        /** Nothing. */
        NONE("keeps nothing", 0),
        /** The last ones. */
        LAST("keeps the last 1,000", 1_000);

        private final String title;
        private final int most;

        Kept(String title, int most) {
            this.title = title;
            this.most = most;
        }
    }

    /** Arguments: what is kept, how many failures. */
    public static void main(String[] arguments) {
        ManyFailures subject = new ManyFailures(Kept.valueOf(arguments[0]));
        long start = System.nanoTime();
        RetentionReport report = RetentionExperiment.of(subject::fail)
                .failures(Integer.parseInt(arguments[1]) / ROUNDS)
                .rounds(ROUNDS)
                .run();
        System.out.println(String.format(
                Locale.ROOT,
                "| %,d | %s | %s | %d | %,.1f s |",
                report.attempts(),
                subject.kept.title,
                report.verdict() + (report.reason().isEmpty() ? "" : ": " + report.reason()),
                HeapCollector.shared().collections(),
                (System.nanoTime() - start) / 1e9));
    }

    private void fail() throws Declined {
        Declined failure = new Declined("order declined", new byte[1024]);
        if (kept.most > 0) {
            last.addLast(failure);
            if (last.size() > kept.most) {
                last.removeFirst();
            }
        }
        throw failure;
    }
}
