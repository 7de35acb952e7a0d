package io.github.retainless.lab.corpus;

import static io.github.retainless.experiment.Verdict.BOUNDED;
import static io.github.retainless.experiment.Verdict.GROWING;
import static io.github.retainless.experiment.Verdict.RELEASED;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.subjects.PaymentDeclined;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Checkpoints of Reactor, which note in the exception where it passed by: an exception that tasks share gathers the
 * notes of all, and no exception more.
 */
enum ReactorCheckpointSubject implements CorpusSubject {
    CHECKPOINTS_OF_A_SHARED_EXCEPTION("a shared exception passes a checkpoint", GROWING) {
        @Override
        Supplier<Exception> failures() {
            PaymentDeclined shared = new PaymentDeclined("declined");
            return () -> shared;
        }
    },
    CHECKPOINTS_OF_ONE_THAT_CANNOT_SUPPRESS("a shared exception that can't suppress passes a checkpoint", BOUNDED) {
        @Override
        Supplier<Exception> failures() {
            Exception shared = new Unsuppressing();
            return () -> shared;
        }
    },
    CHECKPOINTS_OF_NEW_EXCEPTIONS("an exception made anew passes a checkpoint", RELEASED) {
        @Override
        Supplier<Exception> failures() {
            return () -> new PaymentDeclined("declined");
        }
    };

    private final Entry entry;

    ReactorCheckpointSubject(String task, Verdict right) {
        entry = Entry.of(Library.of("Reactor", "3.7.19", Flux.class), task, right)
                .issue("reactor/reactor-core#3941")
                .fixedIn("no suppression in what is shared");
    }

    abstract Supplier<Exception> failures();

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public RetentionExperiment experiment(Scope scope) {
        Supplier<Exception> failures = failures();
        return RetentionExperiment.of(
                () -> Mono.error(failures.get()).checkpoint("charge", true).toFuture());
    }

    private static final class Unsuppressing extends Exception {
        private static final long serialVersionUID = 1;

        Unsuppressing() {
            super("declined", null, false, true);
        }
    }
}
