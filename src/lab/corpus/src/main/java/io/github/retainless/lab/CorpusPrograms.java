package io.github.retainless.lab;

import io.github.retainless.contract.ContractSubject;
import io.github.retainless.contract.ContractTable;
import io.github.retainless.examples.seedstory.LeakyAsyncExecutor;
import io.github.retainless.lab.corpus.CorpusTable;
import io.github.retainless.lab.corpus.CorpusTrials;
import io.github.retainless.lab.matrix.Matrix;
import io.github.retainless.lab.page.Screenshots;
import io.github.retainless.lab.trials.WatchTrials;
import io.github.retainless.testing.Programs;
import io.github.retainless.testing.Programs.Program;
import java.util.Map;
import java.util.TreeMap;

/** The programs of this module. The table in the README of the lab says what each shows. */
public final class CorpusPrograms {
    static final Map<String, Program> ALL = new TreeMap<>(Map.of(
            "contract", Program.of(CorpusPrograms::contract, "1"),
            "corpus", Program.of(CorpusTrials::main, "20", "6"),
            "corpus-table", Program.of(CorpusTable::main),
            "matrix", Program.of(Matrix::main, System.getProperty("java.home"), "", "8", "5", "6"),
            "screenshots", Program.of(Screenshots::main, "../../../.github/images"),
            "trials", Program.of(CorpusTrials::main, "500", "4", "NOTHING_KEPT RING_BUFFER_OF_256 ALL_KEPT"),
            "watch-trials", Program.of(WatchTrials::main, "leaking", "60")));

    private CorpusPrograms() {}

    private static void contract(String[] arguments) {
        ContractTable.run(ContractSubject.leaky(() -> LeakyAsyncExecutor.fixedPool(4)), arguments);
    }

    /** Takes the name of a program and its arguments. */
    public static void main(String[] arguments) throws Exception {
        Programs.run(ALL, arguments);
    }
}
