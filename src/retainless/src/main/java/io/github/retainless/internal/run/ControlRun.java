package io.github.retainless.internal.run;

import io.github.retainless.experiment.Control;
import io.github.retainless.experiment.Settings;
import io.github.retainless.internal.heap.HeapCollector;
import io.github.retainless.internal.heap.Settled;
import io.github.retainless.internal.track.FailureWatch;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The rounds without failures that go before those with failures: of attempts that succeed, if the task asks its attempt whether it must;
 * otherwise of none.
 */
final class ControlRun {
    private final Subject subject;
    private final Settings settings;
    private final HeapWatch heap;
    private final HeapCollector collector;
    private final QuietExecutor quiet;
    private final Stop stop;
    private final FailureWatch watch = new FailureWatch();
    private final AttemptRunner runner;

    ControlRun(
            Subject subject,
            Settings settings,
            HeapWatch heap,
            HeapGuard guard,
            HeapCollector collector,
            QuietExecutor quiet,
            Stop stop) {
        this.subject = subject;
        this.settings = settings;
        this.heap = heap;
        this.collector = collector;
        this.quiet = quiet;
        this.stop = stop;
        runner = new AttemptRunner(
                subject, Purpose.CONTROL, settings, watch, new LastFailures(), null, null, guard, stop);
    }

    Control run() throws InterruptedException {
        try (Crew crew = new Crew(settings, runner, stop)) {
            boolean succeeds = subject.takesAttempt() && warmUp(crew);
            int attempts = 0;
            for (int round = 0; round < settings.rounds() && !stop.isSet(); round++) {
                if (succeeds) {
                    int first = settings.warmup() + attempts + 1;
                    crew.attempt(first, first + settings.failures() - 1);
                }
                attempts += settings.failures();
                settle(attempts);
            }
            return new Control(succeeds ? attempts : 0, heap.bytesPerAttempt(), succeeds ? kept(attempts) : Map.of());
        }
    }

    /** Whether the task asks which attempts must not fail; the first attempt shows. */
    private boolean warmUp(Crew crew) throws InterruptedException {
        watch.endWarmup(Math.max(1, settings.warmup()));
        crew.attempt(1, 1);
        if (!runner.isControlled()) {
            return false;
        }
        crew.attempt(2, settings.warmup());
        return true;
    }

    private void settle(int attempts) throws InterruptedException {
        quiet.settle();
        Settled settled = Settled.settle(collector, watch::survivors);
        if (!settled.proof().proven()) {
            stop.because("the heap could not be collected", settled.proof().how());
        }
        heap.sawCollection(attempts, 0);
    }

    private Map<String, List<Integer>> kept(int attempts) {
        int warmup = Math.max(1, settings.warmup());
        return watch.survivingAttemptsByType().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, kept -> perCohort(kept.getValue(), warmup, attempts)));
    }

    private List<Integer> perCohort(BitSet kept, int warmup, int attempts) {
        return Cohorts.count(kept, warmup, attempts, settings.failures());
    }
}
