package io.github.retainless.lab.corpus;

import static io.github.retainless.experiment.Verdict.GROWING;
import static io.github.retainless.experiment.Verdict.RELEASED;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.subjects.PaymentDeclined;
import io.smallrye.mutiny.Uni;

/**
 * A memoized item that tasks share, each of which then fails on its own: the item may remember all who asked for it.
 */
enum MutinyMemoizeSubject implements CorpusSubject {
    USERS_OF_A_MEMOIZED_ITEM_2_9_4("2.9.4", GROWING, "mutiny-2.9.4.jar"),
    USERS_OF_A_MEMOIZED_ITEM_3_0_1("3.0.1", RELEASED);

    private final Entry entry;

    MutinyMemoizeSubject(String version, Verdict right, String... jars) {
        Library library = Library.isolated("Mutiny", version, Uni.class, jars);
        entry = Entry.of(library, "a stage fails after a memoized item that is asked for anew each time", right)
                .issue("smallrye/smallrye-mutiny#1988")
                .fixedIn("3.0.1");
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public RetentionExperiment experiment(Scope scope) {
        Uni<String> rate = Uni.createFrom().item("rate").memoize().until(() -> true);
        return RetentionExperiment.of(
                () -> rate.onItem().transform(MutinyMemoizeSubject::decline).subscribeAsCompletionStage());
    }

    private static String decline(String rate) {
        throw new PaymentDeclined("declined at " + rate);
    }
}
