package io.github.retainless.experiment;

import java.util.List;

/**
 * How the heap grows with every failure although nothing that is watched does.
 *
 * @param bytesPerFailure how many bytes each failure adds; 0 if it does not grow like that
 * @param attempts how many attempts that was seen for, without the warm-up
 * @param measured during how many of them objects were counted by their classes, the last ones
 * @param classes which classes there were more objects of after these, the most bytes first
 * @since 0.1.0
 */
public record HeapGain(long bytesPerFailure, long attempts, long measured, List<ClassGain> classes) {
    /** The heap does not grow, or nobody can tell. */
    public static final HeapGain NONE = new HeapGain(0, 0, 0, List.of());

    /** Copies the list. */
    public HeapGain {
        classes = List.copyOf(classes);
    }

    /**
     * How much more of a class there is.
     *
     * @param type the name of the class, as {@link Class#getTypeName} has it
     * @param instances how many objects more
     * @param bytes how many bytes more
     * @since 0.1.0
     */
    public record ClassGain(String type, long instances, long bytes) {}
}
