package io.github.retainless.internal.baseline;

/** What is done with a baseline. */
enum BaselineMode {
    /** What is known passes; what is better is told. */
    CHECK,
    /** What is better is written, too. */
    UPDATE,
    /** What is new or worse is written, too. */
    ADOPT,
    /** Nobody looks at it. */
    OFF
}
