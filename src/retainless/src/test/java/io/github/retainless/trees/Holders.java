package io.github.retainless.trees;

import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.SoftReferences;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.TreeMap;
import java.util.Vector;
import java.util.WeakHashMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Tasks that fail, each of which keeps its failures in another way. */
@SuppressWarnings({"unused", "FutureReturnValueIgnored"})
public final class Holders {
    private Holders() {}

    /** Those that this JDK can run. */
    public static List<Class<? extends Holder>> all() {
        List<Class<? extends Holder>> all = new ArrayList<>();
        for (Class<?> type : Holders.class.getDeclaredClasses()) {
            boolean isNewer =
                    type == ParkedVirtualThread.class && Runtime.version().feature() < 25;
            if (Holder.class.isAssignableFrom(type) && type != Holder.class && !isNewer) {
                all.add(type.asSubclass(Holder.class));
            }
        }
        return all;
    }

    /** Runs experiments on holders, so many at the same time: most of an experiment is waiting. */
    public static Map<Class<? extends Holder>, RetentionReport> run(int atATime, List<Class<? extends Holder>> holders)
            throws Exception {
        ExecutorService executor = daemons(atATime, "holders");
        try {
            Map<Class<? extends Holder>, Future<RetentionReport>> running = new LinkedHashMap<>();
            for (Class<? extends Holder> type : holders) {
                Holder holder = type.getDeclaredConstructor().newInstance();
                running.put(type, executor.submit(holder::report));
            }
            Map<Class<? extends Holder>, RetentionReport> reports = new LinkedHashMap<>();
            for (Map.Entry<Class<? extends Holder>, Future<RetentionReport>> entry : running.entrySet()) {
                reports.put(entry.getKey(), entry.getValue().get());
            }
            return reports;
        } finally {
            executor.shutdownNow();
        }
    }

    /** One way to keep failures. */
    public abstract static class Holder implements RetentionExperiment.AttemptTask {
        RetentionExperiment experiment() {
            return RetentionExperiment.of(this)
                    .named(getClass().getSimpleName())
                    .failures(10)
                    .rounds(3)
                    .budget(1)
                    .warmup(2);
        }

        RetentionReport report() {
            try {
                return experiment().run();
            } finally {
                close();
            }
        }

        @Override
        public final void run(Attempt attempt) throws Exception {
            fail(attempt);
        }

        /** Makes one attempt, and keeps what it fails with. */
        abstract void fail(Attempt attempt) throws Exception;

        /** Ends its threads. */
        void close() {}
    }

    /** Without a stack, so that it weighs the same everywhere. */
    static class Declined extends RuntimeException {
        private static final long serialVersionUID = 1;

        Declined() {
            this(null);
        }

        Declined(@Nullable Throwable cause) {
            super(null, cause, true, false);
        }
    }

    private static ExecutorService daemons(int threads, String name) {
        return Executors.newFixedThreadPool(threads, action -> daemon(action, name));
    }

    private static Thread daemon(Runnable action, String name) {
        Thread thread = new Thread(action, name);
        thread.setDaemon(true);
        return thread;
    }

    /** What uses a failure later must hold it until then. */
    private static void log(Object failure) {
        if (failure.hashCode() == 42) {
            System.out.print("");
        }
    }

    // Collections and maps of the JDK.

