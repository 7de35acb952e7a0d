package io.github.retainless.lab.peers;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Ten ways to keep what failed. Each makes its failures itself and shows each to {@code watch}, in methods that have
 * returned before anybody looks: a frame that still runs would hold one, too.
 */
final class Leaks {
    private static final List<Throwable> SEEN = new ArrayList<>();
    private static final Map<String, CompletableFuture<String>> IN_FLIGHT = new ConcurrentHashMap<>();
    private static final ThreadLocal<List<Throwable>> ERRORS = ThreadLocal.withInitial(ArrayList::new);
    private static final BlockingQueue<FutureTask<String>> DONE = new LinkedBlockingQueue<>();
    private static final ScheduledExecutorService TIMER =
            Executors.newScheduledThreadPool(1, task -> daemon(task, "timer-1"));
    private static final Exception OUTAGE = new Exception("gateway down");
    private static final Queue<Runnable> RETRIES = new ConcurrentLinkedQueue<>();
    private static final Queue<Outcome> OUTCOMES = new ArrayDeque<>();
    private static final List<Order.Listener> LISTENERS = new CopyOnWriteArrayList<>();

    private Leaks() {}

    private record Outcome(String order, Throwable failure) {}

    private static final class Order {
        private final Throwable failure;

        Order(Throwable failure) {
            this.failure = failure;
        }

        final class Listener {
            String reason() {
                return failure.getMessage();
            }
        }
    }

    static void inStaticList(int failures, Consumer<Throwable> watch) {
        for (int i = 0; i < failures; i++) {
            SEEN.add(declined(i, watch));
        }
    }

    static void inFuturesByKey(int failures, Consumer<Throwable> watch) {
        for (int i = 0; i < failures; i++) {
            CompletableFuture<String> charge = new CompletableFuture<>();
            IN_FLIGHT.put("order-" + i, charge);
            charge.completeExceptionally(declined(i, watch));
        }
    }

    static void inThreadLocal(int failures, Consumer<Throwable> watch) throws InterruptedException {
        ExecutorService ledger = Executors.newFixedThreadPool(1, task -> daemon(task, "ledger-1"));
        CountDownLatch done = new CountDownLatch(failures);
        for (int i = 0; i < failures; i++) {
            int number = i;
            ledger.execute(() -> {
                ERRORS.get().add(declined(number, watch));
                done.countDown();
            });
        }
        done.await();
    }

    static void inQueuedTasks(int failures, Consumer<Throwable> watch) {
        for (int i = 0; i < failures; i++) {
            int number = i;
            FutureTask<String> charge = new FutureTask<>(() -> {
                throw declined(number, watch);
            });
            charge.run();
            DONE.add(charge);
        }
    }

    static void inDelayedTasks(int failures, Consumer<Throwable> watch) {
        for (int i = 0; i < failures; i++) {
            Throwable failure = declined(i, watch);
            TIMER.schedule(() -> report(failure), 1, TimeUnit.DAYS);
        }
    }

    static void asSuppressed(int failures, Consumer<Throwable> watch) {
        for (int i = 0; i < failures; i++) {
            OUTAGE.addSuppressed(declined(i, watch));
        }
    }

    static void inLocalOfBlockedThread(int failures, Consumer<Throwable> watch) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        daemon(() -> reconcile(failures, watch, done), "reconciler").start();
        done.await();
    }

    static void inQueuedLambdas(int failures, Consumer<Throwable> watch) {
        for (int i = 0; i < failures; i++) {
            Throwable failure = declined(i, watch);
            RETRIES.add(() -> report(failure));
        }
    }

    static void inRecords(int failures, Consumer<Throwable> watch) {
        for (int i = 0; i < failures; i++) {
            OUTCOMES.add(new Outcome("order-" + i, declined(i, watch)));
        }
    }

    static void inInnerClasses(int failures, Consumer<Throwable> watch) {
        for (int i = 0; i < failures; i++) {
            LISTENERS.add(new Order(declined(i, watch)).new Listener());
        }
    }

    private static void reconcile(int count, Consumer<Throwable> watch, CountDownLatch done) {
        List<Throwable> failures = all(count, watch);
        done.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            failures.forEach(Leaks::report);
        }
    }

    private static List<Throwable> all(int count, Consumer<Throwable> watch) {
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            failures.add(declined(i, watch));
        }
        return failures;
    }

    private static PaymentDeclined declined(int number, Consumer<Throwable> watch) {
        PaymentDeclined failure = new PaymentDeclined("payment " + number + " declined");
        watch.accept(failure);
        return failure;
    }

    private static void report(Throwable failure) {
        System.err.println(failure.getMessage());
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
