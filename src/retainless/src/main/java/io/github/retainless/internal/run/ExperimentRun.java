package io.github.retainless.internal.run;

import io.github.retainless.experiment.Anatomy;
import io.github.retainless.experiment.Expect;
import io.github.retainless.experiment.Explanation;
import io.github.retainless.experiment.FailureWeights;
import io.github.retainless.experiment.Footprint;
import io.github.retainless.experiment.Growth;
import io.github.retainless.experiment.HeapGain;
import io.github.retainless.experiment.Jvm;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Round;
import io.github.retainless.experiment.Settings;
import io.github.retainless.experiment.SoftReferences;
import io.github.retainless.experiment.SuccessComparison;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.internal.capture.CaptureUnavailableException;
import io.github.retainless.internal.dump.DumpQuery;
import io.github.retainless.internal.dump.DumpResult;
import io.github.retainless.internal.dump.HeapTrace;
import io.github.retainless.internal.explain.LikelyCauses;
import io.github.retainless.internal.heap.AnatomyMeter;
import io.github.retainless.internal.heap.CurrentJvm;
import io.github.retainless.internal.heap.FootprintMeter;
import io.github.retainless.internal.heap.FullHeap;
import io.github.retainless.internal.heap.HeapCollector;
import io.github.retainless.internal.heap.HeapLayout;
import io.github.retainless.internal.heap.HeapUse;
import io.github.retainless.internal.heap.StableCount;
import io.github.retainless.internal.report.ReportValues;
import io.github.retainless.internal.track.FailureWatch;
import io.github.retainless.internal.verdict.Census;
import io.github.retainless.internal.verdict.Judge;
import io.github.retainless.internal.verdict.Judgement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of an experiment: rounds of attempts, a census after each, until there is a verdict. */
public final class ExperimentRun {
    private static final Explanation UNEXPLAINED = new Explanation(
            List.of(),
            List.of(),
            "Who retains them could not be found out: the heap is full. " + FullHeap.REMEDY_FOR_EXPLANATION + ".",
            "");

    private final TaskUnderTest taskUnderTest;
    private final Settings settings;
    private final Object[] instances;
    private final Object[] outside;
    private final ExplanationPolicy explanationPolicy;
    private final Consumer<Round> listener;
    private final @Nullable FailureScale scale;
    private final Instant began = Instant.now();
    private final long startNanos = System.nanoTime();
    private final Jvm jvm = CurrentJvm.describe();
    private final HeapCollector collector = HeapCollector.shared();
    private final FootprintMeter meter = new FootprintMeter();
    private final Pacing pacing = Pacing.current();
    private final FailureWatch watch = new FailureWatch();
    private final LastFailures lastFailures = new LastFailures();
    private final EarlyEnd earlyEnd = new EarlyEnd();
    private final @Nullable CreatedFailures created;
    private final HeapGuard guard;
    private final AttemptRunner runner;
    private final ExecutorIdleWait idleWait;
    private final Judge judge;
    private final HeapWatch heap;
    private final CensusHistory history;
    private final List<Round> rounds = new ArrayList<>();
    private SuccessComparison success = SuccessComparison.NONE;
    private String proof = "";
    private int warmup;
    private long firstRoundNanos;
    private boolean wasGlance;

    public ExperimentRun(
            TaskUnderTest taskUnderTest,
            Settings settings,
            Object[] outside,
            ExplanationPolicy explanationPolicy,
            boolean weighsFailures,
            Consumer<Round> listener) {
        this.listener = listener;
        this.taskUnderTest = taskUnderTest;
        this.settings = settings;
        this.explanationPolicy = explanationPolicy;
        Executor executor = taskUnderTest.executor();
        instances = outside;
        this.outside = Arrays.copyOf(outside, outside.length + 2, Object[].class);
        this.outside[outside.length] = taskUnderTest.task();
        this.outside[outside.length + 1] = executor;
        scale = weighsFailures && settings.expect() == Expect.FAILURE ? new FailureScale(this.outside) : null;
        guard = new HeapGuard(
                jvm.maxHeap(),
                settings.concurrency(),
                CurrentJvm::freeHeap,
                collector::collect,
                earlyEnd,
                pacing.pausesForRoom());
        Stream.of(this.outside).filter(Objects::nonNull).forEach(watch::exclude);
        created = taskUnderTest.selection() == null
                ? null
                : new CreatedFailures(taskUnderTest.selection(), watch, lastFailures);
        runner = new AttemptRunner(
                taskUnderTest,
                AttemptKind.of(settings.expect()),
                settings,
                pacing,
                watch,
                lastFailures,
                scale,
                created,
                guard,
                earlyEnd);
        idleWait = new ExecutorIdleWait(executor, pacing.idlePatience());
        history = new CensusHistory(settings.attempts());
        long asked = (long) settings.attempts() * settings.rounds();
        judge = new Judge(settings.attempts(), settings.rounds(), asked * settings.budget());
        heap = new HeapWatch(settings.heapGrowth(), asked, judge.limit());
    }