    static final class StaticList extends Holder {
        private static final List<Throwable> failures = new ArrayList<>();

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            failures.add(declined);
            throw declined;
        }
    }

    static final class StaticMap extends Holder {
        private static final Map<Integer, Throwable> failures = new HashMap<>();

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            failures.put(attempt.number(), declined);
            throw declined;
        }
    }

    static final class MapWithOneKey extends Holder {
        private static final Map<String, List<Throwable>> failures = new HashMap<>();

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            failures.computeIfAbsent("visa", card -> new ArrayList<>()).add(declined);
            throw declined;
        }
    }

    static final class FieldsOfTheTask extends Holder {
        private final Map<String, Set<Throwable>> failures = new TreeMap<>();

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            failures.computeIfAbsent("visa", card -> Collections.synchronizedSet(new LinkedHashSet<>()))
                    .add(declined);
            throw declined;
        }
    }

    static final class FieldsOfAnInstance extends Holder {
        private final Audit audit = new Audit();

        @Override
        RetentionExperiment experiment() {
            return super.experiment().outside(audit);
        }

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            audit.failures.put(attempt.number(), declined);
            throw declined;
        }

        static final class Audit {
            private final Map<Integer, Throwable> failures = new Hashtable<>();
        }
    }

    static final class CopyOnWriteListeners extends Holder {
        private static final List<Runnable> listeners = new CopyOnWriteArrayList<>();

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            listeners.add(() -> log(declined));
            throw declined;
        }
    }

    static final class PriorityQueueOfRecords extends Holder {
        private static final BlockingQueue<Retry> retries = new PriorityBlockingQueue<>();

        record Retry(int number, Throwable failure) implements Comparable<Retry> {
            @Override
            public int compareTo(Retry other) {
                return Integer.compare(number, other.number);
            }
        }

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            retries.add(new Retry(attempt.number(), declined));
            throw declined;
        }
    }

    /** Every attempt leaves a failure in each of them. */
    static final class Piles extends Holder {
        private static final Throwable[] array = new Throwable[1_000];
        private static final Deque<Throwable> arrayDeque = new ArrayDeque<>();
        private static final AtomicReferenceArray<Optional<Throwable>> atomicArray = new AtomicReferenceArray<>(1_000);
        private static final Map<Collision, Throwable> collisions = new HashMap<>();
        private static final Map<Collision, Throwable> collisionsConcurrent = new ConcurrentHashMap<>();
        private static final BlockingQueue<Retry> delayQueue = new DelayQueue<>();
        private static final Map<TimeUnit, List<Throwable>> enumMap = new EnumMap<>(TimeUnit.class);
        private static final Map<Throwable, Integer> hashMapKey = new HashMap<>();
        private static final Map<Integer, Throwable> hashtable = new Hashtable<>();
        private static final Map<Throwable, Integer> identityKey = new IdentityHashMap<>();
        private static final Map<Integer, Throwable> identityValue = new IdentityHashMap<>();
        private static List<Throwable> immutableList = List.of();
        private static final List<List<Throwable>> immutableListOfOne = new ArrayList<>();
        private static Map<Throwable, Integer> immutableMapKey = Map.of();
        private static Map<Integer, Throwable> immutableMapValue = Map.of();
        private static final List<Map<Throwable, Integer>> immutableMapOfOneKey = new ArrayList<>();
        private static final List<Map<Integer, Throwable>> immutableMapOfOneValue = new ArrayList<>();
        private static Set<Throwable> immutableSet = Set.of();
        private static final Set<Throwable> keySet = ConcurrentHashMap.newKeySet();
        private static final BlockingQueue<Throwable> linkedBlockingDeque = new LinkedBlockingDeque<>();
        private static final Set<Throwable> linkedHashSet = new LinkedHashSet<>();
        private static final List<Throwable> linkedList = new LinkedList<>();
        private static final Queue<Throwable> linkedQueue = new ConcurrentLinkedQueue<>();
        private static final Map<String, List<Throwable>> mapOfLists = new LinkedHashMap<>();
        private static final Map<Integer, Throwable> skipListMap = new ConcurrentSkipListMap<>();
        private static final Set<Throwable> synchronizedSet = Collections.synchronizedSet(new LinkedHashSet<>());
        private static final BlockingQueue<Throwable> transferQueue = new LinkedTransferQueue<>();
        private static final Map<String, Throwable> treeMap = new TreeMap<>();
        private static final List<List<Throwable>> unmodifiable = new ArrayList<>();
        private static final List<Throwable> vector = new Vector<>();
        private static final List<Object> weakKeys = new ArrayList<>();
        private static final Map<Object, Throwable> weakMapValue = new WeakHashMap<>();

        /** A key whose hash code is that of all others, but which can be compared. */
        record Collision(int number) implements Comparable<Collision> {
            @Override
            public int hashCode() {
                return 7;
            }

            @Override
            public boolean equals(Object other) {
                return other instanceof Collision collision && collision.number == number;
            }

            @Override
            public int compareTo(Collision other) {
                return Integer.compare(number, other.number);
            }
        }

        record Retry(int number, Throwable failure) implements Delayed {
            @Override
            public long getDelay(TimeUnit unit) {
                return unit.convert(Duration.ofHours(number));
            }

            @Override
            public int compareTo(Delayed other) {
                return Long.compare(getDelay(TimeUnit.HOURS), other.getDelay(TimeUnit.HOURS));
            }
        }

        @Override
        void fail(Attempt attempt) {
            int number = attempt.number();
            array[number] = attempt.track(new Declined());
            arrayDeque.add(attempt.track(new Declined()));
            atomicArray.set(number, Optional.of(attempt.track(new Declined())));
            collisions.put(new Collision(number), attempt.track(new Declined()));
            collisionsConcurrent.put(new Collision(number), attempt.track(new Declined()));
            delayQueue.add(new Retry(number, attempt.track(new Declined())));
            enumMap.computeIfAbsent(TimeUnit.DAYS, unit -> new ArrayList<>()).add(attempt.track(new Declined()));
            hashMapKey.put(attempt.track(new Declined()), number);
            hashtable.put(number, attempt.track(new Declined()));
            identityKey.put(attempt.track(new Declined()), number);
            identityValue.put(number, attempt.track(new Declined()));
            keySet.add(attempt.track(new Declined()));
            linkedBlockingDeque.add(attempt.track(new Declined()));
            linkedHashSet.add(attempt.track(new Declined()));
            linkedList.add(attempt.track(new Declined()));
            linkedQueue.add(attempt.track(new Declined()));
            mapOfLists
                    .computeIfAbsent("card " + number % 3, card -> new ArrayList<>())
                    .add(attempt.track(new Declined()));
            skipListMap.put(number, attempt.track(new Declined()));
            synchronizedSet.add(attempt.track(new Declined()));
            transferQueue.add(attempt.track(new Declined()));
            treeMap.put("card " + number, attempt.track(new Declined()));
            unmodifiable.add(Collections.unmodifiableList(listOf(attempt.track(new Declined()))));
            vector.add(attempt.track(new Declined()));
            Object card = new Object();
            weakKeys.add(card);
            weakMapValue.put(card, attempt.track(new Declined()));
            failImmutably(attempt, number);
        }

        private static void failImmutably(Attempt attempt, int number) {
            List<Throwable> list = new ArrayList<>(immutableList);
            list.add(attempt.track(new Declined()));
            immutableList = List.copyOf(list);
            immutableListOfOne.add(List.of(attempt.track(new Declined())));
            Map<Throwable, Integer> keys = new HashMap<>(immutableMapKey);
            keys.put(attempt.track(new Declined()), number);
            immutableMapKey = Map.copyOf(keys);
            Map<Integer, Throwable> values = new HashMap<>(immutableMapValue);
            values.put(number, attempt.track(new Declined()));
            immutableMapValue = Map.copyOf(values);
            immutableMapOfOneKey.add(Map.of(attempt.track(new Declined()), number));
            immutableMapOfOneValue.add(Map.of(number, attempt.track(new Declined())));
            Set<Throwable> set = new HashSet<>(immutableSet);
            set.add(attempt.track(new Declined()));
            immutableSet = Set.copyOf(set);
        }

        private static List<Throwable> listOf(Throwable failure) {
            List<Throwable> list = new ArrayList<>();
            list.add(failure);
            return list;
        }
    }

    // Structures of the program's own.

    static final class OwnLinkedList extends Holder {
        private static @Nullable Node newest;

        static final class Node {
            private final @Nullable Node next;
            private final Throwable failure;

            Node(@Nullable Node next, Throwable failure) {
                this.next = next;
                this.failure = failure;
            }
        }

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            newest = new Node(newest, declined);
            throw declined;
        }
    }

    static final class OwnTree extends Holder {
        private static @Nullable Node root;

        static final class Node {
            private final Throwable failure;
            private @Nullable Node left;
            private @Nullable Node right;

            Node(Throwable failure) {
                this.failure = failure;
            }

            void insert(int number, Throwable declined) {
                boolean goesLeft = number % 2 == 0;
                Node next = goesLeft ? left : right;
                if (next != null) {
                    next.insert(number / 2, declined);
                } else if (goesLeft) {
                    left = new Node(declined);
                } else {
                    right = new Node(declined);
                }
            }
        }

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            if (root == null) {
                root = new Node(declined);
            } else {
                root.insert(attempt.number(), declined);
            }
            throw declined;
        }
    }

    static final class LambdaCapture extends Holder {
        private static final List<Runnable> retries = new ArrayList<>();

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            retries.add(() -> log(declined));
            throw declined;
        }
    }

    static final class RecordComponent extends Holder {
        private static final List<Result> results = new ArrayList<>();

        record Result(int number, Throwable failure) {}

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            results.add(new Result(attempt.number(), declined));
            throw declined;
        }
    }

    static final class AnonymousClass extends Holder {
        private static final List<Object> retries = new ArrayList<>();

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            retries.add(new Object() {
                @Override
                public String toString() {
                    return "retry after " + declined;
                }
            });
            throw declined;
        }
    }

    // Futures and executors.

    static final class FutureTasksInAQueue extends Holder {
        private static final BlockingQueue<Future<?>> done = new ArrayBlockingQueue<>(1_000);

        @Override
        void fail(Attempt attempt) {
            FutureTask<?> task = new FutureTask<>(() -> {
                throw new Declined();
            });
            task.run();
            done.add(task);
            attempt.observe(task);
        }
    }

    static final class FutureRegistry extends Holder {
        private static final Map<String, CompletableFuture<String>> inFlight = new ConcurrentHashMap<>();

        @Override
        void fail(Attempt attempt) {
            CompletableFuture<String> charge = new CompletableFuture<>();
            String id = "charge " + attempt.number();
            inFlight.put(id, charge);
            charge.thenRun(() -> inFlight.remove(id));
            charge.completeExceptionally(new Declined());
            attempt.observe(charge);
        }
    }

    static final class DependentsOfAnOpenFuture extends Holder {
        private static final CompletableFuture<Void> shutdown = new CompletableFuture<>();

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            shutdown.thenRun(() -> log(declined));
            throw declined;
        }
    }

    static final class UncollectedCompletions extends Holder {
        private static final ExecutorService pool = daemons(1, "uncollected");
        private static final CompletionService<String> charges = new ExecutorCompletionService<>(pool);

        @Override
        void fail(Attempt attempt) {
            attempt.observe(charges.submit(() -> {
                throw new Declined();
            }));
        }

        @Override
        void close() {
            pool.shutdownNow();
        }
    }

    static final class DelayedTasks extends Holder {
        private static final ScheduledExecutorService timer =
                new ScheduledThreadPoolExecutor(1, action -> daemon(action, "delayed"));

        @Override
        RetentionExperiment experiment() {
            return super.experiment().failures(50);
        }

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            timer.schedule(() -> log(declined), 1, TimeUnit.HOURS);
            throw declined;
        }

        @Override
        void close() {
            timer.shutdownNow();
        }
    }

    static final class TimerTasks extends Holder {
        private static final Timer timer = new Timer("timeouts", true);

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            timer.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            log(declined);
                        }
                    },
                    3_600_000);
            throw declined;
        }

        @Override
        void close() {
            timer.cancel();
        }
    }

    static final class QueueOfTheExecutorUnderTest extends Holder {
        private final ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(2, action -> daemon(action, "under-test"));

        @Override
        RetentionExperiment experiment() {
            return super.experiment().on(timer);
        }

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            timer.schedule(() -> log(declined), 1, TimeUnit.HOURS);
            throw declined;
        }

        @Override
        void close() {
            timer.shutdownNow();
        }
    }

    // Exceptions that hold others.

    static final class SuppressedBySingleton extends Holder {
        private static final Declined shared = new Declined();

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            shared.addSuppressed(declined);
            throw declined;
        }
    }

    static final class SuppressedByThrownSingleton extends Holder {
        private static final Declined shared = new Declined();

        @Override
        void fail(Attempt attempt) {
            shared.addSuppressed(attempt.track(new Declined()));
            throw shared;
        }
    }

    static final class RetryChain extends Holder {
        private static @Nullable Throwable last;

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined(last);
            last = declined;
            throw declined;
        }
    }

    // Threads.

    static final class ThreadLocalOfFourThreads extends Holder {
        private static final ThreadLocal<Throwable> last = new ThreadLocal<>();
        private final List<ExecutorService> pools = new ArrayList<>();

        ThreadLocalOfFourThreads() {
            for (int i = 1; i <= 4; i++) {
                pools.add(daemons(1, "charge-" + i));
            }
        }

        @Override
        void fail(Attempt attempt) {
            attempt.observe(pools.get(attempt.number() % 4).submit(() -> {
                Declined declined = new Declined();
                last.set(declined);
                throw declined;
            }));
        }

        @Override
        void close() {
            pools.forEach(ExecutorService::shutdownNow);
        }
    }

    static final class ThreadLocalList extends Holder {
        private static final ThreadLocal<List<Throwable>> failures = ThreadLocal.withInitial(ArrayList::new);
        private static final ExecutorService pool = daemons(1, "audit-1");

        @Override
        void fail(Attempt attempt) {
            attempt.observe(pool.submit(() -> {
                Declined declined = new Declined();
                failures.get().add(declined);
                throw declined;
            }));
        }

        @Override
        void close() {
            pool.shutdownNow();
        }
    }

    static final class ThreadLocalWithoutField extends Holder {
        private final ExecutorService pool = daemons(1, "context-1");
        private final List<ThreadLocal<Throwable>> contexts = new ArrayList<>();

        @Override
        void fail(Attempt attempt) {
            attempt.observe(pool.submit(() -> {
                Declined declined = new Declined();
                ThreadLocal<Throwable> context = new ThreadLocal<>();
                contexts.add(context);
                context.set(declined);
                throw declined;
            }));
        }

        @Override
        void close() {
            pool.shutdownNow();
        }
    }

    /** The thread-local is gone, its value stays in the thread until another one takes its place. */
    static final class ThreadLocalThatIsGone extends Holder {
        private final Exchanger<WeakReference<List<Throwable>>> exchanger = new Exchanger<>();
        private final Thread thread = daemon(this::set, "context-2");
        private @Nullable WeakReference<List<Throwable>> failures;

        @Override
        void fail(Attempt attempt) throws InterruptedException {
            if (failures == null) {
                thread.start();
                failures = exchanger.exchange(null);
            }
            Declined declined = new Declined();
            Objects.requireNonNull(failures.get()).add(declined);
            throw declined;
        }

        private void set() {
            List<Throwable> list = new ArrayList<>();
            try {
                exchanger.exchange(new WeakReference<>(list));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            new ThreadLocal<List<Throwable>>().set(list);
            park();
        }

        @Override
        void close() {
            thread.interrupt();
        }
    }

    static final class LocalOfABlockedThread extends Holder {
        private final BlockingQueue<Declined> failures = new SynchronousQueue<>();
        private final List<Thread> threads = new ArrayList<>();

        @Override
        void fail(Attempt attempt) throws InterruptedException {
            Thread thread = daemon(this::charge, "charge-" + attempt.number());
            threads.add(thread);
            thread.start();
            throw failures.take();
        }

        private void charge() {
            Declined declined = new Declined();
            try {
                failures.put(declined);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            park();
            log(declined);
        }

        @Override
        void close() {
            threads.forEach(Thread::interrupt);
        }
    }

    /** Until it is interrupted. */
    private static void park() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park();
        }
    }

    static final class LocalListOfAWorker extends Holder {
        private final BlockingQueue<Throwable> failures = new SynchronousQueue<>();
        private final Thread worker = daemon(this::collect, "collector");

        LocalListOfAWorker() {
            worker.start();
        }

        @Override
        void fail(Attempt attempt) throws InterruptedException {
            Declined declined = new Declined();
            failures.put(declined);
            throw declined;
        }

        private void collect() {
            List<Throwable> collected = new ArrayList<>();
            try {
                while (true) {
                    collected.add(failures.take());
                }
            } catch (InterruptedException interrupted) {
                log(collected);
            }
        }

        @Override
        void close() {
            worker.interrupt();
        }
    }

    static final class ParkedVirtualThread extends Holder {
        private static final List<Thread> threads = new ArrayList<>();

        @Override
        void fail(Attempt attempt) throws Exception {
            CountDownLatch failed = new CountDownLatch(1);
            // Not in JDK 17.
            Object thread = Thread.class
                    .getMethod("startVirtualThread", Runnable.class)
                    .invoke(null, (Runnable) () -> charge(attempt, failed));
            threads.add((Thread) thread);
            failed.await();
        }

        private static void charge(Attempt attempt, CountDownLatch failed) {
            Declined declined = attempt.track(new Declined());
            failed.countDown();
            park();
            log(declined);
        }

        @Override
        void close() {
            threads.forEach(Thread::interrupt);
        }
    }

    // Not by strong references of the program, or not by all of them.

    static final class SoftCache extends Holder {
        private static final List<SoftReference<Throwable>> cache = new ArrayList<>();

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            cache.add(new SoftReference<>(declined));
            throw declined;
        }
    }

    static final class SoftCacheThatCounts extends Holder {
        private static final List<SoftReference<Throwable>> cache = new ArrayList<>();

        @Override
        RetentionExperiment experiment() {
            return super.experiment().softReferences(SoftReferences.COUNT);
        }

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            cache.add(new SoftReference<>(declined));
            throw declined;
        }
    }

    static final class OfAClassValue extends Holder {
        private static final ClassValue<List<Throwable>> failures = new ClassValue<>() {
            @Override
            protected List<Throwable> computeValue(Class<?> type) {
                return new ArrayList<>();
            }
        };

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            failures.get(OfAClassValue.class).add(declined);
            throw declined;
        }
    }

    // Counts, cohorts, verdicts.

    static final class TwoHolders extends Holder {
        private static final List<Throwable> failures = new ArrayList<>();
        private static final Map<String, Large> large = new HashMap<>();

        static final class Large extends Declined {
            private static final long serialVersionUID = 1;

            final byte[] receipt = new byte[4_080];
        }

        @Override
        void fail(Attempt attempt) {
            if (attempt.number() % 10 < 3) {
                Large declined = new Large();
                large.put("charge " + attempt.number(), declined);
                throw declined;
            }
            Declined declined = new Declined();
            failures.add(declined);
            throw declined;
        }
    }

    static final class OneInTen extends Holder {
        private static final List<Throwable> failures = new ArrayList<>();

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            if (attempt.number() % 10 == 5) {
                failures.add(declined);
            }
            throw declined;
        }
    }

    static final class RingBuffer extends Holder {
        private static final Deque<Throwable> newest = new ArrayDeque<>();

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            newest.add(declined);
            if (newest.size() > 5) {
                newest.remove();
            }
            throw declined;
        }
    }

    static final class LastError extends Holder {
        private static final AtomicReference<Throwable> last = new AtomicReference<>();

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            last.set(declined);
            throw declined;
        }
    }

    static final class LastErrorOfAStaticField extends Holder {
        private static @Nullable Throwable last;

        @Override
        void fail(Attempt attempt) {
            Declined declined = new Declined();
            last = declined;
            throw declined;
        }
    }

    static final class WithAStack extends Holder {
        private static final List<Throwable> failures = new ArrayList<>();

        @Override
        void fail(Attempt attempt) {
            IllegalStateException declined = new IllegalStateException("declined");
            failures.add(declined);
            throw declined;
        }
    }

    static final class Clean extends Holder {
        @Override
        void fail(Attempt attempt) {
            throw new Declined();
        }
    }
}
