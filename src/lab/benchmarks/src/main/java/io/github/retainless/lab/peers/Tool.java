package io.github.retainless.lab.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads a heap dump and says who holds the failures in it. */
enum Tool {
    /** Ours; the heap it gets for a big dump is the most it may take. */
    RETAINLESS("Retainless", RetainlessReader::read, 512, 450),
    SHARK("Shark", SharkReader::withRetainedSizes, 512, 6_144),
    SHARK_PATHS("Shark without retained sizes", SharkReader::pathsOnly, 512, 6_144);

    private final String title;
    private final Reader reader;
    private final int smallMegabytes;
    private final int bigMegabytes;

    private interface Reader {
        List<Finding> read(Path dump) throws IOException;
    }

    Tool(String title, Reader reader, int smallMegabytes, int bigMegabytes) {
        this.title = title;
        this.reader = reader;
        this.smallMegabytes = smallMegabytes;
        this.bigMegabytes = bigMegabytes;
    }

    String title() {
        return title;
    }

    List<Finding> read(Path dump) throws IOException {
        return reader.read(dump);
    }

    /** How much heap it gets while its CPU time is measured. */
    int megabytes(HeapSize size) {
        return size == HeapSize.SMALL ? smallMegabytes : bigMegabytes;
    }
}
