package io.github.retainless.lab.corpus;

import static io.github.retainless.experiment.Verdict.GROWING;
import static io.github.retainless.experiment.Verdict.RELEASED;

import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.subjects.PaymentDeclined;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Errors inside pipelines of Reactor. */
enum ReactorSubject implements CorpusSubject {
    BLOCK_ON_A_CACHED_ERROR(reactor("block() on a cached error adds a suppressed exception each time", GROWING)
            .issue("reactor/reactor-core#3371")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            Mono<Object> cached = Mono.error(new PaymentDeclined("declined")).cache();
            return RetentionExperiment.of((RetentionExperiment.Action) cached::block);
        }
    },
    LONG_LIVED_DELAY_ERROR(reactor("a pipeline that never ends gathers the errors it delays", GROWING)
            .issue("by design")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            Sinks.Many<Attempt> charges = Sinks.many().unicast().onBackpressureBuffer();
            scope.onClose(charges.asFlux()
                    .flatMapDelayError(attempt -> Mono.error(attempt.track(new PaymentDeclined("declined"))), 1, 1)
                    .subscribe()::dispose);
            return RetentionExperiment.of((RetentionExperiment.AttemptTask) charges::tryEmitNext);
        }
    },
    RETRY_THAT_RECOVERS(
            reactor("retry recovers from a failed attempt", RELEASED).issue("control")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            return RetentionExperiment.of(attempt -> {
                AtomicBoolean first = new AtomicBoolean(true);
                attempt.observe(Mono.fromCallable(() -> {
                            if (first.getAndSet(false)) {
                                throw attempt.track(new PaymentDeclined("declined"));
                            }
                            return "charged";
                        })
                        .retry(1)
                        .toFuture());
            });
        }
    };

    private final Entry entry;

    ReactorSubject(Entry entry) {
        this.entry = entry;
    }

    @Override
    public Entry entry() {
        return entry;
    }

    private static Entry reactor(String task, Verdict right) {
        return Entry.of(Library.of("Reactor", "3.7.19", Mono.class), task, right);
    }
}
