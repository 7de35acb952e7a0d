package io.github.retainless.experiment;

/**
 * One attempt of a task, handed to an {@code @AsyncTask} method that has a parameter of this type. Its methods may be
 * called from any thread, also after the task's method has returned.
 *
 * <p>An attempt has failed when its task threw, when an outcome it observed failed, or when it tracked a
 * {@link Throwable}.
 *
 * <pre>{@code
 * @AsyncTask
 * void timedOutCharge(Attempt attempt) {
 *     attempt.observe(dispatcher.charge(declinedCard));
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public interface Attempt {
    /** The number of this attempt, from 1 on, warm-up included. */
    int number();

    /**
     * Whether this attempt must not fail: it is made for comparison, before those that fail, since the test asked for a
     * comparison with success ({@link RetentionExperiment#compareWithSuccess()}). A task that asks succeeds then, on
     * the same way otherwise.
     */
    boolean mustSucceed();

    /**
     * Hands over the outcome of asynchronous work that the task has started: the attempt lasts until it is settled, and
     * fails if it fails or is cancelled. May be called more than once; then all outcomes count. Values are dropped
     * unseen, and none need come: an empty outcome is a success.
     *
     * <p>The outcome is one of
     *
     * <ul>
     *   <li>a {@link java.util.concurrent.CompletionStage} or {@link java.util.concurrent.Future}, so Guava's and
     *       Netty's futures as well,
     *   <li>a {@link java.util.concurrent.Flow.Publisher} or {@code org.reactivestreams.Publisher}, such as Reactor's
     *       {@code Mono} and {@code Flux}, RxJava's {@code Flowable} or Mutiny's {@code Multi},
     *   <li>RxJava 3's {@code Single}, {@code Maybe}, {@code Completable} or {@code Observable},
     *   <li>Mutiny's {@code Uni}, Vert.x's {@code Future}, or Kotlin's {@code Deferred} or {@code Job},
     *   <li>what an {@link io.github.retainless.experiment.AsyncAdapter} of yours takes.
     * </ul>
     *
     * <p>What waits for a subscriber is subscribed to, once, and a lazy coroutine is started. When the experiment ends
     * before the outcome has settled, the subscription is cancelled.
     *
     * @param outcome what the asynchronous call returned
     * @throws IllegalArgumentException if it is null, of another type, or cannot be adapted; the experiment then ends
     *     undecided, with the reason, even if the task catches this
     */
    void observe(Object outcome);

    /**
     * Watches an object that must not outlive the attempt: an exception that is swallowed where nobody else sees it, or
     * anything else. A {@link Throwable} is watched with its causes and suppressed exceptions.
     *
     * @param object what to watch
     * @param <T> its type
     * @return the same object
     * @throws IllegalArgumentException if it is null
     */
    <T> T track(T object);
}
