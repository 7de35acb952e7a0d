package io.github.retainless.lab.libraries;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListeningExecutorService;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import io.github.retainless.internal.outcome.AsyncSample;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Types of libraries that have no adapter of their own, since they implement or extend a type that has one. */
enum LibrarySample implements AsyncSample {
    MONO(
            failure -> Mono.error(failure).subscribeOn(Schedulers.parallel()),
            () -> Mono.just("value").subscribeOn(Schedulers.parallel()),
            Mono::never),
    EMPTY_MONO(Mono::error, Mono::empty, Mono::never),
    FLUX(
            failure -> Flux.range(1, 100).concatWith(Flux.error(failure)),
            () -> Flux.range(1, 100).publishOn(Schedulers.parallel()),
            Flux::never),
    EMPTY_FLUX(Flux::error, Flux::empty, Flux::never),
    RXJAVA_2_FLOWABLE(
            io.reactivex.Flowable::error, () -> io.reactivex.Flowable.range(1, 100), io.reactivex.Flowable::never),
    LISTENABLE_FUTURE(
            failure -> Pool.LISTENING.submit(() -> {
                throw failure;
            }),
            () -> Futures.immediateFuture("value"),
            () -> SettableFuture.<String>create());

    /** A thread that fails what was given to it, as in real life. */
    private static final class Pool {
        static final ListeningExecutorService LISTENING = MoreExecutors.listeningDecorator(
                Executors.newSingleThreadExecutor(new DefaultThreadFactory("pool", true)));
    }

    private final Outcomes outcomes;

    LibrarySample(Function<Exception, Object> failing, Supplier<Object> succeeding, Supplier<Object> pending) {
        outcomes = new Outcomes(failing, succeeding, pending);
    }

    @Override
    public Outcomes outcomes() {
        return outcomes;
    }
}
