package io.github.retainless.lab.corpus;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Verdict;
import java.util.Set;

/**
 * A way to treat failures that a real library, or the JDK, has or invites to, and the verdicts that are right. Each is
 * a constant of an enum; {@link Corpus} lists the enums.
 */
public interface CorpusSubject {
    /** The constant's. */
    String name();

    /** What is known of it. */
    Entry entry();

    /** An experiment on a fresh instance of it. Called on a copy of the enum if the library's version needs one. */
    RetentionExperiment experiment(Scope scope) throws Exception;

    /** The least feature release of Java that has what it needs. */
    default int leastJdk() {
        return 17;
    }

    /** Library, version and name. */
    default String label() {
        return library() + ": " + name();
    }

    /** Library and version, such as {@code Failsafe 3.3.0}. */
    default String library() {
        return entry().library().toString();
    }

    /**
     * Such as {@code failsafe-lib/failsafe#361}, {@code JDK-8303742}, {@code misuse}, {@code by design} or
     * {@code control}.
     */
    default String issue() {
        return entry().issue();
    }

    /** The verdicts that are right: one, unless timing decides. */
    default Set<Verdict> right() {
        return entry().right();
    }

    /** Runs an experiment on a fresh instance of it. */
    default RetentionReport run() throws Exception {
        try (Scope scope = new Scope()) {
            return Isolation.copyOf(this, scope)
                    .experiment(scope)
                    .named(label())
                    // It would take a heap dump for each, and change the verdict only where soft references hold.
                    .explainUnless(report -> report.verdict() == Verdict.GROWING)
                    .run();
        }
    }
}
