package io.github.retainless.internal.dump;

import io.github.retainless.experiment.HeapDumps;
import io.github.retainless.internal.heap.HeapLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own whose heap is so full of small objects that there is no room to read its dump. */
final class CrowdedHeap {
    static final List<Object[]> SMALL_OBJECTS = new ArrayList<>();

    private CrowdedHeap() {}

    /** The flags it needs. */
    static List<String> flags(String... more) {
        List<String> flags = new ArrayList<>(List.of("-Xmx32m", "-XX:+UseSerialGC"));
        flags.addAll(List.of(more));
        return flags;
    }

    /**
     * Prints whether there was room, what was found, what is missing, and whether the thread is interrupted.
     *
     * @param arguments {@code interrupted} if the thread is to be so; {@code exit} if the JVM is to end with its dump
     *     open
     */
    public static void main(String[] arguments) throws IOException {
        for (int i = 0; i < 700; i++) {
            Object[] some = new Object[1_000];
            for (int j = 0; j < some.length; j++) {
                some[j] = new Object[] {some};
            }
            SMALL_OBJECTS.add(some);
        }
        int watch = LeakingDump.leak();
        DumpQuery query = new DumpQuery(watch, 0, LeakingDump.ATTEMPTS, 10, HeapLayout.current());
        if (List.of(arguments).contains("exit")) {
            HeapDump.take(HeapDumps.TEMPORARY);
            System.exit(0);
        }
        System.out.println(hasRoom(query));
        if (List.of(arguments).contains("interrupted")) {
            Thread.currentThread().interrupt();
        }
        DumpResult found = HeapTrace.of(query, HeapDumps.TEMPORARY, new Object[0], new Object(), null);
        System.out.println("missing: " + found.missing());
        System.out.println("interrupted: " + Thread.currentThread().isInterrupted());
        DumpSearchTests.text(new DumpResult(found.signatures(), found.soft(), found.heldByJvm()))
                .forEach(System.out::println);
    }

    private static String hasRoom(DumpQuery query) throws IOException {
        try (HeapDump dump = HeapDump.take(HeapDumps.TEMPORARY)) {
            Path file = dump.file();
            HeapDumpReader.read(file, query);
            return "room";
        } catch (OutOfMemoryError none) {
            return "no room";
        }
    }
}
