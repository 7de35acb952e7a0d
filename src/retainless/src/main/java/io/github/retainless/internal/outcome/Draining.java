package io.github.retainless.internal.outcome;

import io.github.retainless.internal.runtime.Unwrapping;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A subscriber that takes all, as fast as it comes, and waits for the end. */
final class Draining implements Flow.Subscriber<@Nullable Object> {
    private final Observation observation;
    private boolean subscribed;

    Draining(Observation observation) {
        this.observation = observation;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        if (subscribed) {
            subscription.cancel();
            return;
        }
        subscribed = true;
        observation.cancelWith(subscription::cancel);
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(@Nullable Object item) {
        observation.cancelIfOver();
    }

    @Override
    public void onError(Throwable failure) {
        observation.settle(Unwrapping.unwrap(failure));
    }

    @Override
    public void onComplete() {
        observation.settle(null);
    }
}