    public RetentionReport run() {
        HeapTrace.deleteAbandoned(explanationPolicy.heapDumps());
        try (heap;
                created;
                AttemptThreads attemptThreads = new AttemptThreads(settings, pacing, runner, earlyEnd)) {
            Judgement judgement = experiment(attemptThreads);
            try {
                return explained(judgement);
            } catch (OutOfMemoryError ignored) {
                earlyEnd.makeRoom();
                return report(judgement, UNEXPLAINED, 0);
            }
        }
    }

    private Judgement experiment(AttemptThreads attemptThreads) {
        try {
            return asFarAsMemoryGoes(attemptThreads);
        } catch (CaptureUnavailableException unavailable) {
            earlyEnd.because(
                    "the chosen failures cannot be seen where they are made: " + unavailable.reason(),
                    unavailable.remedy());
            return Judgement.is(Verdict.UNDECIDED);
        } catch (InterruptedException interrupted) {
            earlyEnd.because(
                    "the experiment was interrupted after " + attempts() + " attempts",
                    "Who interrupts it? A time-out of the test must leave room for all its attempts.");
            Thread.currentThread().interrupt();
            return Judgement.is(Verdict.UNDECIDED);
        }
    }

    /**
     * Attempts see to it themselves when memory runs out; here it may do so between them, or when their threads are
     * started.
     */
    private Judgement asFarAsMemoryGoes(AttemptThreads attemptThreads) throws InterruptedException {
        try {
            collector.prepare();
            if (created != null) {
                created.start();
            }
            runSuccess();
            return roundAfterRound(attemptThreads);
        } catch (OutOfMemoryError full) {
            earlyEnd.makeRoom();
            String description = full.toString();
            earlyEnd.becauseHeapIsFull(
                    "memory ran out after " + attempts() + " attempts (" + description + ")",
                    ExhaustedMemory.remedy(description));
        }
        try {
            return judgeWhatIsKnown();
        } catch (OutOfMemoryError ignored) {
            // The heap is still full.
            return Judgement.is(Verdict.UNDECIDED);
        }
    }

    private void runSuccess() throws InterruptedException {
        if (settings.compareWithSuccess()) {
            success = new SuccessRun(taskUnderTest, settings, pacing, heap, guard, collector, idleWait, earlyEnd).run();
            heap.startOver(success.bytesPerAttempt());
        }
    }

    private Judgement roundAfterRound(AttemptThreads attemptThreads) throws InterruptedException {
        warmUp(attemptThreads);
        firstRoundNanos = System.nanoTime();
        Judgement judgement = judge.judge(history.censuses());
        while (judgement.verdict() == null) {
            attemptThreads.attempt(attempts() + 1, (int) (warmup + ran() + judgement.more()));
            if (!earlyEnd.isSet()) {
                takeCensus();
                checkThatAnyFailed();
            }
            if (earlyEnd.isSet()) {
                return judgeWhatIsKnown();
            }
            judgement = judgeNow();
        }
        return judgement.verdict() == Verdict.GROWING ? judgement : unlessSomeSucceeded(judgement);
    }

    /** A verdict takes some age if it is bad news, and more than a glance. */
    private Judgement judgeNow() throws InterruptedException {
        Judgement judgement = judge.judge(history.censuses());
        if (!wasGlance) {
            judgement = withHeap(judgement);
        }
        Duration age = sinceFirstRound();
        if (judgement.verdict() == Verdict.GROWING && age.compareTo(pacing.leastAge()) < 0) {
            Thread.sleep(pacing.leastAge().minus(age).toMillis() + 1);
            return Judgement.needs(settings.attempts());
        }
        return wasGlance && judgement.verdict() != null ? Judgement.needs(settings.attempts()) : judgement;
    }

    /** Where nothing that is watched grows, the heap may all the same. */
    private Judgement withHeap(Judgement judgement) {
        if (judgement.verdict() != Verdict.RELEASED && judgement.verdict() != Verdict.BOUNDED) {
            return judgement;
        }
        if (heap.isBlind()) {
            earlyEnd.because(
                    "other experiments ran in this JVM meanwhile, or it does not tell, so that nobody knows how its heap grew",
                    "Run the test by itself: with @Isolated, if tests run in parallel. Or let heapGrowth be REPORT.");
            return Judgement.is(Verdict.UNDECIDED);
        }
        long more = heap.more();
        if (more > 0) {
            return Judgement.needs(more);
        }
        return heap.fails() ? Judgement.growing(Growth.HEAP) : judgement;
    }

