package io.github.retainless.lab.corpus;

import io.github.retainless.experiment.Verdict;
import java.util.Set;

/**
 * What is known of a subject.
 *
 * @param task the failing task, in words
 * @param issue see {@link CorpusSubject#issue()}
 * @param fixedIn the version that has let go since, or what lets go in its place; empty if nothing does
 */
public record Entry(Library library, String task, String issue, String fixedIn, Set<Verdict> right) {
    /** One that no issue speaks of. */
    public static Entry of(Library library, String task, Verdict... right) {
        return new Entry(library, task, "", "", Set.of(right));
    }

    public Entry issue(String issue) {
        return new Entry(library, task, issue, fixedIn, right);
    }

    public Entry fixedIn(String version) {
        return new Entry(library, task, issue, version, right);
    }
}
