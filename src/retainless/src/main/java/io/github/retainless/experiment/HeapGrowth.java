package io.github.retainless.experiment;

/**
 * What becomes of a heap that grows with every failure although nothing that is watched stays: somebody keeps copies,
 * stack traces as text, or lets an object grow that all failures share.
 *
 * @since 0.1.0
 */
public enum HeapGrowth {
    /** It is told in the report and as a warning in the log. */
    REPORT,
    /**
     * The verdict is GROWING, after as many attempts as the budget allows. Needs the JVM for itself: while other
     * experiments run in it nobody can tell whose growth it is, and the verdict is UNDECIDED.
     */
    FAIL
}
