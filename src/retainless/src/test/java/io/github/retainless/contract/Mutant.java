package io.github.retainless.contract;

import static io.github.retainless.experiment.Verdict.BOUNDED;
import static io.github.retainless.experiment.Verdict.GROWING;

import io.github.retainless.experiment.Verdict;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Pools that are sound but for one thing that each keeps, with the scenario of the contract that is after it. */
public enum Mutant {
    LAST_FAILURE("singleFailure", BOUNDED, Mutant::theLastFailure, Mutant::allThatFailInTheirFuture),
    LAST_FAILURE_OF_EACH_THREAD(
            "concurrentFailures", BOUNDED, Mutant::theLastFailureOfEachThread, Mutant::allThatFailInTheirFuture),
    TASKS_THAT_DID_NOT_SUCCEED(
            "singleFailure",
            GROWING,
            Mutant::tasksThatDidNotSucceed,
            () -> Stream.of(
                    "chainedFailures",
                    "suppressedFailures",
                    "deepStack",
                    "concurrentFailures",
                    "timedOutTask",
                    "rejectedTask",
                    "capturedArgument")),
    ROOT_CAUSES("chainedFailures", GROWING, Mutant::rootCauses),
    SUPPRESSED_EXCEPTIONS("suppressedFailures", GROWING, Mutant::suppressedExceptions),
    FAILURES_WITH_A_LONG_STACK("deepStack", GROWING, Mutant::failuresWithALongStack),
    FAILURES_WHILE_OTHERS_WAIT("concurrentFailures", GROWING, Mutant::failuresWhileOthersWait),
    FAILURES_AFTER_CANCELLATION("cancelledTask", GROWING, Mutant::failuresAfterCancellation),
    TASKS_THAT_TIMED_OUT("timedOutTask", GROWING, Mutant::tasksThatTimedOut),
    REJECTED_TASKS("rejectedTask", GROWING, Mutant::rejectedTasks),
    TASKS_OF_TASKS("exhaustedRetries", GROWING, Mutant::tasksOfTasks, () -> Stream.of("throwingCallback")),
    UNCAUGHT_EXCEPTIONS("throwingCallback", GROWING, Mutant::uncaughtExceptions),
    TASKS_IT_WAS_GIVEN(
            "capturedArgument", GROWING, Mutant::tasksItWasGiven, () -> Stream.of("sleepingTask", "rejectedTask")),
    RESULTS("largeResult", GROWING, Mutant::results);

    private final String scenario;
    private final Verdict verdict;
    private final Supplier<ExecutorService> factory;
    private final Supplier<Stream<String>> others;

    Mutant(String scenario, Verdict verdict, Supplier<ExecutorService> factory) {
        this(scenario, verdict, factory, Stream::of);
    }

    Mutant(String scenario, Verdict verdict, Supplier<ExecutorService> factory, Supplier<Stream<String>> others) {
        this.scenario = scenario;
        this.verdict = verdict;
        this.factory = factory;
        this.others = others;
    }

    /** A new one. */
    public ExecutorService create() {
        return factory.get();
    }

    /** What it keeps, in words. */
    public String keeps() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The scenario that is after what it keeps. */
    public String scenario() {
        return scenario;
    }

    /** The scenarios that must fail, and none else; with the verdict of each. */
    public Map<String, Verdict> caught() {
        Map<String, Verdict> caught = new TreeMap<>();
        Stream.concat(Stream.of(scenario), others.get()).forEach(name -> caught.put(name, verdict));
        return caught;
    }

    private static Stream<String> allThatFailInTheirFuture() {
        return Stream.of(
                "singleFailure",
                "chainedFailures",
                "suppressedFailures",
                "deepStack",
                "concurrentFailures",
                "cancelledTask",
                "timedOutTask",
                "capturedArgument");
    }

    private static ExecutorService theLastFailure() {
        return new HookedPool() {
            @SuppressWarnings("unused") // Shown by a health check, say.
            private volatile Throwable last;

            @Override
            void failed(Future<?> future, Throwable failure) {
                last = failure;
            }
        };
    }

