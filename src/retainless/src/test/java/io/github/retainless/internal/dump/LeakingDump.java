package io.github.retainless.internal.dump;

import io.github.retainless.experiment.HeapDumps;
import io.github.retainless.internal.heap.HeapLayout;
import io.github.retainless.internal.track.FailureWatch;
import io.github.retainless.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JVM of its own that leaks ten failures in a list and ten in a map, and dumps its heap. */
final class LeakingDump {
    static final int ATTEMPTS = 20;

    static final List<Throwable> LISTED = new ArrayList<>();
    static final Map<String, Throwable> MAPPED = new HashMap<>();

    private static final List<FailureWatch> WATCHES = new ArrayList<>();

    private static byte @Nullable [] bytes;

    private LeakingDump() {}

    /** The dump; it is taken once for all tests of this JVM. */
    static synchronized byte[] bytes() throws IOException {
        if (bytes == null) {
            Path file = Files.createTempDirectory("leaking-dump").resolve("real.hprof");
            ChildJvm.Result result = ChildJvm.run(
                    List.of("-Xmx16m", "-XX:+UseSerialGC", "-Xshare:auto"), LeakingDump.class, file.toString());
            if (result.exitCode() != 0) {
                throw new AssertionError(result.err());
            }
            bytes = Files.readAllBytes(file);
            Files.delete(file);
            Files.delete(file.getParent());
        }
        return bytes;
    }

    static DumpQuery query(int watch) {
        return new DumpQuery(watch, 0, ATTEMPTS, 10, new HeapLayout(12, 4, 16, 8, false));
    }

    /** Leaks, as attempts 1 to 20 of a new watch; returns its number. */
    static int leak() {
        FailureWatch watch = new FailureWatch();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Throwable failure = new IllegalStateException();
            watch.watchFailure(failure, attempt);
            if (attempt % 2 == 0) {
                LISTED.add(failure);
            } else {
                MAPPED.put("order-" + attempt, failure);
            }
        }
        WATCHES.add(watch);
        return watch.number();
    }

    static void forget() {
        LISTED.clear();
        MAPPED.clear();
        WATCHES.clear();
    }

    public static void main(String[] arguments) throws IOException {
        leak();
        Path target = Path.of(arguments[0]);
        try (HeapDump dump = HeapDump.take(HeapDumps.keptAs(target))) {
            dump.keepAs(target);
        }
    }
}
