package io.github.retainless.experiment;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether heap dumps may be made, which hold all the secrets that the heap holds, and what becomes of them. Only bad
 * news needs one.
 *
 * @param areMade whether they are made at all; without one nobody knows who retains what is left
 * @param keptAs the file that a dump becomes, in place of one that is there; null if it is deleted once it has been
 *     read
 * @since 0.1.0
 */
public record HeapDumps(boolean areMade, @Nullable Path keptAs) {
    /** A dump is deleted once it has been read, or could not be. */
    public static final HeapDumps TEMPORARY = new HeapDumps(true, null);

    /** No dump is made. */
    public static final HeapDumps NONE = new HeapDumps(false, null);

    /** A dump becomes this file, which only its owner may read where the file system knows owners. */
    public static HeapDumps keptAs(Path file) {
        return new HeapDumps(true, Objects.requireNonNull(file, "file"));
    }
}
