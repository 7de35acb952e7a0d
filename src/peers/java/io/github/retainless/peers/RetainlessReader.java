package io.github.retainless.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Our own reader of heap dumps. */
final class RetainlessReader {
    private RetainlessReader() {}

    static List<Finding> read(Path dump) throws IOException {
        return List.of();
    }
}
