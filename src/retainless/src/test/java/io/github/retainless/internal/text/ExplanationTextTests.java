package io.github.retainless.internal.text;

import static io.github.retainless.internal.explain.Paths.path;
import static io.github.retainless.internal.text.Reports.growing;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.Anatomy;
import io.github.retainless.experiment.Anatomy.Kind;
import io.github.retainless.experiment.Anatomy.Part;
import io.github.retainless.experiment.Explanation;
import io.github.retainless.experiment.Growth;
import io.github.retainless.experiment.Reachability;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Signature;
import io.github.retainless.internal.explain.Paths;
import io.github.retainless.internal.verdict.Limits;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExplanationTextTests {
    private static final Anatomy DECLINED = anatomy(
            "io.acme.PaymentDeclined",
            new Part(Kind.PAYLOAD, "payload", "byte[65536]", 65_552),
            part(Kind.BACKTRACE, 720),
            part(Kind.REST, 200));

    private record Given(List<Signature> signatures, List<Anatomy> anatomies, String missing, String heapDump) {
        Given anatomies(Anatomy... anatomies) {
            return new Given(signatures, List.of(anatomies), missing, heapDump);
        }

        Given missing(String missing, String heapDump) {
            return new Given(signatures, anatomies, missing, heapDump);
        }

        Explanation explanation() {
            return new Explanation(signatures, anatomies, missing, heapDump);
        }
    }

    private static Given with(Signature... signatures) {
        return new Given(List.of(signatures), List.of(), "", "");
    }

    // The first line sets the margin of the text blocks that are expected.
    private static String explain(Given given) {
        return "table" + Texts.explanation(report(given.explanation()), UTF_8);
    }

    private static String ascii(Given given) {
        return "table" + Texts.explanation(report(given.explanation()), US_ASCII);
    }

    /** Three rounds of 100 failures, all retained. */
    private static RetentionReport report(Explanation explanation) {
        return growing(Growth.COUNT)
                .failuresPerRound(100)
                .round(100, 100, 6_645_800)
                .round(200, 200, 13_291_600)
                .round(300, 300, 19_937_400)
                .explained(explanation)
                .report();
    }

    private static Paths registry() {
        return path().statically("io.acme.PaymentDispatcher", "INSTANCE")
                .field("io.acme.PaymentDispatcher", "inFlight")
                .entry("java.util.concurrent.ConcurrentHashMap", "*")
                .completableFuture();
    }

    private static Signature[] many(int paths) {
        return IntStream.range(0, paths)
                .mapToObj(i -> path().statically("io.acme.Audit", "LAST_" + (char) ('A' + i))
                        .failures(paths - i)
                        .bytes(1 << 20)
                        .signature())
                .toArray(Signature[]::new);
    }

    private static Anatomy anatomy(String type, Part... parts) {
        return new Anatomy(type, 300, Stream.of(parts).mapToLong(Part::bytes).sum(), List.of(parts));
    }

    private static Part part(Kind kind, long bytes) {
        return new Part(kind, "", "", bytes);
    }

    private static Anatomy manyParts() {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            parts.add(new Part(Kind.PAYLOAD, "field" + i, "java.util.concurrent.ConcurrentHashMap", 9_000 - 1_000 * i));
        }
        parts.add(part(Kind.MESSAGE, 900));
        parts.add(part(Kind.BACKTRACE, 720));
        parts.add(part(Kind.STACK_TRACE, 700));
        parts.add(part(Kind.CAUSE, 300));
        parts.add(part(Kind.SUPPRESSED, 200));
        return anatomy("io.acme.PaymentDeclined", parts.toArray(Part[]::new));
    }

    @Test
    void onlyPath_isATreeWithItsCause() {
        assertThat(explain(with(registry().explained()).anatomies(DECLINED)))
                .isEqualTo(
                        """
                        table

                          300 of 300 retained through
                          ├─ static io.acme.PaymentDispatcher.INSTANCE
                          ├─ PaymentDispatcher.inFlight : ConcurrentHashMap
                          ├─ ConcurrentHashMap[*]       : CompletableFuture
                          ├─ CompletableFuture.result.ex
                          ╰→ io.acme.PaymentDeclined   payload byte[65536] 64.0 KiB · backtrace 720 B · rest 200 B

                          Likely: futures leave the registry only on success. Remove them from PaymentDispatcher.inFlight in
                          whenComplete, not in thenRun.

                          PaymentDeclined.payload is 98 % of each: keep what tells the case (its length, a hash, an id)
                          instead of the data.""");
    }

    @Test
    void withoutUnicode_isDrawnInAscii() {
        assertThat(ascii(with(registry().explained()).anatomies(DECLINED)))
                .isEqualTo(
                        """
                        table

                          300 of 300 retained through
                          |- static io.acme.PaymentDispatcher.INSTANCE
                          |- PaymentDispatcher.inFlight : ConcurrentHashMap
                          |- ConcurrentHashMap[*]       : CompletableFuture
                          |- CompletableFuture.result.ex
                          `-> io.acme.PaymentDeclined   payload byte[65536] 64.0 KiB, backtrace 720 B, rest 200 B

                          Likely: futures leave the registry only on success. Remove them from PaymentDispatcher.inFlight in
                          whenComplete, not in thenRun.

                          PaymentDeclined.payload is 98 % of each: keep what tells the case (its length, a hash, an id)
                          instead of the data.""");
    }

    @Test
    void staticList_isTwoSteps() {
        assertThat(explain(with(path().statically("io.acme.Audit", "FAILURES")
                        .element("java.util.ArrayList", "*")
                        .explained())))
                .isEqualTo(
                        """
                        table

                          300 of 300 retained through
                          ├─ static io.acme.Audit.FAILURES : ArrayList
                          ├─ ArrayList[*]
                          ╰→ io.acme.PaymentDeclined

                          Likely: a static field keeps what it leads to for as long as its class is loaded. Take failures
                          out of Audit.FAILURES, bound it, or keep only their type and message.""");
    }

    @Test
    void futureTasksInAQueue_showTheOutcome() {
        assertThat(explain(with(path().outside("executor")
                        .field("io.acme.Dispatcher", "results")
                        .element("java.util.concurrent.LinkedBlockingQueue", "*")
                        .futureTask()
                        .explained())))
                .isEqualTo(
                        """
                        table

                          300 of 300 retained through
                          ├─ executor io.acme.Dispatcher
                          ├─ Dispatcher.results     : LinkedBlockingQueue
                          ├─ LinkedBlockingQueue[*] : FutureTask
                          ├─ FutureTask.outcome
                          ╰→ io.acme.PaymentDeclined

                          Likely: nobody takes the failures out of a queue. Drain Dispatcher.results also after a failure,
                          or bound it and let the oldest go.""");
    }

    @Test
    void threadLocal_showsThreadAndField() {
        assertThat(explain(with(path().thread("pool-1-thread-*")
                        .threadLocal("io.acme.Context", "LAST")
                        .failures(0, 0, 4)
                        .bytes(262_000)
                        .explained())))
                .isEqualTo(
                        """
                        table

                          4 of 300 (255.9 KiB, from the last 100 failures) retained through
                          ├─ thread "pool-1-thread-*"
                          ├─ thread-local Context.LAST
                          ╰→ io.acme.PaymentDeclined

                          Likely: a thread-local keeps the failure for as long as its thread lives. Call remove() in a
                          finally block before the task ends: Context.LAST.""");
    }

    @Test
    void threadLocalWithoutField_saysSo() {
        assertThat(explain(with(
                        path().thread("").threadLocal("", "").failures(0, 0, 1).explained())))
                .isEqualTo(
                        """
                        table

                          1 of 300 (19.0 MiB, from the last 100 failures) retained through
                          ├─ a thread without a name
                          ├─ a thread-local
                          ╰→ io.acme.PaymentDeclined

                          Likely: a thread-local keeps the failure for as long as its thread lives. Call remove() in a
                          finally block before the task ends: the thread-local.""");
    }

    @Test
    void localOfAParkedThread_showsMethodAndThread() {
        assertThat(explain(with(path().local("worker-*", "io.acme.Worker", "run(Worker.java:42)")
                        .failures(0, 0, 1)
                        .explained())))
                .isEqualTo(
                        """
                        table

                          1 of 300 (19.0 MiB, from the last 100 failures) retained through
                          ├─ local of io.acme.Worker.run(Worker.java:42), thread "worker-*"
                          ╰→ io.acme.PaymentDeclined

                          Likely: a local variable still refers to the failure while its thread waits. Declare it inside the
                          loop, or set it to null before the thread waits: Worker.run(Worker.java:42).""");
    }

    @Test
    void localOfAnUnnamedVirtualThread_showsTheMethod() {
        assertThat(explain(with(path().local("", "io.acme.Worker", "run(Worker.java:42)")
                        .failures(100, 100, 100)
                        .explained())))
                .isEqualTo(
                        """
                        table

                          300 of 300 retained through
                          ├─ local of io.acme.Worker.run(Worker.java:42)
                          ╰→ io.acme.PaymentDeclined

                          Likely: a local variable still refers to the failure while its thread waits. Declare it inside the
                          loop, or set it to null before the thread waits: Worker.run(Worker.java:42).""");
    }

    @Test
    void delayedTask_mergesTheAdapter() {
        assertThat(explain(with(path().statically("io.acme.Retries", "TIMER")
                        .inherited(
                                "java.util.concurrent.ScheduledThreadPoolExecutor",
                                "java.util.concurrent.ThreadPoolExecutor",
                                "workQueue")
                        .element("java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue", "*")
                        .inherited(
                                "java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask",
                                "java.util.concurrent.FutureTask",
                                "callable")
                        .field("java.util.concurrent.Executors$RunnableAdapter", "task")
                        .field("io.acme.Retries$$Lambda/0x00007f1e4c003000", "arg$1")
                        .explained())))
                .isEqualTo(
                        """
                        table

                          300 of 300 retained through
                          ├─ static io.acme.Retries.TIMER : ScheduledThreadPoolExecutor
                          ├─ ThreadPoolExecutor.workQueue : DelayedWorkQueue
                          ├─ DelayedWorkQueue[*]          : ScheduledFutureTask
                          ├─ FutureTask.callable.task     : Retries$$Lambda
                          ├─ Retries$$Lambda.arg$1
                          ╰→ io.acme.PaymentDeclined

                          Likely: a scheduled or delayed task outlives the outcome it was for. Cancel it once the outcome is
                          there; a ScheduledThreadPoolExecutor needs setRemoveOnCancelPolicy(true), a Timer its purge(), to
                          let it go at once.""");
    }

    @Test
    void suppressedOfASharedException_isThroughAnother() {
        assertThat(explain(with(path().statically("io.acme.Errors", "SHARED")
                        .inherited("io.acme.PaymentDeclined", "java.lang.Throwable", "suppressedExceptions")
                        .element("java.util.ArrayList", "*")
                        .reachable(Reachability.THROUGH_ANOTHER)
                        .failures(99, 100, 100)
                        .explained())))
                .isEqualTo(
                        """
                        table

                          299 of 300 (19.0 MiB) retained only by an exception of another attempt, through
                          ├─ static io.acme.Errors.SHARED   : PaymentDeclined
                          ├─ Throwable.suppressedExceptions : ArrayList
                          ├─ ArrayList[*]
                          ╰→ io.acme.PaymentDeclined

                          Likely: failures are added, as suppressed ones, to an exception that all attempts share. Create it
                          anew for every attempt, or switch suppression off in its constructor.""");
    }

    @Test
    void causes_areRepeated() {
        assertThat(explain(with(path().statically("io.acme.Retry", "last")
                        .inherited("io.acme.PaymentDeclined", "java.lang.Throwable", "cause")
                        .repeated()
                        .reachable(Reachability.THROUGH_ANOTHER)
                        .failures(99, 100, 100)
                        .explained())))
                .isEqualTo(
                        """
                        table

                          299 of 300 (19.0 MiB) retained only by an exception of another attempt, through
                          ├─ static io.acme.Retry.last : PaymentDeclined
                          ├─ Throwable.cause (repeated)
                          ╰→ io.acme.PaymentDeclined

                          Likely: each failure has an earlier attempt's as its cause. Give a new failure only the first
                          cause, or the last one's message.""");
    }

    @Test
    void testInstance_isItsOwnRoot() {
        assertThat(explain(with(path().outside("instance of")
                        .field("io.acme.DispatcherTest", "failures")
                        .element("java.util.ArrayList", "*")
                        .explained())))
                .isEqualTo(
                        """
                        table

                          300 of 300 retained through
                          ├─ instance of io.acme.DispatcherTest
                          ├─ DispatcherTest.failures : ArrayList
                          ├─ ArrayList[*]
                          ╰→ io.acme.PaymentDeclined

                          Likely: the test itself keeps the failures. Keep their messages only, or empty it in every
                          attempt: DispatcherTest.failures.""");
    }

    @Test
    void innerClassOfTheTest_showsTheStepsBetween() {
        assertThat(explain(with(path().natively("a JNI global reference")
                        .field("io.acme.DispatcherTest$Handler", "this$0")
                        .field("io.acme.DispatcherTest", "failures")
                        .element("java.lang.Throwable[]", "7")
                        .explained())))
                .isEqualTo(
                        """
                        table

                          300 of 300 retained through
                          ├─ a JNI global reference        : DispatcherTest.Handler
                          ├─ DispatcherTest.Handler.this$0 : DispatcherTest
                          ├─ DispatcherTest.failures       : Throwable[]
                          ├─ Throwable[7]
                          ╰→ io.acme.PaymentDeclined

                          Likely: an inner class holds its enclosing instance, and with it the failure. Make it a static
                          class that is given what it needs.""");
    }

    @Test
    void recordInASetAndKeyOfAMap_areShown() {
        assertThat(explain(with(path().statically("io.acme.Open", "CALLS")
                        .element("java.util.concurrent.ConcurrentHashMap$KeySetView", "*")
                        .field("io.acme.Open$Call", "failures")
                        .key("java.util.IdentityHashMap")
                        .explained())))
                .isEqualTo(
                        """
                        table

                          300 of 300 retained through
                          ├─ static io.acme.Open.CALLS : KeySetView
                          ├─ KeySetView[*]             : Open.Call
                          ├─ Open.Call.failures        : IdentityHashMap
                          ├─ a key of IdentityHashMap
                          ╰→ io.acme.PaymentDeclined

                          Likely: a static field keeps what it leads to for as long as its class is loaded. Take failures
                          out of Open.CALLS, bound it, or keep only their type and message.""");
    }

    @Test
    void softlyReachable_saysUntilWhen() {
        assertThat(explain(with(path().statically("io.acme.Retry", "CACHE")
                        .entry("java.util.HashMap", "*")
                        .field("java.lang.ref.SoftReference", "referent")
                        .reachable(Reachability.SOFT)
                        .failures(12, 0, 0)
                        .explained())))
                .isEqualTo(
                        """
                        table

                          12 of 300 (19.0 MiB, from the first 100 failures) only softly reachable, through
                          ├─ static io.acme.Retry.CACHE : HashMap
                          ├─ HashMap[*]                 : SoftReference
                          ├─ SoftReference.referent
                          ╰→ io.acme.PaymentDeclined

                          Likely: a cache holds failures by soft references, until memory runs out. Do not cache failures,
                          or bound the cache by size or time.""");
    }

    @Test
    void waitingForAFinalizer_saysSo() {
        assertThat(explain(with(path().natively("the finalizer queue")
                        .field("io.acme.Connection", "failure")
                        .reachable(Reachability.FINALIZER)
                        .failures(0, 12, 0)
                        .explained())))
                .isEqualTo(
                        """
                        table

                          12 of 300 (19.0 MiB, from failures 101 to 200) held until a finalizer has run, through
                          ├─ the finalizer queue : Connection
                          ├─ Connection.failure
                          ╰→ io.acme.PaymentDeclined

                          Likely: something that has a finalizer holds the failure, and the finalizer has yet to run. Close
                          it in the attempt; replace the finalizer by a Cleaner whose action holds no failure.""");
    }

    @Test
    void growingWithoutPath_saysWhatItMayBe() {
        assertThat(explain(with(path().reachable(Reachability.NONE)
                        .failures(0, 0, 2)
                        .bytes(3_000)
                        .signature())))
                .isEqualTo(
                        """
                        table

                          2 of 300 (2.9 KiB, from the last 100 failures) have no path in the heap dump: it does not show
                          what a ClassValue holds, nor what native code does.""");
    }

    @Test
    void oneGrowingWithoutPath_isSingular() {
        assertThat(explain(with(
                        path().reachable(Reachability.NONE).failures(1).bytes(0).signature())))
                .isEqualTo(
                        """
                        table

                          1 of 300 (from the first 100 failures) has no path in the heap dump: it does not show what a
                          ClassValue holds, nor what native code does.""");
    }

    @Test
    void boundedWithoutPath_mayBeTheJvms() {
        Signature signature = path().reachable(Reachability.NONE)
                .failures(0, 0, 2)
                .bytes(3_000)
                .signature();
        RetentionReport report = Reports.bounded()
                .failuresPerRound(100)
                .round(100, 2, 3_000)
                .round(200, 2, 3_000)
                .round(300, 2, 3_000)
                .explained(with(signature).explanation())
                .report();

        assertThat("table" + Texts.explanation(report, UTF_8))
                .isEqualTo(
                        """
                        table

                          2 of 2 (from the last 100 failures) have no path in the heap dump: the JVM itself may keep a
                          thread's last exception for a while.""");
    }

    @Test
    void severalPaths_haveCountsBytesAndOrigin() {
        assertThat(explain(with(
                                registry()
                                        .failures(100, 100, 0)
                                        .bytes(13_291_600)
                                        .explained(),
                                path().statically("io.acme.Audit", "FIRST")
                                        .failures(56, 0, 44)
                                        .bytes(6_500_000)
                                        .explained(),
                                registry().failures(0, 1, 0).explained())
                        .anatomies(DECLINED)))
                .isEqualTo(
                        """
                        table

                          200 of 300 (12.7 MiB, from the first 200 failures) retained through
                          ├─ static io.acme.PaymentDispatcher.INSTANCE
                          ├─ PaymentDispatcher.inFlight : ConcurrentHashMap
                          ├─ ConcurrentHashMap[*]       : CompletableFuture
                          ├─ CompletableFuture.result.ex
                          ╰→ io.acme.PaymentDeclined   payload byte[65536] 64.0 KiB · backtrace 720 B · rest 200 B

                          Likely: futures leave the registry only on success. Remove them from PaymentDispatcher.inFlight in
                          whenComplete, not in thenRun.

                          100 of 300 (6.2 MiB, from the first 100 and the last 100 failures) retained through
                          ├─ static io.acme.Audit.FIRST
                          ╰→ io.acme.PaymentDeclined

                          Likely: a static field keeps what it leads to for as long as its class is loaded. Take failures
                          out of Audit.FIRST, bound it, or keep only their type and message.

                          1 of 300 (19.0 MiB, from failures 101 to 200) retained through
                          ├─ static io.acme.PaymentDispatcher.INSTANCE
                          ├─ PaymentDispatcher.inFlight : ConcurrentHashMap
                          ├─ ConcurrentHashMap[*]       : CompletableFuture
                          ├─ CompletableFuture.result.ex
                          ╰→ io.acme.PaymentDeclined

                          PaymentDeclined.payload is 98 % of each: keep what tells the case (its length, a hash, an id)
                          instead of the data.""");
    }

    @Test
    void moreThanFivePaths_areCounted() {
        assertThat(explain(with(many(7))))
                .isEqualTo(
                        """
                        table

                          7 of 300 (1.0 MiB, from the first 100 failures) retained through
                          ├─ static io.acme.Audit.LAST_A
                          ╰→ io.acme.PaymentDeclined

                          6 of 300 (1.0 MiB, from the first 100 failures) retained through
                          ├─ static io.acme.Audit.LAST_B
                          ╰→ io.acme.PaymentDeclined

                          5 of 300 (1.0 MiB, from the first 100 failures) retained through
                          ├─ static io.acme.Audit.LAST_C
                          ╰→ io.acme.PaymentDeclined

                          4 of 300 (1.0 MiB, from the first 100 failures) retained through
                          ├─ static io.acme.Audit.LAST_D
                          ╰→ io.acme.PaymentDeclined

                          3 of 300 (1.0 MiB, from the first 100 failures) retained through
                          ├─ static io.acme.Audit.LAST_E
                          ╰→ io.acme.PaymentDeclined

                          Another 2 paths retain 3 failures, 2.0 MiB.""");
    }

    @Test
    void oneMoreThanFive_isSingular() {
        assertThat(explain(with(many(6))))
                .isEqualTo(
                        """
                        table

                          6 of 300 (1.0 MiB, from the first 100 failures) retained through
                          ├─ static io.acme.Audit.LAST_A
                          ╰→ io.acme.PaymentDeclined

                          5 of 300 (1.0 MiB, from the first 100 failures) retained through
                          ├─ static io.acme.Audit.LAST_B
                          ╰→ io.acme.PaymentDeclined

                          4 of 300 (1.0 MiB, from the first 100 failures) retained through
                          ├─ static io.acme.Audit.LAST_C
                          ╰→ io.acme.PaymentDeclined

                          3 of 300 (1.0 MiB, from the first 100 failures) retained through
                          ├─ static io.acme.Audit.LAST_D
                          ╰→ io.acme.PaymentDeclined

                          2 of 300 (1.0 MiB, from the first 100 failures) retained through
                          ├─ static io.acme.Audit.LAST_E
                          ╰→ io.acme.PaymentDeclined

                          Another path retains 1 failure, 1.0 MiB.""");
    }

    @Test
    void manyParts_areWrappedAndCounted() {
        assertThat(explain(with(path().statically("io.acme.Audit", "LAST").signature())
                        .anatomies(manyParts())))
                .isEqualTo(
                        """
                        table

                          300 of 300 retained through
                          ├─ static io.acme.Audit.LAST
                          ╰→ io.acme.PaymentDeclined
                               field0 ConcurrentHashMap 8.8 KiB · field1 ConcurrentHashMap 7.8 KiB ·
                               field2 ConcurrentHashMap 6.8 KiB · field3 ConcurrentHashMap 5.9 KiB ·
                               field4 ConcurrentHashMap 4.9 KiB · field5 ConcurrentHashMap 3.9 KiB · message 900 B ·
                               4 others 1.9 KiB""");
    }

    @Test
    void otherClasses_comeAfterTheTrees() {
        assertThat(explain(with(path().statically("io.acme.Audit", "LAST").signature())
                        .anatomies(
                                anatomy("io.acme.CardException", part(Kind.MESSAGE, 65_000), part(Kind.REST, 40)),
                                DECLINED)))
                .isEqualTo(
                        """
                        table

                          300 of 300 retained through
                          ├─ static io.acme.Audit.LAST
                          ╰→ io.acme.PaymentDeclined   payload byte[65536] 64.0 KiB · backtrace 720 B · rest 200 B

                          io.acme.CardException, 63.5 KiB each:
                            message 63.5 KiB · rest 40 B

                          The message of CardException is 99 % of each: let it name the case (a length, a hash, an id)
                          instead of the data.""");
    }

    @Test
    void whatIsMissing_andTheDump_areSaid() {
        assertThat(explain(with().missing(
                                "The heap dump could not be written: no space left on /tmp, which has 12.0 MiB where 40.0 MiB are needed. Free some, or set java.io.tmpdir.",
                                "/builds/acme/payments/target/retainless/declinedPayment.hprof")))
                .isEqualTo(
                        """
                        table

                          The heap dump could not be written: no space left on /tmp, which has 12.0 MiB where 40.0 MiB are
                          needed. Free some, or set java.io.tmpdir.

                          Heap dump kept: /builds/acme/payments/target/retainless/declinedPayment.hprof""");
    }

    @Test
    void longPackage_isAbbreviatedOnlyIfItMustBe() {
        assertThat(explain(with(path().statically(
                                "com.example.enterprise.payments.infrastructure.dispatching.internal.reactive.PaymentDispatcherRegistry",
                                "INSTANCE")
                        .field(
                                "com.example.enterprise.PaymentDispatcherRegistry",
                                "failuresOfTheLastFewMinutesByCustomerNumberAndCountryOfOrigin")
                        .entry("java.util.concurrent.ConcurrentHashMap", "*")
                        .of(
                                "com.example.enterprise.payments.infrastructure.dispatching.internal.reactive.PaymentDeclined")
                        .signature())))
                .isEqualTo(
                        """
                        table

                          300 of 300 retained through
                          ├─ static c.e.e.p.i.d.i.r.PaymentDispatcherRegistry.INSTANCE : PaymentDispatcherRegistry
                          ├─ PaymentDispatcherRegistry.failuresOfTheLastFewMinutesByCustomerNumberAndCountryOfOrigin
                          │    : ConcurrentHashMap
                          ├─ ConcurrentHashMap[*]
                          ╰→ com.example.enterprise.payments.infrastructure.dispatching.internal.reactive.PaymentDeclined""");
    }

    @Test
    void keysAndThreadNames_areMadeHarmless() {
        assertThat(explain(with(path().local("evil\n\"name\"\u001b[31m", "io.acme.Worker", "run(Worker.java:42)")
                        .entry("java.util.HashMap", "\"a \"quoted\" key\twith \u202e much more text in it than fits\"")
                        .signature())))
                .isEqualTo(
                        """
                        table

                          300 of 300 retained through
                          ├─ local of io.acme.Worker.run(Worker.java:42), thread "evil\\n\\"name\\"\\u001b[31m" : HashMap
                          ├─ HashMap["a \\"quoted\\" key\\twi…ext in it than fits"]
                          ╰→ io.acme.PaymentDeclined""");
    }

    @Test
    void noExplanation_isEmpty() {
        assertThat(explain(with())).isEqualTo("table");
    }

    @Test
    void message_hasTheExplanationBeforeTheEnvironment() {
        RetentionReport report = report(with(registry().explained()).explanation());

        assertThat(ReportText.of(report, Limits.NONE, "", UTF_8))
                .endsWith("a limit above that was not looked for."
                        + Texts.explanation(report, UTF_8)
                        + "\n\n  JDK 17.0.15, G1, GC proven by System.gc().");
    }

    @Test
    void successTaskWithoutRounds_isAboutAttemptsAndClaimsNoTotal() {
        RetentionReport report = Reports.undecided("the heap is full", "Raise -Xmx.")
                .expectingSuccess()
                .explained(with(many(6)).explanation())
                .report();

        assertThat(Texts.explanation(report, UTF_8))
                .startsWith("\n\n  6 (1.0 MiB) retained through\n")
                .endsWith("\n\n  Another path retains 1 attempt, 1.0 MiB.");
    }

    static Stream<List<Integer>> origins() {
        return Stream.of(
                List.of(100, 100, 100),
                List.of(1, 100, 3),
                List.of(1, 0, 0),
                List.of(1, 2, 0),
                List.of(0, 0, 3),
                List.of(0, 1, 3),
                List.of(0, 7, 0),
                List.of(7, 0, 7),
                List.of(),
                List.of(0, 0, 0));
    }

    @ParameterizedTest
    @MethodSource("origins")
    void cohorts_areToldIfSomeAreEmpty(List<Integer> cohorts) {
        String origin =
                switch (cohorts.toString()) {
                    case "[1, 0, 0]" -> ", from the first 100 failures";
                    case "[1, 2, 0]" -> ", from the first 200 failures";
                    case "[0, 0, 3]" -> ", from the last 100 failures";
                    case "[0, 1, 3]" -> ", from the last 200 failures";
                    case "[0, 7, 0]" -> ", from failures 101 to 200";
                    case "[7, 0, 7]" -> ", from the first 100 and the last 100 failures";
                    default -> "";
                };
        Signature signature = path().statically("io.acme.Audit", "LAST")
                .failures(cohorts.toArray(Integer[]::new))
                .bytes(1 << 20)
                .signature();

        assertThat(explain(with(signature, signature))).contains(" (1.0 MiB" + origin + ") retained through\n");
    }

    static Stream<Charset> charsets() {
        return Stream.of(UTF_8, US_ASCII);
    }

    @ParameterizedTest
    @MethodSource("charsets")
    void namesOfAnyLength_keepTo100ColumnsAndTheirMembers(Charset charset) {
        Random random = new Random(4);
        for (int i = 0; i < 50; i++) {
            String member = "_" + word(random, 60);
            Paths paths = path().local(
                            noise(random), type(random), word(random, 40) + "(" + word(random, 30) + ".java:7)")
                    .field(type(random), member)
                    .entry(type(random), '"' + noise(random) + '"')
                    .element(type(random) + "[]", noise(random))
                    .inherited(type(random), type(random), member)
                    .repeated()
                    .threadLocal(type(random), member)
                    .key(type(random))
                    .of(type(random))
                    .likely(noise(random), member + " " + word(random, 300));
            Signature signature = paths.signature();
            Anatomy anatomy = anatomy(
                    signature.type(),
                    new Part(Kind.PAYLOAD, word(random, 90), type(random), random.nextLong(1L << 40)),
                    part(Kind.MESSAGE, random.nextLong(1L << 40)),
                    part(Kind.STACK_TRACE, random.nextLong(1L << 40)));
            Anatomy other = anatomy(type(random), new Part(Kind.PAYLOAD, member, type(random), 7));

            String text = Texts.explanation(
                    report(with(signature).anatomies(anatomy, other).explanation()), charset);

            assertThat(text.lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 100);
            assertThat(text.lines()).allMatch(charset.newEncoder()::canEncode);
            assertThat(text.lines()).noneMatch(line -> line.codePoints().anyMatch(Character::isISOControl));
            assertThat(text.lines().filter(line -> line.contains("." + member))).hasSize(3);
        }
    }

    private static String type(Random random) {
        StringBuilder type = new StringBuilder();
        for (int parts = random.nextInt(9); parts > 0; parts--) {
            type.append(word(random, 15)).append('.');
        }
        type.append(word(random, 70));
        return random.nextBoolean() ? type.toString() : type + "$" + word(random, 50);
    }

    private static String word(Random random, int longest) {
        return letters(random, 1 + random.nextInt(longest), "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    }

    private static String noise(Random random) {
        return letters(random, random.nextInt(150), "abc \"\\'\n\r\t\u0000\u001b\u2028\u202eäß語\ud800*[]");
    }

    private static String letters(Random random, int length, String of) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < length; i++) {
            letters.append(of.charAt(random.nextInt(of.length())));
        }
        return letters.toString();
    }
}
