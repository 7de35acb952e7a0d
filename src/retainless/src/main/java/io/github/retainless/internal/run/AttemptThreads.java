package io.github.retainless.internal.run;

import io.github.retainless.experiment.Settings;
import io.github.retainless.internal.units.Durations;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Our own threads, which make the attempts; the same ones for a whole experiment. Ends attempts that take too long. */
final class AttemptThreads implements AutoCloseable {
    /**
     * What takes more looks than that from one to the next is no time of the attempts: this JVM or its machine stood
     * still.
     */
    private static final int MOST_LOOKS_AT_ONCE = 2;

    /** How many looks an attempt may be over its time: they are coarse. */
    private static final int GRACE_LOOKS = 5;

    private final int size;
    private final AttemptRunner runner;
    private final EarlyEnd earlyEnd;
    private final Settings settings;
    private final Pacing pacing;
    private final ThreadPoolExecutor threads;
    private final AtomicReferenceArray<@Nullable RunningAttempt> current;

    AttemptThreads(Settings settings, Pacing pacing, AttemptRunner runner, EarlyEnd earlyEnd) {
        this.size = settings.concurrency();
        this.settings = settings;
        this.pacing = pacing;
        this.runner = runner;
        this.earlyEnd = earlyEnd;
        current = new AtomicReferenceArray<>(size);
        AtomicInteger number = new AtomicInteger();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        threads = new ThreadPoolExecutor(size, size, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "retainless-" + number.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        });
    }

    /** Makes the attempts with these numbers, the last one included, unless the experiment is stopped. */
    void attempt(int first, int last) throws InterruptedException {
        if (earlyEnd.isSet()) {
            return;
        }
        AtomicInteger next = new AtomicInteger(first);
        Working working = new Working(size);
        for (int i = 0; i < size; i++) {
            int member = i;
            threads.execute(() -> {
                try {
                    work(member, next, last);
                } finally {
                    working.ends();
                }
            });
        }
        long lookMillis = pacing.lookAtAttempts().toMillis();
        long lastLook = System.nanoTime();
        while (!working.isOverAfter(lookMillis)) {
            long look = System.nanoTime();
            endHangingAttempts(timeOfAttempts(look - lastLook, pacing));
            lastLook = look;
            if (earlyEnd.isSet() && !working.isOverAfter(lookMillis)) {
                return;
            }
        }
    }

    private void work(int member, AtomicInteger next, int last) {
        for (int number = next.getAndIncrement();
                number <= last && !earlyEnd.isSet();
                number = next.getAndIncrement()) {
            if (!makeAttempt(member, number)) {
                return;
            }
        }
    }

    private boolean makeAttempt(int member, int number) {
        try {
            RunningAttempt attempt = runner.newAttempt(number);
            current.set(member, attempt);
            runner.run(attempt);
            return true;
        } catch (InterruptedException interrupted) {
            earlyEnd.because(
                    "attempt " + number + " was interrupted while it was waited for",
                    "Who interrupts threads that are not its own?");
            return false;
        } catch (OutOfMemoryError ignored) {
            earlyEnd.becauseNoMemoryIsLeftAround(number);
            return false;
        } finally {
            current.set(member, null);
        }
    }

    /**
     * Counts those that work. Where the heap is full a latch of the JDK does not come back in the time it was given
     * (JDK 25: {@code AbstractQueuedSynchronizer.acquireOnOOME}), and nobody would end the attempts.
     */
    private static final class Working {
        private int members;

        Working(int members) {
            this.members = members;
        }

        synchronized void ends() {
            members--;
            notifyAll();
        }

        /** Waits for that long at the most. */
        synchronized boolean isOverAfter(long millis) throws InterruptedException {
            if (members > 0) {
                wait(millis);
            }
            return members == 0;
        }
    }

    /** How much of the time from one look to the next is time of the attempts. */
    static long timeOfAttempts(long nanosBetweenLooks, Pacing pacing) {
        return Math.min(
                nanosBetweenLooks, MOST_LOOKS_AT_ONCE * pacing.lookAtAttempts().toNanos());
    }

    private void endHangingAttempts(long nanosSinceLastLook) {
        long mostNanos = settings.timeout().toNanos()
                + GRACE_LOOKS * pacing.lookAtAttempts().toNanos();
        for (int member = 0; member < size; member++) {
            RunningAttempt attempt = current.get(member);
            if (attempt != null && attempt.addTime(nanosSinceLastLook) > mostNanos) {
                attempt.stopAsHanging(Durations.format(settings.timeout()));
            }
        }
    }

    /** Ends our threads; waits for them a while, so that what follows does not overlap the last attempt. */
    @Override
    public void close() {
        threads.shutdownNow();
        boolean wasInterrupted = Thread.interrupted();
        try {
            threads.awaitTermination(pacing.farewell().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            wasInterrupted = true;
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
