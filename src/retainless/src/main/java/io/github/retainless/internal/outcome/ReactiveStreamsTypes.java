package io.github.retainless.internal.outcome;

import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;

/** Reactor's {@code Mono} and {@code Flux}, RxJava's {@code Flowable}, and all other publishers of Reactive Streams. */
final class ReactiveStreamsTypes {
    private ReactiveStreamsTypes() {}

    static Object publisher(Object outcome) {
        return FlowAdapters.toFlowPublisher((Publisher<?>) outcome);
    }
}
