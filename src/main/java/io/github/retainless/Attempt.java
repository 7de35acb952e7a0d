package io.github.retainless;

/**
 * One attempt of a task, handed to an {@link AsyncTask} method that has a parameter of this type. Its methods may be
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
     * {@linkplain AsyncTask#control() control}. A task that asks succeeds then, on the same way otherwise.
     */
    boolean isControl();

    /**
     * Hands over the outcome of asynchronous work that the task has started: the attempt lasts until it is settled, and
     * fails if it fails. May be called more than once; then all outcomes count. Values are dropped unseen.
     *
     * @param outcome a {@link java.util.concurrent.CompletionStage}, {@link java.util.concurrent.Future} or
     *     {@link java.util.concurrent.Flow.Publisher} (it is subscribed to)
     * @throws IllegalArgumentException if it is null or of another type
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
