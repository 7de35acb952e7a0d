package io.github.retainless.experiment;

import io.github.retainless.trace.HeapDumps;
import java.util.function.Predicate;

/**
 * When and how to explain.
 *
 * @param allowed the reports that need no explanation
 * @param heapDumps what becomes of heap dumps
 */
record Explaining(Predicate<RetentionReport> allowed, HeapDumps heapDumps) {}
