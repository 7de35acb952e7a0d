package io.github.retainless.internal.output.results;

import java.io.IOException;
import java.nio.file.Path;

/** A file of results that can't be read, or not to its end. */
public final class DamagedResultsException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedResultsException(Path file, String what, Exception cause) {
        super(file + " " + what, cause);
    }

    DamagedResultsException(Path file, String what) {
        super(file + " " + what);
    }
}