    private static ExecutorService theLastFailureOfEachThread() {
        return new HookedPool() {
            private final ThreadLocal<Throwable> last = new ThreadLocal<>();

            @Override
            void failed(Future<?> future, Throwable failure) {
                last.set(failure);
            }
        };
    }

    private static ExecutorService tasksThatDidNotSucceed() {
        return new HookedPool() {
            private final Set<Future<?>> inFlight = ConcurrentHashMap.newKeySet();

            @Override
            void taken(Callable<?> task, Future<?> future) {
                inFlight.add(future);
            }

            @Override
            void succeeded(Future<?> future, Object result) {
                inFlight.remove(future);
            }
        };
    }

    private static ExecutorService rootCauses() {
        return new HookedPool() {
            private final Set<Throwable> causes = ConcurrentHashMap.newKeySet();

            @Override
            void failed(Future<?> future, Throwable failure) {
                if (failure.getCause() != null) {
                    causes.add(failure.getCause());
                }
            }
        };
    }

    private static ExecutorService suppressedExceptions() {
        return new HookedPool() {
            private final Exception unclosed = new Exception("all that could not be closed");

            @Override
            void failed(Future<?> future, Throwable failure) {
                Stream.of(failure.getSuppressed()).forEach(unclosed::addSuppressed);
            }
        };
    }

    private static ExecutorService failuresWithALongStack() {
        return new HookedPool() {
            private final Queue<Throwable> toPrintLater = new ConcurrentLinkedQueue<>();

            @Override
            void failed(Future<?> future, Throwable failure) {
                if (failure.getStackTrace().length > 200) {
                    toPrintLater.add(failure);
                }
            }
        };
    }

    private static ExecutorService failuresWhileOthersWait() {
        return new HookedPool() {
            private final Queue<Throwable> toHandleLater = new ConcurrentLinkedQueue<>();

            @Override
            void failed(Future<?> future, Throwable failure) {
                if (getQueue().size() > 1) {
                    toHandleLater.add(failure);
                }
            }
        };
    }

    private static ExecutorService failuresAfterCancellation() {
        return new HookedPool() {
            private final Queue<Throwable> late = new ConcurrentLinkedQueue<>();

            @Override
            void failed(Future<?> future, Throwable failure) {
                if (future.isCancelled()) {
                    late.add(failure);
                }
            }
        };
    }

    private static ExecutorService tasksThatTimedOut() {
        return new HookedPool() {
            private final Queue<Future<?>> abandoned = new ConcurrentLinkedQueue<>();

            @Override
            void timedOut(Future<?> future) {
                abandoned.add(future);
            }
        };
    }

    private static ExecutorService rejectedTasks() {
        HookedPool pool = new HookedPool() {};
        Queue<Runnable> toTryAgain = new ConcurrentLinkedQueue<>();
        pool.setRejectedExecutionHandler((task, full) -> {
            toTryAgain.add(task);
            throw new RejectedExecutionException("full or shut down");
        });
        return pool;
    }

    private static ExecutorService tasksOfTasks() {
        return new HookedPool() {
            private final ThreadLocal<Boolean> isWorker = ThreadLocal.withInitial(() -> false);
            private final Queue<Runnable> children = new ConcurrentLinkedQueue<>();

            @Override
            protected void beforeExecute(Thread worker, Runnable task) {
                isWorker.set(true);
            }

            @Override
            public void execute(Runnable task) {
                if (isWorker.get()) {
                    children.add(task);
                }
                super.execute(task);
            }
        };
    }

    private static ExecutorService uncaughtExceptions() {
        return new HookedPool() {
            private final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();

            @Override
            protected void afterExecute(Runnable task, Throwable thrown) {
                if (thrown != null) {
                    uncaught.add(thrown);
                }
            }
        };
    }

    private static ExecutorService tasksItWasGiven() {
        return new HookedPool() {
            private final Queue<Callable<?>> history = new ConcurrentLinkedQueue<>();

            @Override
            void taken(Callable<?> task, Future<?> future) {
                history.add(task);
            }
        };
    }

    private static ExecutorService results() {
        return new HookedPool() {
            private final Queue<Object> results = new ConcurrentLinkedQueue<>();

            @Override
            void succeeded(Future<?> future, Object result) {
                if (result != null) {
                    results.add(result);
                }
            }
        };
    }
}
