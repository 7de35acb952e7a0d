package io.github.retainless.internal.dump;

import io.github.retainless.experiment.RetainedPart;

/**
 * Names the classes whose instances the reader of a dump looks for, and their fields. A test compares the names with
 * the classes.
 *
 * <p>{@code TrackedReference} says for each watched object which watch and which attempt it belongs to, and which part
 * of the failure it is. {@link Anchor} says which objects are outside the experiment. Everything else is in the
 * {@link DumpQuery}.
 */
final class DumpProtocol {
    static final String REFERENCE = "java.lang.ref.Reference";
    static final String REFERENT = "referent";

    static final String TRACKED = "io.github.retainless.internal.track.TrackedReference";
    static final String TRACKED_WATCH = "watch";
    static final String TRACKED_ATTEMPT = "attempt";

    /** The ordinal of a {@link RetainedPart}. */
    static final String TRACKED_PART = "part";

    static final String ANCHOR = "io.github.retainless.internal.dump.Anchor";
    static final String ANCHOR_WATCH = "watch";
    static final String ANCHOR_OBJECT = "object";

    /** The index of one of the {@link Anchor#LABELS}. */
    static final String ANCHOR_LABEL = "label";

    private DumpProtocol() {}

    static boolean isCarried(int part) {
        return part == RetainedPart.CARRIED.ordinal();
    }

    static boolean isException(int part) {
        return part < RetainedPart.CARRIED.ordinal();
    }
}