    private void warmUp(AttemptThreads attemptThreads) throws InterruptedException {
        warmup = settings.warmup();
        watch.endWarmup(warmup);
        if (warmup == 0) {
            return;
        }
        attemptThreads.attempt(1, 1);
        if (guard.wouldCrowd(warmup)) {
            countWarmup();
        } else {
            attemptThreads.attempt(2, warmup);
            checkThatAnyFailed();
        }
    }

    /** How many attempts have been made. */
    private int attempts() {
        return runner.failed() + runner.succeeded();
    }

    /** How many attempts were there at the last census, warm-up apart. */
    private long ran() {
        return rounds.isEmpty() ? 0 : rounds.get(rounds.size() - 1).attempts();
    }

    private void checkThatAnyFailed() {
        if (settings.expect() == Expect.FAILURE && runner.failed() == 0 && !earlyEnd.isSet()) {
            earlyEnd.because(
                    String.format(Locale.ROOT, "none of %,d attempts failed", attempts()),
                    "Let the task throw, or hand what fails to its Attempt with observe(..) or track(..).");
        }
    }

    private Judgement unlessSomeSucceeded(Judgement judgement) {
        if (settings.expect() == Expect.SUCCESS || runner.succeeded() == 0) {
            return judgement;
        }
        earlyEnd.because(
                String.format(Locale.ROOT, "only %,d of %,d attempts failed", runner.failed(), attempts()),
                "Let the task fail each time: what succeeds proves nothing about failures.");
        return Judgement.is(Verdict.UNDECIDED);
    }

    private Judgement judgeWhatIsKnown() throws InterruptedException {
        EarlyEnd.Reason reason = earlyEnd.reason();
        if (reason == null || !reason.heapIsFull()) {
            return Judgement.is(Verdict.UNDECIDED);
        }
        if (attempts() <= warmup) {
            countWarmup();
        }
        return attempts() > 0 && takeCensus()
                ? judge.judgeFullHeap(history.censuses(), jvm.maxHeap())
                : Judgement.is(Verdict.UNDECIDED);
    }

    /** Where there may not be room for both a warm-up and a verdict, what was to be warm-up counts. */
    private void countWarmup() {
        warmup = 0;
        watch.endWarmup(0);
    }

    /** Counts and weighs who is left; false if that could not be proven. */
    private boolean takeCensus() throws InterruptedException {
        idleWait.settle();
        if (created != null) {
            created.watchAll();
        }
        int ran = attempts() - warmup;
        StableCount stableCount = look(ran);
        if (!stableCount.proof().proven()) {
            earlyEnd.becauseHeapCannotBeCollected(stableCount.proof().how());
            // What proved the rounds before must not seem to prove this one.
            proof = "";
            return false;
        }
        proof = stableCount.proof().how();
        BitSet retained = retained(ran);
        Footprint footprint = retained.isEmpty() ? Footprint.NONE : weigh(retained);
        heap.sawCollection(ran, footprint.truncated() ? HeapUse.UNKNOWN : footprint.bytes() + watch.bytes());
        Census census =
                history.add(warmup, ran, retained, lastFailures.attempts(), bytes(footprint, retained.cardinality()));
        Round round = new Round(
                rounds.size() + 1,
                ran,
                retained.cardinality(),
                footprint,
                census.retained(),
                stableCount.collections(),
                sinceFirstRound());
        rounds.add(round);
        tell(round);
        return true;
    }

    /**
     * Where all failures have been left and all are again, that they still will be after three more collections is
     * nothing new. Unless a verdict may come of it: that takes the closest look.
     */
    private StableCount look(int ran) throws InterruptedException {
        wasGlance = wereAllLeft()
                && earlyEnd.reason() == null
                && (!judge.isEnough(ran, ran) || sinceFirstRound().compareTo(pacing.leastAge()) < 0);
        if (!wasGlance) {
            return StableCount.settle(collector, watch::retained);
        }
        StableCount glance = StableCount.glance(collector, watch::retained);
        wasGlance = glance.proof().proven() && retained(ran).cardinality() == ran;
        return wasGlance
                ? glance
                : StableCount.settle(collector, watch::retained).after(glance);
    }

    private boolean wereAllLeft() {
        return !rounds.isEmpty() && rounds.get(rounds.size() - 1).retained() == ran();
    }

    private void tell(Round round) {
        try {
            listener.accept(round);
        } catch (RuntimeException ignored) {
            // Whoever only listens must not change what comes of it.
        }
    }

    /** What a walk that was cut did not see is as heavy as what was seen when there was more room. */
    private long bytes(Footprint footprint, int retained) {
        for (int i = rounds.size() - 1; footprint.truncated() && i >= 0; i--) {
            Round before = rounds.get(i);
            if (!before.footprint().truncated() && before.retained() > 0) {
                return Math.max(footprint.bytes(), before.footprint().bytes() / before.retained() * retained);
            }
        }
        return footprint.bytes();
    }

