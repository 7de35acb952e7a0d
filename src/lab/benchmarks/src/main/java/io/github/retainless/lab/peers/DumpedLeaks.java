package io.github.retainless.lab.peers;

import io.github.retainless.experiment.Signature;
import io.github.retainless.internal.dump.HeapDumpReader;
import io.github.retainless.internal.dump.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Opens the reader of heap dumps, which is nobody's business but an experiment's, to the comparison with the peers. */
public final class DumpedLeaks {
    private DumpedLeaks() {}

    /** Reads a dump as an experiment in need of room does, in this JVM. */
    public static List<Signature> read(Path dump, Request request) throws IOException {
        return HeapDumpReader.read(dump, request).signatures();
    }
}
