package io.github.retainless.lab.corpus;

import static io.github.retainless.experiment.Verdict.GROWING;
import static io.github.retainless.experiment.Verdict.RELEASED;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.subjects.PaymentDeclined;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * Observations of Micrometer, whose open scopes each know the one before on their thread: as a listener of Jersey's
 * did, a failure opens a second one in place of the first, which nobody can close any more.
 */
enum MicrometerScopeSubject implements CorpusSubject {
    SCOPE_OPENED_AGAIN_ON_FAILURE("a task fails in an observation, whose scope is then opened again", GROWING) {
        @Override
        Observation.Scope onFailure(Observation observation, Observation.Scope open) {
            return observation.openScope();
        }
    },
    SCOPE_OPENED_ONCE("a task fails in an observation", RELEASED) {
        @Override
        Observation.Scope onFailure(Observation observation, Observation.Scope open) {
            return open;
        }
    };

    private final Entry entry;

    MicrometerScopeSubject(String task, Verdict right) {
        entry = Entry.of(Library.of("Micrometer", "1.17.2", Observation.class), task, right)
                .issue("eclipse-ee4j/jersey#5807")
                .fixedIn("closing each scope");
    }

    abstract Observation.Scope onFailure(Observation observation, Observation.Scope open);

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public RetentionExperiment experiment(Scope scope) {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(context -> true);
        return RetentionExperiment.of(() -> {
                    Observation observation = Observation.start("charge", registry);
                    Observation.Scope open = observation.openScope();
                    try {
                        PaymentDeclined declined = new PaymentDeclined("declined");
                        observation.error(declined);
                        open = onFailure(observation, open);
                        throw declined;
                    } finally {
                        open.close();
                        observation.stop();
                    }
                })
                .on(scope.pool(2));
    }
}