    /** A frame of its own: when it is gone, nothing of ours holds a retained object. */
    private Footprint weigh(BitSet retained) {
        return meter.measure(watch.retainedObjects(retained), outside);
    }

    /** The attempts of which more is left than success leaves too. */
    private BitSet retained(int ran) {
        return success.retained().isEmpty()
                ? watch.retainedAttempts()
                : SuccessSubtraction.of(success, watch.retainedAttemptsByType(), warmup, ran, settings.attempts());
    }

    private Duration sinceFirstRound() {
        return since(firstRoundNanos);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    /** The report; if it is bad news, with who retains what is left, which may be reason to judge again. */
    private RetentionReport explained(Judgement judgement) {
        RetentionReport report = report(judgement, Explanation.NONE, 0);
        if (!isRetention(report) || explanationPolicy.allowed().test(report) || report.retained() == 0) {
            return report;
        }
        BitSet retained = retained(attempts() - warmup);
        List<Anatomy> anatomies = dissect(retained);
        DumpResult found = trace(retained);
        Explanation explanation =
                new Explanation(LikelyCauses.name(found.signatures()), anatomies, found.missing(), found.heapDump());
        BitSet soft = settings.softReferences() == SoftReferences.COUNT ? new BitSet() : found.soft();
        Judgement again = report.verdict() == Verdict.GROWING ? judgeAgain(judgement, soft, found) : judgement;
        int heldByJvm = again.verdict() == Verdict.BOUNDED ? history.heldByJvm(soft, found.heldByJvm(), threads()) : 0;
        return heldByJvm > 0 && heldByJvm == report.retained() && soft.isEmpty()
                ? report(Judgement.is(Verdict.RELEASED), Explanation.NONE, 0)
                : report(again, explanation, heldByJvm);
    }

    /** Threads that have failed attempts, those of a pool that the task drives itself included. */
    private int threads() {
        return lastFailures.threads()
                + Stream.of(instances).mapToInt(ExecutorIdleWait::threads).sum();
    }

    private static boolean isRetention(RetentionReport report) {
        return report.verdict() == Verdict.GROWING || report.verdict() == Verdict.BOUNDED;
    }

    /** A frame of its own: when it is gone, nothing of ours holds a retained object. Before anything prints one. */
    private List<Anatomy> dissect(BitSet retained) {
        return new AnatomyMeter().dissect(watch.retainedObjectsWithoutCarried(retained), outside);
    }

    private DumpResult trace(BitSet retained) {
        DumpQuery query = new DumpQuery(
                watch.number(), warmup, attempts() - warmup, settings.attempts(), retained, HeapLayout.current());
        return HeapTrace.of(
                query, explanationPolicy.heapDumps(), instances, taskUnderTest.given(), taskUnderTest.executor());
    }

    /**
     * What is only softly reachable is gone before the heap is full, so it does not count as growth. Nor does one
     * failure on each thread, unless the dump shows that somebody holds it and not the JVM.
     */
    private Judgement judgeAgain(Judgement judgement, BitSet soft, DumpResult found) {
        BitSet discounted = (BitSet) soft.clone();
        if (history.isOneOnEachThread() && judgement.growth() == Growth.COUNT) {
            if (found.signatures().isEmpty()) {
                return Judgement.is(Verdict.BOUNDED);
            }
            discounted.or(found.heldByJvm());
        }
        return discounted.isEmpty() || judge.judge(history.without(discounted)).verdict() == Verdict.GROWING
                ? judgement
                : Judgement.is(Verdict.BOUNDED);
    }

    private HeapGain gain(Judgement judgement) {
        return judgement.verdict() == Verdict.UNDECIDED
                        || judgement.growth() == Growth.COUNT
                        || judgement.growth() == Growth.BYTES
                ? HeapGain.NONE
                : heap.gain();
    }

    private RetentionReport report(Judgement judgement, Explanation explanation, int heldByJvm) {
        EarlyEnd.Reason reason = earlyEnd.reason();
        Verdict verdict = judgement.verdict() == null ? Verdict.UNDECIDED : judgement.verdict();
        return new ReportValues(
                taskUnderTest.name(),
                verdict,
                judgement.growth(),
                reason == null ? "" : reason.text(),
                reason == null ? "" : reason.remedy(),
                rounds,
                explanation,
                heldByJvm,
                scale == null ? FailureWeights.NONE : scale.weights(),
                verdict == Verdict.GROWING || verdict == Verdict.BOUNDED
                        ? watch.retainedParts(retained(attempts() - warmup))
                        : List.of(),
                gain(judgement),
                success,
                settings,
                jvm,
                proof,
                began,
                since(startNanos));
    }
}
