package io.github.retainless.internal.run;

import io.github.retainless.experiment.Settings;
import io.github.retainless.experiment.SuccessComparison;
import io.github.retainless.internal.heap.HeapCollector;
import io.github.retainless.internal.heap.StableCount;
import io.github.retainless.internal.track.FailureWatch;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The rounds without failures that go before those with failures: of attempts that succeed, if the task asks its
 * attempt whether it must; otherwise of none.
 */
final class SuccessRun {
    private final TaskUnderTest taskUnderTest;
    private final Settings settings;
    private final Pacing pacing;
    private final HeapWatch heap;
    private final HeapCollector collector;
    private final ExecutorIdleWait idleWait;
    private final EarlyEnd earlyEnd;
    private final FailureWatch watch = new FailureWatch();
    private final AttemptRunner runner;

    SuccessRun(
            TaskUnderTest taskUnderTest,
            Settings settings,
            Pacing pacing,
            HeapWatch heap,
            HeapGuard guard,
            HeapCollector collector,
            ExecutorIdleWait idleWait,
            EarlyEnd earlyEnd) {
        this.taskUnderTest = taskUnderTest;
        this.settings = settings;
        this.pacing = pacing;
        this.heap = heap;
        this.collector = collector;
        this.idleWait = idleWait;
        this.earlyEnd = earlyEnd;
        runner = new AttemptRunner(
                taskUnderTest,
                AttemptKind.COMPARISON,
                settings,
                pacing,
                watch,
                new LastFailures(),
                null,
                null,
                guard,
                earlyEnd);
    }

    SuccessComparison run() throws InterruptedException {
        try (AttemptThreads attemptThreads = new AttemptThreads(settings, pacing, runner, earlyEnd)) {
            boolean succeeds = taskUnderTest.takesAttempt() && warmUp(attemptThreads);
            int attempts = 0;
            for (int round = 0; round < settings.rounds() && !earlyEnd.isSet(); round++) {
                if (succeeds) {
                    int first = settings.warmup() + attempts + 1;
                    attemptThreads.attempt(first, first + settings.attempts() - 1);
                }
                attempts += settings.attempts();
                settle(attempts);
            }
            return new SuccessComparison(
                    succeeds ? attempts : 0, heap.bytesPerAttempt(), succeeds ? retained(attempts) : Map.of());
        }
    }

    /** Whether the task asks which attempts must not fail; the first attempt shows. */
    private boolean warmUp(AttemptThreads attemptThreads) throws InterruptedException {
        watch.endWarmup(Math.max(1, settings.warmup()));
        attemptThreads.attempt(1, 1);
        if (!runner.asksWhetherToSucceed()) {
            return false;
        }
        attemptThreads.attempt(2, settings.warmup());
        return true;
    }

    private void settle(int attempts) throws InterruptedException {
        idleWait.settle();
        StableCount stableCount = StableCount.settle(collector, watch::retained);
        if (!stableCount.proof().proven()) {
            earlyEnd.becauseHeapCannotBeCollected(stableCount.proof().how());
        }
        heap.sawCollection(attempts, 0);
    }

    private Map<String, List<Integer>> retained(int attempts) {
        int warmup = Math.max(1, settings.warmup());
        return watch.retainedAttemptsByType().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, retained -> perCohort(retained.getValue(), warmup, attempts)));
    }

    private List<Integer> perCohort(BitSet retained, int warmup, int attempts) {
        return Cohorts.count(retained, warmup, attempts, settings.attempts());
    }
}
