package io.github.retainless.internal.outcome;

import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.Function;
import java.util.function.Supplier;
import kotlin.Unit;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CompletableDeferred;
import kotlinx.coroutines.CompletableDeferredKt;
import kotlinx.coroutines.CompletableJob;
import kotlinx.coroutines.CoroutineStart;
import kotlinx.coroutines.GlobalScope;
import kotlinx.coroutines.JobKt;

/**
 * The types of the JDK, and of the libraries that have adapters. The lab has those of other libraries, which implement
 * or extend one of these.
 */
public enum AsyncType implements AsyncSample {
    COMPLETABLE_FUTURE(
            CompletableFuture::failedFuture,
            () -> CompletableFuture.supplyAsync(() -> "value"),
            () -> new CompletableFuture<String>()),
    COMPLETION_STAGE(
            CompletableFuture::failedStage,
            () -> CompletableFuture.completedStage("value"),
            () -> new CompletableFuture<String>().minimalCompletionStage()),
    FUTURE_TASK(
            failure -> run(new FutureTask<>(() -> {
                throw failure;
            })),
            () -> run(new FutureTask<>(() -> "value")),
            () -> new FutureTask<>(() -> "value")),
    FLOW_PUBLISHER(AsyncType::flow, () -> AsyncType.flow(null), () -> new SubmissionPublisher<String>()),
    FLOWABLE(
            failure -> Flowable.range(1, 100).concatWith(Flowable.error(failure)),
            () -> Flowable.range(1, 100),
            Flowable::never),
    SINGLE(Single::error, () -> Single.just("value"), Single::never),
    MAYBE(Maybe::error, () -> Maybe.just("value"), Maybe::never),
    EMPTY_MAYBE(failure -> Maybe.empty().concatWith(Maybe.error(failure)), Maybe::empty, Maybe::never),
    COMPLETABLE(Completable::error, Completable::complete, Completable::never),
    OBSERVABLE(
            failure -> Observable.range(1, 100).concatWith(Observable.error(failure)),
            () -> Observable.range(1, 100),
            Observable::never),
    EMPTY_OBSERVABLE(Observable::error, Observable::empty, Observable::never),
    UNI(failure -> Uni.createFrom().failure(failure), () -> Uni.createFrom().item("value"), () -> Uni.createFrom()
            .nothing()),
    EMPTY_UNI(
            failure -> Uni.createFrom().failure(failure), () -> Uni.createFrom().voidItem(), () -> Uni.createFrom()
                    .nothing()),
    MULTI(
            failure -> Multi.createFrom().failure(failure),
            () -> Multi.createFrom().items("one", "two"),
            () -> Multi.createFrom().nothing()),
    DEFERRED(
            failure -> {
                CompletableDeferred<String> deferred = CompletableDeferredKt.CompletableDeferred(null);
                deferred.completeExceptionally(failure);
                return deferred;
            },
            () -> CompletableDeferredKt.CompletableDeferred("value"),
            () -> CompletableDeferredKt.CompletableDeferred(null)),
    COROUTINE(
            failure -> async(CoroutineStart.DEFAULT, failure),
            () -> async(CoroutineStart.DEFAULT, null),
            () -> CompletableDeferredKt.CompletableDeferred(null)),
    LAZY_COROUTINE(
            failure -> async(CoroutineStart.LAZY, failure),
            () -> async(CoroutineStart.LAZY, null),
            () -> CompletableDeferredKt.CompletableDeferred(null)),
    JOB(
            failure -> {
                CompletableJob job = JobKt.Job(null);
                job.completeExceptionally(failure);
                return job;
            },
            () -> {
                CompletableJob job = JobKt.Job(null);
                job.complete();
                return job;
            },
            () -> JobKt.Job(null)),
    NETTY_FUTURE(
            failure -> Pools.EVENT_LOOP.submit(() -> {
                throw failure;
            }),
            () -> Pools.EVENT_LOOP.submit(() -> "value"),
            () -> Pools.EVENT_LOOP.newPromise()),
    VERTX_FUTURE(VertxFutures::failing, VertxFutures::succeeding, VertxFutures::pending);

    /** A thread that fails what was given to it, as in real life. */
    private static final class Pools {
        static final EventExecutor EVENT_LOOP =
                new DefaultEventExecutor(new DefaultThreadFactory("event-loop-under-test", true));
    }

    private final Outcomes outcomes;

    AsyncType(Function<Exception, Object> failing, Supplier<Object> succeeding, Supplier<Object> pending) {
        outcomes = new Outcomes(failing, succeeding, pending);
    }

    @Override
    public Outcomes outcomes() {
        return outcomes;
    }

    static EventExecutor eventLoop() {
        return Pools.EVENT_LOOP;
    }

    private static FutureTask<String> run(FutureTask<String> task) {
        task.run();
        return task;
    }

    private static Flow.Publisher<String> flow(Exception failure) {
        return subscriber -> {
            try (SubmissionPublisher<String> publisher = new SubmissionPublisher<>(Runnable::run, 4)) {
                publisher.subscribe(subscriber);
                publisher.submit("value");
                if (failure != null) {
                    publisher.closeExceptionally(failure);
                }
            }
        };
    }

    private static Object async(CoroutineStart start, Exception failure) {
        return BuildersKt.async(GlobalScope.INSTANCE, EmptyCoroutineContext.INSTANCE, start, (scope, continuation) -> {
            if (failure != null) {
                throw AsyncType.<RuntimeException>unchecked(failure);
            }
            return Unit.INSTANCE;
        });
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable failure) throws T {
        throw (T) failure;
    }
}
