package io.github.retainless.lab.corpus;

import static io.github.retainless.experiment.Verdict.BOUNDED;
import static io.github.retainless.experiment.Verdict.GROWING;
import static io.github.retainless.experiment.Verdict.RELEASED;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.SettableFuture;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.subjects.PaymentDeclined;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Failed futures and failing loaders in the caches of Guava and Caffeine. */
enum CacheSubject implements CorpusSubject {
    GUAVA_CACHE_OF_FAILED_FUTURES(
            guava("a cache of failed futures, a new key each", GROWING).issue("misuse")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            Cache<Integer, Future<String>> cache = CacheBuilder.newBuilder().build();
            return RetentionExperiment.of(attempt ->
                    attempt.observe(cache.get(attempt.number(), () -> Futures.immediateFailedFuture(declined()))));
        }
    },
    GUAVA_ALL_AS_LIST_WITH_ONE_THAT_NEVER_COMPLETES(
            guava("allAsList of a failed future and one that never completes", GROWING)
                    .issue("misuse")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            ListenableFuture<String> never = SettableFuture.create();
            return RetentionExperiment.of(() -> Futures.allAsList(never, Futures.immediateFailedFuture(declined())));
        }
    },
    GUAVA_CACHE_WHOSE_LOADER_THROWS(
            guava("a cache whose loader throws", RELEASED).issue("control")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            Cache<Integer, String> cache = CacheBuilder.newBuilder().build();
            return RetentionExperiment.of(
                    (RetentionExperiment.AttemptTask) attempt -> cache.get(attempt.number(), () -> {
                        throw declined();
                    }));
        }
    },
    CAFFEINE_CACHE_OF_FAILED_FUTURES(
            caffeine("a cache of failed futures, a new key each", GROWING).issue("misuse")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            com.github.benmanes.caffeine.cache.Cache<Integer, CompletableFuture<String>> cache =
                    Caffeine.newBuilder().build();
            return RetentionExperiment.of(attempt ->
                    attempt.observe(cache.get(attempt.number(), key -> CompletableFuture.failedFuture(declined()))));
        }
    },
    CAFFEINE_CACHE_OF_32_FAILED_FUTURES(caffeine("a cache of at most 32 failed futures", BOUNDED)) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            com.github.benmanes.caffeine.cache.Cache<Integer, CompletableFuture<String>> cache = Caffeine.newBuilder()
                    .maximumSize(32)
                    .executor(Runnable::run)
                    .build();
            return RetentionExperiment.of(attempt ->
                    attempt.observe(cache.get(attempt.number(), key -> CompletableFuture.failedFuture(declined()))));
        }
    },
    CAFFEINE_ASYNC_CACHE_THAT_FAILS(
            caffeine("an asynchronous cache whose loader throws", RELEASED).issue("control")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            AsyncCache<Integer, String> cache =
                    Caffeine.newBuilder().executor(scope.pool(2)).buildAsync();
            return RetentionExperiment.of(attempt -> attempt.observe(cache.get(attempt.number(), key -> {
                throw declined();
            })));
        }
    };

    private final Entry entry;

    CacheSubject(Entry entry) {
        this.entry = entry;
    }

    @Override
    public Entry entry() {
        return entry;
    }

    /** It logs each failure of a loader, through the JDK's loggers, which last as long as somebody holds them. */
    private static final Logger CAFFEINE = Logger.getLogger("com.github.benmanes.caffeine");

    static {
        CAFFEINE.setLevel(Level.OFF);
    }

    private static Entry guava(String task, Verdict right) {
        return Entry.of(Library.of("Guava", "33.5.0-jre", Futures.class), task, right);
    }

    private static Entry caffeine(String task, Verdict right) {
        return Entry.of(Library.of("Caffeine", "3.1.8", Caffeine.class), task, right);
    }

    private static PaymentDeclined declined() {
        return new PaymentDeclined("declined");
    }
}
