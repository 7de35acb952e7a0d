package io.github.retainless.internal.dump;

import io.github.retainless.experiment.PathStep;

/**
 * Where the search begins.
 *
 * @param kind the kind of the step that is made of it
 * @param node the object's number
 * @param label who holds, in words; of outside and native ones only
 * @param thread the thread's serial, or 0
 * @param frame the number of the frame on that thread, of local variables only
 */
record Root(PathStep.Kind kind, int node, String label, int thread, int frame) {}
