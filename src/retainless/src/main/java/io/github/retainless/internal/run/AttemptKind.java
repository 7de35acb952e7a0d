package io.github.retainless.internal.run;

import io.github.retainless.experiment.Expect;

/** What attempts are made for. */
enum AttemptKind {
    /** They are to fail. */
    FAILURE,
    /** They are to succeed, and track something. */
    SUCCESS,
    /** They are to succeed, for comparison with those that fail. */
    COMPARISON;

    static AttemptKind of(Expect expect) {
        return expect == Expect.FAILURE ? FAILURE : SUCCESS;
    }
}
