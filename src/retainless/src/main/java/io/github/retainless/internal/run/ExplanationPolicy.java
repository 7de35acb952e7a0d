package io.github.retainless.internal.run;

import io.github.retainless.experiment.HeapDumps;
import io.github.retainless.experiment.RetentionReport;
import java.util.function.Predicate;

/**
 * When and how to explain.
 *
 * @param allowed the reports that need no explanation
 * @param heapDumps what becomes of heap dumps
 */
public record ExplanationPolicy(Predicate<RetentionReport> allowed, HeapDumps heapDumps) {}
