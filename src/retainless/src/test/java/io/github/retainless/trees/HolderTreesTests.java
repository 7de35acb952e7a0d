package io.github.retainless.trees;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.internal.run.FastPacing;
import io.github.retainless.testing.ChildJvm;
import io.github.retainless.testing.Slow;
import io.github.retainless.trees.Holders.Holder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** What is said about failures that are really kept, whole. */
@Slow("runs 48 experiments and reads a heap dump for nearly each")
class HolderTreesTests {
    private static final long MOST_SECONDS = 480;

    /** What is quickest. HolderSignaturesTests shows that the collector does not matter. */
    private static final List<String> FLAGS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", FastPacing.FLAG);

    @TempDir
    static Path texts;

    /** In a JVM of their own: a heap without the classes of all other tests is dumped and read much faster. */
    @BeforeAll
    static void runHolders() {
        ChildJvm.Result child = ChildJvm.run(MOST_SECONDS, FLAGS, HolderTexts.class, texts.toString());
        assertThat(child.out() + child.errApartFromDumps()).isEmpty();
        assertThat(child.exitCode()).isZero();
    }

    private static String explained(Class<? extends Holder> holder) {
        return read(HolderTexts.explanation(texts, holder)).replaceAll("Holders\\.java:\\d+", "Holders.java:<line>");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void staticList_isTwoSteps() {
        assertThat(explained(Holders.StaticList.class))
                .isEqualTo(
                        """
                        StaticList: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ static io.github.retainless.trees.Holders.StaticList.failures : ArrayList
                          ├─ ArrayList[*]
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: a static field keeps what it leads to for as long as its class is loaded. Take failures
                          out of Holders.StaticList.failures, bound it, or keep only their type and message.""");
    }

    @Test
    void staticMap_isTwoSteps() {
        assertThat(explained(Holders.StaticMap.class))
                .isEqualTo(
                        """
                        StaticMap: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ static io.github.retainless.trees.Holders.StaticMap.failures : HashMap
                          ├─ HashMap[*]
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: a static field keeps what it leads to for as long as its class is loaded. Take failures
                          out of Holders.StaticMap.failures, bound it, or keep only their type and message.""");
    }

    @Test
    void mapWithOneKey_showsTheKey() {
        assertThat(explained(Holders.MapWithOneKey.class))
                .isEqualTo(
                        """
                        MapWithOneKey: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ static io.github.retainless.trees.Holders.MapWithOneKey.failures : HashMap
                          ├─ HashMap["visa"] : ArrayList
                          ├─ ArrayList[*]
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: a static field keeps what it leads to for as long as its class is loaded. Take failures
                          out of Holders.MapWithOneKey.failures, bound it, or keep only their type and message.""");
    }

    @Test
    void collections_areOneStepEach() {
        assertThat(read(HolderTexts.trees(texts, Holders.Piles.class)))
                .isEqualTo(
                        """
                        ├─ static io.github.retainless.trees.Holders.Piles.array : Throwable[]
                          ├─ Throwable[*]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.arrayDeque : ArrayDeque
                          ├─ ArrayDeque[*]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.atomicArray : AtomicReferenceArray
                          ├─ AtomicReferenceArray.array                                  : Object[]
                          ├─ Object[*]                                                   : Optional
                          ├─ Optional.value
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.collisions : HashMap
                          ├─ HashMap[Holders.Piles.Collision]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.collisionsConcurrent : ConcurrentHashMap
                          ├─ ConcurrentHashMap[Holders.Piles.Collision]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.delayQueue : DelayQueue
                          ├─ DelayQueue[*]                                              : Holders.Piles.Retry
                          ├─ Holders.Piles.Retry.failure
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.enumMap : EnumMap
                          ├─ EnumMap[*]                                              : ArrayList
                          ├─ ArrayList[*]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.hashMapKey : HashMap
                          ├─ a key of HashMap
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.hashtable : Hashtable
                          ├─ Hashtable[*]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.identityKey : IdentityHashMap
                          ├─ a key of IdentityHashMap
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.identityValue : IdentityHashMap
                          ├─ IdentityHashMap[*]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.immutableList : ListN
                          ├─ ListN[*]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.immutableListOfOne : ArrayList
                          ├─ ArrayList[*] : List12
                          ├─ List12[*]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.immutableMapKey : MapN
                          ├─ a key of MapN
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.immutableMapOfOneKey : ArrayList
                          ├─ ArrayList[*] : Map1
                          ├─ a key of Map1
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.immutableMapOfOneValue : ArrayList
                          ├─ ArrayList[*] : Map1
                          ├─ Map1[*]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.immutableMapValue : MapN
                          ├─ MapN[*]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.immutableSet : SetN
                          ├─ SetN[*]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.keySet : KeySetView
                          ├─ KeySetView[*]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.linkedBlockingDeque : LinkedBlockingDeque
                          ├─ LinkedBlockingDeque[*]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.linkedHashSet : LinkedHashSet
                          ├─ LinkedHashSet[*]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.linkedList : LinkedList
                          ├─ LinkedList[*]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.linkedQueue : ConcurrentLinkedQueue
                          ├─ ConcurrentLinkedQueue[*]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.mapOfLists : LinkedHashMap
                          ├─ LinkedHashMap[*]                                           : ArrayList
                          ├─ ArrayList[*]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.skipListMap : ConcurrentSkipListMap
                          ├─ ConcurrentSkipListMap[*]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.synchronizedSet : SynchronizedSet
                          ├─ SynchronizedSet[*]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.transferQueue : LinkedTransferQueue
                          ├─ LinkedTransferQueue[*]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.treeMap : TreeMap
                          ├─ TreeMap[*]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.unmodifiable : ArrayList
                          ├─ ArrayList[*]                                                 : UnmodifiableRandomAccessList
                          ├─ UnmodifiableRandomAccessList[0]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.vector : Vector
                          ├─ Vector[*]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)
                        ├─ static io.github.retainless.trees.Holders.Piles.weakMapValue : WeakHashMap
                          ├─ WeakHashMap[*]
                          ╰→ io.github.retainless.trees.Holders.Declined (40)""");
    }

    @Test
    void ownLinkedList_isFolded() {
        assertThat(explained(Holders.OwnLinkedList.class))
                .isEqualTo(
                        """
                        OwnLinkedList: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ static io.github.retainless.trees.Holders.OwnLinkedList.newest : Holders.OwnLinkedList.Node
                          ├─ Holders.OwnLinkedList.Node.next (repeated)
                          ├─ Holders.OwnLinkedList.Node.failure
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: a static field keeps what it leads to for as long as its class is loaded. Take failures
                          out of Holders.OwnLinkedList.newest, bound it, or keep only their type and message.""");
    }

    @Test
    void ownTree_isFoldedWhicheverTheSide() {
        assertThat(explained(Holders.OwnTree.class))
                .isEqualTo(
                        """
                        OwnTree: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ static io.github.retainless.trees.Holders.OwnTree.root : Holders.OwnTree.Node
                          ├─ Holders.OwnTree.Node.* (repeated)
                          ├─ Holders.OwnTree.Node.failure
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: a static field keeps what it leads to for as long as its class is loaded. Take failures
                          out of Holders.OwnTree.root, bound it, or keep only their type and message.""");
    }

    @Test
    void lambda_showsWhatItCaptured() {
        assertThat(explained(Holders.LambdaCapture.class))
                .isEqualTo(
                        """
                        LambdaCapture: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ static io.github.retainless.trees.Holders.LambdaCapture.retries : ArrayList
                          ├─ ArrayList[*] : Holders.LambdaCapture$$Lambda
                          ├─ Holders.LambdaCapture$$Lambda.arg$1
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: a static field keeps what it leads to for as long as its class is loaded. Take failures
                          out of Holders.LambdaCapture.retries, bound it, or keep only their type and message.""");
    }

    @Test
    void anonymousClass_showsTheVariableItCaptured() {
        assertThat(explained(Holders.AnonymousClass.class))
                .isEqualTo(
                        """
                        AnonymousClass: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ static io.github.retainless.trees.Holders.AnonymousClass.retries : ArrayList
                          ├─ ArrayList[*] : Holders.AnonymousClass$1
                          ├─ Holders.AnonymousClass$1.val$declined
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: a static field keeps what it leads to for as long as its class is loaded. Take failures
                          out of Holders.AnonymousClass.retries, bound it, or keep only their type and message.""");
    }

    @Test
    void record_showsItsComponent() {
        assertThat(explained(Holders.RecordComponent.class))
                .isEqualTo(
                        """
                        RecordComponent: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ static io.github.retainless.trees.Holders.RecordComponent.results : ArrayList
                          ├─ ArrayList[*] : Holders.RecordComponent.Result
                          ├─ Holders.RecordComponent.Result.failure
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: a static field keeps what it leads to for as long as its class is loaded. Take failures
                          out of Holders.RecordComponent.results, bound it, or keep only their type and message.""");
    }

    @Test
    void listeners_areNamed() {
        assertThat(explained(Holders.CopyOnWriteListeners.class))
                .isEqualTo(
                        """
                        CopyOnWriteListeners: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ static io.github.retainless.trees.Holders.CopyOnWriteListeners.listeners : CopyOnWriteArrayList
                          ├─ CopyOnWriteArrayList[*] : Holders.CopyOnWriteListeners$$Lambda
                          ├─ Holders.CopyOnWriteListeners$$Lambda.arg$1
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: each attempt registers a listener and does not take it back. Remove it from
                          Holders.CopyOnWriteListeners.listeners on every outcome.""");
    }

    @Test
    void fieldOfTheTask_beginsAtTheTask() {
        assertThat(explained(Holders.FieldsOfTheTask.class))
                .isEqualTo(
                        """
                        FieldsOfTheTask: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ task io.github.retainless.trees.Holders.FieldsOfTheTask
                          ├─ Holders.FieldsOfTheTask.failures : TreeMap
                          ├─ TreeMap["visa"]                  : SynchronizedSet
                          ├─ SynchronizedSet[*]
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: the test itself keeps the failures. Keep their messages only, or empty it in every
                          attempt: Holders.FieldsOfTheTask.failures.""");
    }

    @Test
    void instanceOutside_isTheRoot() {
        assertThat(explained(Holders.FieldsOfAnInstance.class))
                .isEqualTo(
                        """
                        FieldsOfAnInstance: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ instance of io.github.retainless.trees.Holders.FieldsOfAnInstance.Audit
                          ├─ Holders.FieldsOfAnInstance.Audit.failures : Hashtable
                          ├─ Hashtable[*]
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: the test itself keeps the failures. Keep their messages only, or empty it in every
                          attempt: Holders.FieldsOfAnInstance.Audit.failures.""");
    }

    @Test
    void futureTasksInAQueue_showTheOutcome() {
        assertThat(explained(Holders.FutureTasksInAQueue.class))
                .isEqualTo(
                        """
                        FutureTasksInAQueue: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ static io.github.retainless.trees.Holders.FutureTasksInAQueue.done : ArrayBlockingQueue
                          ├─ ArrayBlockingQueue[*] : FutureTask
                          ├─ FutureTask.outcome
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: nobody takes the failures out of a queue. Drain Holders.FutureTasksInAQueue.done also
                          after a failure, or bound it and let the oldest go.""");
    }

    @Test
    void futureRegistry_showsMapAndFuture() {
        assertThat(explained(Holders.FutureRegistry.class))
                .isEqualTo(
                        """
                        FutureRegistry: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ static io.github.retainless.trees.Holders.FutureRegistry.inFlight : ConcurrentHashMap
                          ├─ ConcurrentHashMap[*] : CompletableFuture
                          ├─ CompletableFuture.result.ex
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: futures leave the registry only on success. Remove them from
                          Holders.FutureRegistry.inFlight in whenComplete, not in thenRun.""");
    }

    @Test
    void recordsInAQueue_showTheirComponent() {
        assertThat(explained(Holders.PriorityQueueOfRecords.class))
                .isEqualTo(
                        """
                        PriorityQueueOfRecords: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ static io.github.retainless.trees.Holders.PriorityQueueOfRecords.retries
                          │    : PriorityBlockingQueue
                          ├─ PriorityBlockingQueue[*] : Holders.PriorityQueueOfRecords.Retry
                          ├─ Holders.PriorityQueueOfRecords.Retry.failure
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: nobody takes the failures out of a queue. Drain Holders.PriorityQueueOfRecords.retries
                          also after a failure, or bound it and let the oldest go.""");
    }

    @Test
    void dependentsOfAnOpenFuture_areFolded() {
        assertThat(explained(Holders.DependentsOfAnOpenFuture.class))
                .isEqualTo(
                        """
                        DependentsOfAnOpenFuture: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ static io.github.retainless.trees.Holders.DependentsOfAnOpenFuture.shutdown : CompletableFuture
                          ├─ CompletableFuture.stack : UniRun
                          ├─ Completion.next (repeated)
                          ├─ UniRun.fn               : Holders.DependentsOfAnOpenFuture$$Lambda
                          ├─ Holders.DependentsOfAnOpenFuture$$Lambda.arg$1
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: dependents pile up on a future that does not complete. Complete
                          Holders.DependentsOfAnOpenFuture.shutdown, or do not chain onto it in every attempt: what is
                          chained stays until then.""");
    }

    @Test
    void uncollectedCompletions_areNamed() {
        assertThat(explained(Holders.UncollectedCompletions.class))
                .isEqualTo(
                        """
                        UncollectedCompletions: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ static io.github.retainless.trees.Holders.UncollectedCompletions.charges
                          │    : ExecutorCompletionService
                          ├─ ExecutorCompletionService.completionQueue : LinkedBlockingQueue
                          ├─ LinkedBlockingQueue[*]                    : FutureTask
                          ├─ FutureTask.outcome
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: completed tasks are not collected from their ExecutorCompletionService. Call take() or
                          poll() for every task, also after one has failed.""");
    }

    @Test
    void manyDelayedTasks_areOneSignature() {
        assertThat(explained(Holders.DelayedTasks.class))
                .isEqualTo(
                        """
                        DelayedTasks: GROWING, 150 of 150 retained, 5.9 KiB

                          150 of 150 retained through
                          ├─ static io.github.retainless.trees.Holders.DelayedTasks.timer : ScheduledThreadPoolExecutor
                          ├─ ThreadPoolExecutor.workQueue                                 : DelayedWorkQueue
                          ├─ DelayedWorkQueue[*]                                          : ScheduledFutureTask
                          ├─ FutureTask.callable.task                                     : Holders.DelayedTasks$$Lambda
                          ├─ Holders.DelayedTasks$$Lambda.arg$1
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: a scheduled or delayed task outlives the outcome it was for. Cancel it once the outcome is
                          there; a ScheduledThreadPoolExecutor needs setRemoveOnCancelPolicy(true), a Timer its purge(), to
                          let it go at once.""");
    }

    @Test
    void timerTasks_beginAtTheTimersThread() {
        assertThat(explained(Holders.TimerTasks.class))
                .isEqualTo(
                        """
                        TimerTasks: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ thread "timeouts"
                          ├─ TimerThread.queue : TaskQueue
                          ├─ TaskQueue.queue   : TimerTask[]
                          ├─ TimerTask[*]      : Holders.TimerTasks$1
                          ├─ Holders.TimerTasks$1.val$declined
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: a scheduled or delayed task outlives the outcome it was for. Cancel it once the outcome is
                          there; a ScheduledThreadPoolExecutor needs setRemoveOnCancelPolicy(true), a Timer its purge(), to
                          let it go at once.""");
    }

    @Test
    void executorUnderTest_isTheRoot() {
        assertThat(explained(Holders.QueueOfTheExecutorUnderTest.class))
                .isEqualTo(
                        """
                        QueueOfTheExecutorUnderTest: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ executor java.util.concurrent.ScheduledThreadPoolExecutor
                          ├─ ThreadPoolExecutor.workQueue : DelayedWorkQueue
                          ├─ DelayedWorkQueue[*]          : ScheduledFutureTask
                          ├─ FutureTask.callable.task     : Holders.QueueOfTheExecutorUnderTest$$Lambda
                          ├─ Holders.QueueOfTheExecutorUnderTest$$Lambda.arg$1
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: a scheduled or delayed task outlives the outcome it was for. Cancel it once the outcome is
                          there; a ScheduledThreadPoolExecutor needs setRemoveOnCancelPolicy(true), a Timer its purge(), to
                          let it go at once.""");
    }

    @Test
    void suppressedBySingleton_isThroughIt() {
        assertThat(explained(Holders.SuppressedBySingleton.class))
                .isEqualTo(
                        """
                        SuppressedBySingleton: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ static io.github.retainless.trees.Holders.SuppressedBySingleton.shared : Holders.Declined
                          ├─ Throwable.suppressedExceptions : ArrayList
                          ├─ ArrayList[*]
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: failures are added, as suppressed ones, to an exception that all attempts share. Create it
                          anew for every attempt, or switch suppression off in its constructor.""");
    }

    @Test
    void suppressedByThrownSingleton_isThroughAnother() {
        assertThat(explained(Holders.SuppressedByThrownSingleton.class))
                .isEqualTo(
                        """
                        SuppressedByThrownSingleton: GROWING, 40 of 40 retained, 1.9 KiB

                          39 of 40 (1.5 KiB) retained only by an exception of another attempt, through
                          ├─ static io.github.retainless.trees.Holders.SuppressedByThrownSingleton.shared : Holders.Declined
                          ├─ Throwable.suppressedExceptions : ArrayList
                          ├─ ArrayList[*]
                          ╰→ io.github.retainless.trees.Holders.Declined   suppressed 44 B · rest 40 B

                          Likely: failures are added, as suppressed ones, to an exception that all attempts share. Create it
                          anew for every attempt, or switch suppression off in its constructor.

                          1 of 40 (368 B, from the first 10 failures) retained through
                          ├─ static io.github.retainless.trees.Holders.SuppressedByThrownSingleton.shared
                          ╰→ io.github.retainless.trees.Holders.Declined""");
    }

    @Test
    void chainOfCauses_isThroughAnother() {
        assertThat(explained(Holders.RetryChain.class))
                .isEqualTo(
                        """
                        RetryChain: GROWING, 40 of 40 retained, 1.7 KiB

                          39 of 40 (1.6 KiB) retained only by an exception of another attempt, through
                          ├─ static io.github.retainless.trees.Holders.RetryChain.last : Holders.Declined
                          ├─ Throwable.cause (repeated)
                          ╰→ io.github.retainless.trees.Holders.Declined   cause 820 B · rest 40 B

                          Likely: each failure has an earlier attempt's as its cause. Give a new failure only the first
                          cause, or the last one's message.

                          1 of 40 (40 B, from the last 10 failures) retained through
                          ├─ static io.github.retainless.trees.Holders.RetryChain.last
                          ╰→ io.github.retainless.trees.Holders.Declined""");
    }

    @Test
    void threadLocalOfSeveralThreads_isOneSignature() {
        assertThat(explained(Holders.ThreadLocalOfFourThreads.class))
                .isEqualTo(
                        """
                        ThreadLocalOfFourThreads: BOUNDED, 4 of 30 retained, 176 B

                          4 of 4 (from the last 10 failures) retained through
                          ├─ thread "charge-*"
                          ├─ thread-local Holders.ThreadLocalOfFourThreads.last
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: a thread-local keeps the failure for as long as its thread lives. Call remove() in a
                          finally block before the task ends: Holders.ThreadLocalOfFourThreads.last.""");
    }

    @Test
    void threadLocalList_showsThreadAndField() {
        assertThat(explained(Holders.ThreadLocalList.class))
                .isEqualTo(
                        """
                        ThreadLocalList: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ thread "audit-1"
                          ├─ thread-local Holders.ThreadLocalList.failures : ArrayList
                          ├─ ArrayList[*]
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: a thread-local keeps the failure for as long as its thread lives. Call remove() in a
                          finally block before the task ends: Holders.ThreadLocalList.failures.""");
    }

    @Test
    void threadLocalInACollection_hasNoField() {
        assertThat(explained(Holders.ThreadLocalWithoutField.class))
                .isEqualTo(
                        """
                        ThreadLocalWithoutField: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ thread "context-1"
                          ├─ a thread-local
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: a thread-local keeps the failure for as long as its thread lives. Call remove() in a
                          finally block before the task ends: the thread-local.""");
    }

    @Test
    void threadLocalThatIsGone_hasNoField() {
        assertThat(explained(Holders.ThreadLocalThatIsGone.class))
                .isEqualTo(
                        """
                        ThreadLocalThatIsGone: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ thread "context-2"
                          ├─ a thread-local : ArrayList
                          ├─ ArrayList[*]
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: a thread-local keeps the failure for as long as its thread lives. Call remove() in a
                          finally block before the task ends: the thread-local.""");
    }

    @Test
    void localsOfBlockedThreads_haveTheirThreadsNamesInCommon() {
        assertThat(explained(Holders.LocalOfABlockedThread.class))
                .isEqualTo(
                        """
                        LocalOfABlockedThread: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ local of io.github.retainless.trees.Holders.LocalOfABlockedThread.charge(Holders.java:<line>)
                          │    thread "charge-*"
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: a local variable still refers to the failure while its thread waits. Declare it inside the
                          loop, or set it to null before the thread waits:
                          Holders.LocalOfABlockedThread.charge(Holders.java:<line>).""");
    }

    @Test
    void localListOfAWorker_isACollection() {
        assertThat(explained(Holders.LocalListOfAWorker.class))
                .isEqualTo(
                        """
                        LocalListOfAWorker: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ local of io.github.retainless.trees.Holders.LocalListOfAWorker.collect(Holders.java:<line>)
                          │    : ArrayList
                          │    thread "collector"
                          ├─ ArrayList[*]
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: a local collection of a method that still runs holds the failures. Empty it, or keep their
                          messages only: Holders.LocalListOfAWorker.collect(Holders.java:<line>).""");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_25)
    void localOfAParkedVirtualThread_isShown() {
        assertThat(explained(Holders.ParkedVirtualThread.class))
                .isEqualTo(
                        """
                        ParkedVirtualThread: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 retained through
                          ├─ local of io.github.retainless.trees.Holders.ParkedVirtualThread.charge(Holders.java:<line>)
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: a local variable still refers to the failure while its thread waits. Declare it inside the
                          loop, or set it to null before the thread waits:
                          Holders.ParkedVirtualThread.charge(Holders.java:<line>).""");
    }

    @Test
    void softReferences_areBounded() {
        assertThat(explained(Holders.SoftCache.class))
                .isEqualTo(
                        """
                        SoftCache: BOUNDED, 40 of 40 retained, 1.6 KiB

                          40 of 40 only softly reachable, through
                          ├─ static io.github.retainless.trees.Holders.SoftCache.cache : ArrayList
                          ├─ ArrayList[*]                                              : SoftReference
                          ├─ Reference.referent
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: a cache holds failures by soft references, until memory runs out. Do not cache failures,
                          or bound the cache by size or time.""");
    }

    @Test
    void softReferencesThatCount_grow() {
        assertThat(explained(Holders.SoftCacheThatCounts.class))
                .isEqualTo(
                        """
                        SoftCacheThatCounts: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 only softly reachable, through
                          ├─ static io.github.retainless.trees.Holders.SoftCacheThatCounts.cache : ArrayList
                          ├─ ArrayList[*] : SoftReference
                          ├─ Reference.referent
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: a cache holds failures by soft references, until memory runs out. Do not cache failures,
                          or bound the cache by size or time.""");
    }

    @Test
    void classValue_hasNoPath() {
        assertThat(explained(Holders.OfAClassValue.class))
                .isEqualTo(
                        """
                        OfAClassValue: GROWING, 40 of 40 retained, 1.6 KiB

                          40 of 40 have no path in the heap dump: it does not show what a ClassValue holds, nor what native
                          code does.

                          io.github.retainless.trees.Holders.Declined, 40 B each:
                            rest 40 B""");
    }

    @Test
    void twoHolders_haveTheirCountsAndBytes() {
        assertThat(explained(Holders.TwoHolders.class))
                .isEqualTo(
                        """
                        TwoHolders: GROWING, 40 of 40 retained, 49.6 KiB

                          28 of 40 (1.1 KiB) retained through
                          ├─ static io.github.retainless.trees.Holders.TwoHolders.failures : ArrayList
                          ├─ ArrayList[*]
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: a static field keeps what it leads to for as long as its class is loaded. Take failures
                          out of Holders.TwoHolders.failures, bound it, or keep only their type and message.

                          12 of 40 (48.5 KiB) retained through
                          ├─ static io.github.retainless.trees.Holders.TwoHolders.large : HashMap
                          ├─ HashMap[*]
                          ╰→ io.github.retainless.trees.Holders.TwoHolders.Large   receipt byte[4080] 4.0 KiB · rest 40 B

                          Likely: a static field keeps what it leads to for as long as its class is loaded. Take failures
                          out of Holders.TwoHolders.large, bound it, or keep only their type and message.

                          Holders.TwoHolders.Large.receipt is 99 % of each: keep what tells the case (its length, a hash, an
                          id) instead of the data.""");
    }

    @Test
    void oneInTen_isAllThatIsLeft() {
        assertThat(explained(Holders.OneInTen.class))
                .isEqualTo(
                        """
                        OneInTen: GROWING, 4 of 40 retained, 176 B

                          4 of 4 retained through
                          ├─ static io.github.retainless.trees.Holders.OneInTen.failures : ArrayList
                          ├─ ArrayList[*]
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: a static field keeps what it leads to for as long as its class is loaded. Take failures
                          out of Holders.OneInTen.failures, bound it, or keep only their type and message.""");
    }

    @Test
    void ringBuffer_isOfTheNewest() {
        assertThat(explained(Holders.RingBuffer.class))
                .isEqualTo(
                        """
                        RingBuffer: BOUNDED, 5 of 30 retained, 216 B

                          5 of 5 (from the last 10 failures) retained through
                          ├─ static io.github.retainless.trees.Holders.RingBuffer.newest : ArrayDeque
                          ├─ ArrayDeque[*]
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: a buffer keeps the newest failures. It makes room for new ones: allow it by maxRetained,
                          or keep only type and message in Holders.RingBuffer.newest.""");
    }

    @Test
    void lastErrorOfAReference_isBounded() {
        assertThat(explained(Holders.LastError.class))
                .isEqualTo(
                        """
                        LastError: BOUNDED, 1 of 50 retained, 56 B

                          1 of 1 (from the last 10 failures) retained through
                          ├─ static io.github.retainless.trees.Holders.LastError.last : AtomicReference
                          ├─ AtomicReference.value
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: the last failure is kept until the next one. Keep its type and message only, or allow it
                          by maxRetained = 1: Holders.LastError.last.""");
    }

    @Test
    void lastErrorOfAStaticField_isBounded() {
        assertThat(explained(Holders.LastErrorOfAStaticField.class))
                .isEqualTo(
                        """
                        LastErrorOfAStaticField: BOUNDED, 1 of 50 retained, 56 B

                          1 of 1 (from the last 10 failures) retained through
                          ├─ static io.github.retainless.trees.Holders.LastErrorOfAStaticField.last
                          ╰→ io.github.retainless.trees.Holders.Declined   rest 40 B

                          Likely: the last failure is kept until the next one. Keep its type and message only, or allow it
                          by maxRetained = 1: Holders.LastErrorOfAStaticField.last.""");
    }

    @Test
    void exceptionWithAStack_showsWhatItWeighs() {
        assertThat(explained(Holders.WithAStack.class).replaceAll(" \\d[\\d.]* (B|KiB)\\b", " <size>"))
                .isEqualTo(
                        """
                        WithAStack: GROWING, 40 of 40 retained, <size>

                          40 of 40 retained through
                          ├─ static io.github.retainless.trees.Holders.WithAStack.failures : ArrayList
                          ├─ ArrayList[*]
                          ╰→ java.lang.IllegalStateException   backtrace <size> · message <size> · rest <size>

                          Likely: a static field keeps what it leads to for as long as its class is loaded. Take failures
                          out of Holders.WithAStack.failures, bound it, or keep only their type and message.""");
    }

    @Test
    void nothingKept_isReleasedWithoutATree() {
        assertThat(explained(Holders.Clean.class)).isEqualTo("Clean: RELEASED, 0 of 30 retained, 0 B");
    }
}
