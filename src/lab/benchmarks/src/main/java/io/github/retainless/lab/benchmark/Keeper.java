package io.github.retainless.lab.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A caller that keeps its futures: it submits failing tasks one by one, receives each failure by {@code get} and puts
 * the future on a list. Prints a line of figures now and then: tasks, bytes in use after a collection, milliseconds.
 * Ends with the JVM's own error where the heap is full.
 */
final class Keeper {
    /** What a failure carries besides its message. */
    static final int PAYLOAD_BYTES = 64 * 1024;

    /** After how many tasks figures are printed for the first time, while there is still room in any case. */
    static final int FIRST_REPORT = 1_000;

    /** After each so many tasks they are printed again. */
    static final int REPORT_EVERY = 100_000;

    /** How the last line begins if the heap was too small. */
    static final String DIED = "died at";

    private final Messages messages;
    private final ExecutorService executor;
    private final List<Future<?>> kept;
    private final long start = System.nanoTime();

    private Keeper(ExecutorService executor, Messages messages, int tasks) {
        this.executor = executor;
        this.messages = messages;
        this.kept = new ArrayList<>(tasks); // All its memory at once, so that the figures show the futures alone.
    }

    /** Whether the failures' messages differ. */
    enum Messages {
        /** The same for all tasks. */
        SAME {
            @Override
            Callable<Object> task(int number) {
                return () -> {
                    throw new Declined("order declined", new byte[PAYLOAD_BYTES]);
                };
            }
        },
        /** Each names its order. */
        DISTINCT {
            @Override
            Callable<Object> task(int number) {
                return () -> {
                    throw new Declined("order " + number + " declined", new byte[PAYLOAD_BYTES]);
                };
            }
        };

        abstract Callable<Object> task(int number);

        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Arguments: the side, the messages, the number of tasks. */
    public static void main(String[] arguments) throws InterruptedException, TimeoutException {
        ExecutorService pool = Executors.newFixedThreadPool(2, work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true); // An error in the main thread ends the JVM.
            return thread;
        });
        int tasks = Integer.parseInt(arguments[2]);
        new Keeper(Side.valueOf(arguments[0]).over(pool), Messages.valueOf(arguments[1]), tasks).keep(tasks);
    }

    private void keep(int tasks) throws InterruptedException, TimeoutException {
        report(0);
        for (int done = 1; done <= tasks; done++) {
            submitAndReceive(done);
            if (done == FIRST_REPORT || done % REPORT_EVERY == 0) {
                report(done);
            }
        }
    }

    private void submitAndReceive(int number) throws InterruptedException, TimeoutException {
        try {
            Future<?> future = executor.submit(messages.task(number));
            kept.add(future);
            receiveFailure(future, number);
        } catch (OutOfMemoryError | TimeoutException full) {
            kept.clear(); // Room to say so.
            System.out.println(String.format(Locale.ROOT, "%s task %,d: %s", DIED, number, full));
            throw full;
        }
    }

    // The heap may be full in the task, in the pool's own code, which may then run no more tasks, or here.
    private static void receiveFailure(Future<?> future, int number) throws InterruptedException, TimeoutException {
        try {
            future.get(1, TimeUnit.MINUTES);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Declined) {
                return;
            }
            if (failure.getCause() instanceof OutOfMemoryError full) {
                throw full;
            }
            throw new AssertionError("not the failure of task " + number, failure);
        }
        throw new AssertionError("task " + number + " did not fail");
    }

    private void report(int done) {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.println(done + " " + (runtime.totalMemory() - runtime.freeMemory()) + " "
                + (System.nanoTime() - start) / 1_000_000);
    }
}
