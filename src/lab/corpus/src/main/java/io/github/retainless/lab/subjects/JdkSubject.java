package io.github.retainless.lab.subjects;

import io.github.retainless.experiment.Expect;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.corpus.CorpusSubject;
import io.github.retainless.lab.corpus.Entry;
import io.github.retainless.lab.corpus.Library;
import io.github.retainless.lab.corpus.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Ways to treat a failure that need nothing but the JDK, each with its right verdict. */
public enum JdkSubject implements CorpusSubject {
    NOTHING_KEPT("control", Verdict.RELEASED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            return failing(failure -> {});
        }
    },
    FIXED_POOL("control", Verdict.RELEASED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            return failing(failure -> {}).on(scope.pool(4)).concurrency(4);
        }
    },
    FORK_JOIN_POOL("control", Verdict.RELEASED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            return failing(failure -> {}).on(scope.ending(new ForkJoinPool(3))).concurrency(3);
        }
    },
    COMMON_POOL("control", Verdict.RELEASED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            return RetentionExperiment.of(() -> CompletableFuture.runAsync(() -> {
                throw declined();
            }));
        }
    },
    CACHED_POOL("control", Verdict.RELEASED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            return failing(failure -> {})
                    .on(scope.ending(Executors.newCachedThreadPool()))
                    .concurrency(4);
        }
    },
    SINGLE_THREAD("control", Verdict.RELEASED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            return failing(failure -> {}).on(scope.ending(Executors.newSingleThreadExecutor()));
        }
    },
    SCHEDULED_POOL("control", Verdict.RELEASED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            return failing(failure -> {}).on(scope.ending(Executors.newScheduledThreadPool(2)));
        }
    },
    THREAD_PER_TASK("control", Verdict.RELEASED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            return failing(failure -> {}).on(task -> new Thread(task).start());
        }
    },
    WORKERS_KILLED_BY_EXECUTE("control", Verdict.RELEASED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            ExecutorService pool = scope.pool(2);
            return failing(failure -> {}).on((Executor) pool::execute);
        }
    },
    ANY_OF_WITH_ONE_THAT_NEVER_COMPLETES("JDK-8160402", "9", Verdict.RELEASED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            CompletableFuture<Object> never = new CompletableFuture<>();
            return RetentionExperiment.of(
                    () -> CompletableFuture.anyOf(never, CompletableFuture.failedFuture(declined())));
        }
    },
    OR_TIMEOUT("control", Verdict.RELEASED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            return RetentionExperiment.of(() -> new CompletableFuture<>().orTimeout(1, TimeUnit.MILLISECONDS));
        }
    },
    OR_TIMEOUT_OF_A_FUTURE_THAT_FAILS_FIRST("JDK-8303742", "17.0.15, 21", Verdict.RELEASED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            return RetentionExperiment.of(() -> {
                CompletableFuture<Object> charge = new CompletableFuture<>().orTimeout(1, TimeUnit.HOURS);
                charge.completeExceptionally(declined());
                return charge;
            });
        }
    },
    HTTP_CLIENT_IS_REFUSED("control", Verdict.RELEASED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            HttpRequest request = HttpRequest.newBuilder(refusing()).build();
            HttpClient client = HttpClient.newBuilder().executor(scope.pool(1)).build();
            return RetentionExperiment.of(() -> client.sendAsync(request, HttpResponse.BodyHandlers.discarding()));
        }
    },
    SLEEPING_SUCCESS_TASK("control", Verdict.RELEASED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            return RetentionExperiment.of(attempt -> {
                        attempt.track(new byte[1024]);
                        Thread.sleep(1);
                    })
                    .on(scope.pool(1))
                    .expect(Expect.SUCCESS);
        }
    },
    LARGE_RESULT_SUCCESS_TASK("control", Verdict.RELEASED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            ExecutorService pool = scope.pool(1);
            return RetentionExperiment.of(
                            attempt -> attempt.observe(pool.submit(() -> attempt.track(new byte[100_000]))))
                    .expect(Expect.SUCCESS);
        }
    },

    LAST_ERROR(Verdict.BOUNDED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            return failing(failure -> scope.slot = failure);
        }
    },
    LAST_ERROR_OF_EACH_POOL_THREAD(Verdict.BOUNDED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            ThreadLocal<Throwable> last = new ThreadLocal<>();
            return failing(last::set).on(scope.pool(4)).concurrency(4);
        }
    },
    LAST_ERROR_OF_EACH_THREAD_OF_A_POOL_LARGER_THAN_A_ROUND(Verdict.BOUNDED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            ThreadLocal<Throwable> last = new ThreadLocal<>();
            return failing(last::set).on(scope.pool(200)).failures(20);
        }
    },
    LAST_ERROR_PER_THREAD_OF_A_POOL_NOBODY_SHOWS_US(Verdict.BOUNDED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            ThreadLocal<Throwable> last = new ThreadLocal<>();
            ExecutorService hidden = scope.pool(8);
            return RetentionExperiment.of(() -> hidden.submit(() -> {
                PaymentDeclined failure = declined();
                last.set(failure);
                throw failure;
            }));
        }
    },
    RING_BUFFER_OF_20(Verdict.BOUNDED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            return ring(20);
        }
    },
    RING_BUFFER_OF_256(Verdict.BOUNDED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            return ring(256);
        }
    },
    RING_BUFFER_OF_1000(Verdict.BOUNDED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            return ring(1000);
        }
    },
    FIRST_150_AND_LAST_150(Verdict.BOUNDED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            List<Throwable> first = new ArrayList<>();
            Deque<Throwable> last = new ArrayDeque<>();
            return failing(failure -> {
                if (first.size() < 150) {
                    first.add(failure);
                } else {
                    push(last, failure, 150);
                }
            });
        }
    },
    FIRST_500_THEN_NO_MORE(Verdict.BOUNDED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            List<Throwable> first = new ArrayList<>();
            return failing(failure -> {
                if (first.size() < 500) {
                    first.add(failure);
                }
            });
        }
    },
    TWENTY_FIVE_DISTINCT_MESSAGES(Verdict.BOUNDED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            Map<Integer, Throwable> byMessage = new HashMap<>();
            Random random = new Random(25);
            return failing(failure -> byMessage.putIfAbsent(random.nextInt(25), failure));
        }
    },
    SHARED_EXCEPTION(Verdict.BOUNDED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            PaymentDeclined shared = declined();
            return RetentionExperiment.of((RetentionExperiment.Action) () -> {
                throw shared;
            });
        }
    },
    /** Gone or only the newest left, depending on when one looks. */
    CACHE_THAT_EXPIRES_AFTER_A_SECOND(Verdict.RELEASED, Verdict.BOUNDED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            Map<Throwable, Long> since = Collections.synchronizedMap(new java.util.IdentityHashMap<>());
            return failing(failure -> {
                long now = System.nanoTime();
                since.values().removeIf(then -> now - then > TimeUnit.SECONDS.toNanos(1));
                since.put(failure, now);
            });
        }
    },

    ALL_KEPT(Verdict.GROWING) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            return oneIn(1);
        }
    },
    ONLY_THE_PAYLOAD_KEPT(Verdict.GROWING) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            List<byte[]> payloads = Collections.synchronizedList(new ArrayList<>());
            return failing(failure -> payloads.add(failure.payload()));
        }
    },
    ONLY_THE_CAUSE_KEPT(Verdict.GROWING) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            List<Throwable> causes = Collections.synchronizedList(new ArrayList<>());
            return RetentionExperiment.of((RetentionExperiment.Action) () -> {
                Throwable cause = new IllegalStateException("the bank said no");
                causes.add(cause);
                throw new PaymentDeclined("declined", cause);
            });
        }
    },
    LAST_PAYLOAD_KEPT(Verdict.BOUNDED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            return failing(failure -> scope.slot = failure.payload());
        }
    },
    PAYLOAD_SHARED_BY_ALL(Verdict.RELEASED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            byte[] shared = new byte[1024];
            scope.slot = shared;
            return RetentionExperiment.of((RetentionExperiment.Action) () -> {
                throw new PaymentDeclined(shared);
            });
        }
    },
    ONE_IN_TEN_KEPT(Verdict.GROWING) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            return oneIn(10);
        }
    },
    ONE_IN_FIFTY_KEPT(Verdict.GROWING) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            return oneIn(50);
        }
    },
    ONE_IN_TEN_KEPT_BESIDE_A_RING_BUFFER(Verdict.GROWING) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            List<Throwable> kept = new ArrayList<>();
            Deque<Throwable> ring = new ArrayDeque<>();
            AtomicInteger count = new AtomicInteger();
            return failing(failure -> {
                push(ring, failure, 100);
                if (count.getAndIncrement() % 10 == 0) {
                    kept.add(failure);
                }
            });
        }
    },
    SHARED_EXCEPTION_GATHERS_SUPPRESSED("misuse", Verdict.GROWING) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            RuntimeException shared = new RuntimeException("shared");
            return RetentionExperiment.of((RetentionExperiment.Action) () -> {
                shared.addSuppressed(declined());
                throw shared;
            });
        }
    },
    EACH_RETRY_CHAINS_THE_PREVIOUS_FAILURE("misuse", Verdict.GROWING) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            return RetentionExperiment.of((RetentionExperiment.Action) () -> {
                PaymentDeclined failure = new PaymentDeclined("declined", (Throwable) scope.slot);
                scope.slot = failure;
                throw failure;
            });
        }
    },
    SHARED_EXCEPTION_GATHERS_PAYLOAD(Verdict.GROWING) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            GatheringException shared = new GatheringException();
            return RetentionExperiment.of((RetentionExperiment.Action) () -> {
                shared.payload.add(new byte[16]);
                throw shared;
            });
        }
    },
    ONLY_CAUSES_KEPT(Verdict.GROWING) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            List<Throwable> causes = new ArrayList<>();
            return RetentionExperiment.of((RetentionExperiment.Action) () -> {
                PaymentDeclined cause = declined();
                causes.add(cause);
                throw new IllegalStateException("wrapped", cause);
            });
        }
    },
    LIST_IN_A_POOL_THREADS_THREAD_LOCAL("misuse", Verdict.GROWING) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            ThreadLocal<List<Throwable>> kept = ThreadLocal.withInitial(ArrayList::new);
            return failing(failure -> kept.get().add(failure)).on(scope.pool(2));
        }
    },
    LIST_IN_A_LOCAL_VARIABLE_OF_A_BLOCKED_THREAD(Verdict.GROWING) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            LinkedBlockingQueue<Throwable> inbox = new LinkedBlockingQueue<>();
            scope.thread(() -> keepAll(inbox));
            return failing(inbox::add);
        }
    },
    LIST_IN_A_LOCAL_VARIABLE_OF_A_PARKED_VIRTUAL_THREAD(Verdict.GROWING) {
        @Override
        public int leastJdk() {
            return 21;
        }

        @Override
        public RetentionExperiment experiment(Scope scope) {
            LinkedBlockingQueue<Throwable> inbox = new LinkedBlockingQueue<>();
            scope.ending(virtualThreads()).execute(() -> keepAll(inbox));
            return failing(inbox::add);
        }
    },
    COMPLETION_SERVICE_NOBODY_TAKES_FROM("misuse", Verdict.GROWING) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            ExecutorCompletionService<Object> service = new ExecutorCompletionService<>(scope.pool(1));
            scope.slot = service;
            return RetentionExperiment.of(() -> service.submit(() -> {
                throw declined();
            }));
        }
    },
    ALL_OF_WITH_ONE_THAT_NEVER_COMPLETES("by design", Verdict.GROWING) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            CompletableFuture<Object> never = new CompletableFuture<>();
            return RetentionExperiment.of(() -> {
                CompletableFuture<Object> failed = CompletableFuture.failedFuture(declined());
                CompletableFuture.allOf(failed, never);
                return failed;
            });
        }
    },
    WHEN_COMPLETE_OF_A_FUTURE_THAT_NEVER_COMPLETES("by design", Verdict.GROWING) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            CompletableFuture<Object> never = new CompletableFuture<>();
            return failing(failure -> never.whenComplete((charged, failed) -> failure.payload()[0]++));
        }
    },
    FAILED_FUTURES_MEMOISED_BY_KEY("misuse", Verdict.GROWING) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            Map<Integer, Future<Object>> memo = new ConcurrentHashMap<>();
            AtomicInteger key = new AtomicInteger();
            return RetentionExperiment.of(
                    () -> memo.computeIfAbsent(key.getAndIncrement(), k -> CompletableFuture.failedFuture(declined())));
        }
    },
    CANCELLED_TIMER_TASKS_NEVER_PURGED("by design", Verdict.GROWING) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            Timer timer = new Timer(true);
            scope.onClose(timer::cancel);
            // The timer's thread drops a cancelled task when that is the next one: it must wait for another.
            timer.schedule(timeout(declined()), TimeUnit.MINUTES.toMillis(30));
            return failing(failure -> {
                TimerTask task = timeout(failure);
                timer.schedule(task, TimeUnit.HOURS.toMillis(1));
                task.cancel();
            });
        }
    },
    EXECUTOR_SWALLOWS_FAILURES_INTO_ITS_LIST(Verdict.GROWING) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            List<Throwable> swallowed = new ArrayList<>();
            return failing(failure -> {}).on(task -> {
                try {
                    task.run();
                } catch (Throwable failure) {
                    swallowed.add(failure);
                }
            });
        }
    },
    CALLER_KEEPS_ITS_FUTURES("misuse", Verdict.GROWING) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            List<Future<?>> kept = new ArrayList<>();
            ExecutorService pool = scope.pool(1);
            return RetentionExperiment.of(() -> {
                Future<?> future = pool.submit(() -> {
                    throw declined();
                });
                kept.add(future);
                return future;
            });
        }
    },
    SUCCESS_TASK_KEEPS_ITS_RESULTS(Verdict.GROWING) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            List<Object> results = new ArrayList<>();
            return RetentionExperiment.of(
                            (RetentionExperiment.AttemptTask) attempt -> results.add(attempt.track(new byte[1024])))
                    .expect(Expect.SUCCESS);
        }
    };

    private final Entry entry;

    JdkSubject(Verdict... right) {
        this("", right);
    }

    JdkSubject(String issue, Verdict... right) {
        this(issue, "", right);
    }

    JdkSubject(String issue, String fixedIn, Verdict... right) {
        entry = Entry.of(Library.JDK, name().toLowerCase(Locale.ROOT).replace('_', ' '), right)
                .issue(issue)
                .fixedIn(fixedIn);
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public abstract RetentionExperiment experiment(Scope scope);

    @Override
    public RetentionReport run() {
        try (Scope scope = new Scope()) {
            return experiment(scope).named(label()).run();
        }
    }

    private interface Keeper {
        void keep(PaymentDeclined failure);
    }

    private static RetentionExperiment failing(Keeper keeper) {
        return RetentionExperiment.of((RetentionExperiment.Action) () -> {
            PaymentDeclined failure = declined();
            keeper.keep(failure);
            throw failure;
        });
    }

    private static RetentionExperiment oneIn(int rate) {
        List<Throwable> kept = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger count = new AtomicInteger();
        return failing(failure -> {
            if (count.incrementAndGet() % rate == 0) {
                kept.add(failure);
            }
        });
    }

    private static RetentionExperiment ring(int size) {
        Deque<Throwable> ring = new ArrayDeque<>();
        return failing(failure -> push(ring, failure, size));
    }

    private static void push(Deque<Throwable> ring, Throwable failure, int size) {
        ring.add(failure);
        if (ring.size() > size) {
            ring.remove();
        }
    }

    private static void keepAll(LinkedBlockingQueue<Throwable> inbox) {
        List<Throwable> kept = new ArrayList<>();
        try {
            while (true) {
                kept.add(inbox.take());
            }
        } catch (InterruptedException closed) {
            kept.clear();
        }
    }

    private static ExecutorService virtualThreads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** Nobody listens there any more. */
    private static URI refusing() {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://" + closed.getInetAddress().getHostAddress() + ":" + closed.getLocalPort());
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    private static TimerTask timeout(PaymentDeclined failure) {
        return new TimerTask() {
            @Override
            public void run() {
                throw new IllegalStateException(failure);
            }
        };
    }

    private static PaymentDeclined declined() {
        return new PaymentDeclined("declined");
    }

    private static final class GatheringException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient List<byte[]> payload = new ArrayList<>();
    }
}
