package io.github.retainless.internal.dump;

import io.github.retainless.internal.heap.FullHeap;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads a dump in a JVM of its own, when there is no room for that in this one. */
final class ChildReader {
    private static final long MINUTES = 10;

    /** The smallest JVM that is worth starting has this much. */
    private static final long LEAST_HEAP = 128 << 20;

    /** What was meant for the JVM under test is not for this one; the last of them would even beat our -Xmx. */
    private static final Set<String> MEANT_FOR_OTHERS =
            Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private final Path java;
    private final long leastHeap;

    ChildReader() {
        this(Path.of(System.getProperty("java.home"), "bin", "java"), LEAST_HEAP);
    }

    /** With another command than that of this JVM, and another least heap. */
    ChildReader(Path java, long leastHeap) {
        this.java = java;
        this.leastHeap = leastHeap;
    }

    /**
     * Reads a dump.
     *
     * @param folder where the question and the answer are written, readable by nobody else
     * @throws IOException if it can't be read; the message goes on after "the heap dump could not be read, "
     */
    DumpResult read(Path dump, Path folder, DumpQuery query) throws IOException, InterruptedException {
        // Not as channels, which an interrupt closes.
        Path answer = folder.resolve("answer");
        write(answer, query);
        // Reading takes a third of the dump's size as a rule, but where all objects are tiny, the check for room
        // asks for more than the dump has. What a JVM may take it does not take unless it needs it.
        long heap = Math.max(leastHeap, Files.size(dump) / 4 * 5);
        ProcessBuilder builder = new ProcessBuilder(
                        java.toString(),
                        "-Xmx" + (heap >> 20) + "m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath(ChildReader.class.getProtectionDomain().getCodeSource()),
                        ChildReader.class.getName(),
                        dump.toString(),
                        answer.toString())
                // Should it crash, that leaves its report where it is deleted.
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeAll(MEANT_FOR_OTHERS);
        int exitCode = await(start(builder));
        if (exitCode != 0) {
            throw noRoom("a JVM of its own with a heap of " + (heap >> 20) + " MiB ended with exit code " + exitCode);
        }
        return answer(answer);
    }

    private static Process start(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException notStarted) {
            throw noRoom("no other JVM could be started (" + HeapDump.text(notStarted) + ")");
        }
    }

    private static int await(Process process) throws IOException, InterruptedException {
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw noRoom("a JVM of its own has not read it within " + MINUTES + " minutes");
            }
            return process.exitValue();
        } finally {
            // Some systems delete no file that it still reads.
            process.destroyForcibly().onExit().join();
        }
    }

    private static IOException noRoom(String what) {
        return new IOException("for which the heap of this JVM has too little room, and " + what + ". "
                + FullHeap.REMEDY_FOR_EXPLANATION);
    }

    private static DumpResult answer(Path file) throws IOException {
        try (ObjectInputStream answer =
                new ObjectInputStream(new BufferedInputStream(new FileInputStream(file.toFile())))) {
            Object result = answer.readObject();
            if (result instanceof DumpResult found) {
                return found;
            }
            throw result instanceof OutOfMemoryError tooLittle
                    ? noRoom(HeapDump.text(tooLittle))
                    : new IOException(String.valueOf(result));
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    private static void write(Path file, Object object) throws IOException {
        try (ObjectOutputStream out =
                new ObjectOutputStream(new BufferedOutputStream(new FileOutputStream(file.toFile())))) {
            out.writeObject(object);
        }
    }

    /** The jar or the folder that this library's classes are in. */
    static String classPath(@Nullable CodeSource source) throws IOException {
        try {
            if (source != null && source.getLocation() != null) {
                return Path.of(source.getLocation().toURI()).toString();
            }
        } catch (URISyntaxException | RuntimeException ignored) {
            // As inside a jar that is inside a jar.
        }
        throw noRoom("this library's classes are in no jar or folder that another JVM could be started with");
    }

    /** The other JVM: takes the dump and the file with the question, which becomes the answer. */
    public static void main(String[] arguments) throws IOException, ClassNotFoundException {
        Path answer = Path.of(arguments[1]);
        DumpQuery query;
        try (ObjectInputStream question = new ObjectInputStream(new FileInputStream(answer.toFile()))) {
            query = (DumpQuery) question.readObject();
        }
        write(answer, result(Path.of(arguments[0]), query));
    }

    private static Object result(Path dump, DumpQuery query) {
        try {
            return HeapDumpReader.read(dump, query);
        } catch (OutOfMemoryError ignored) {
            // The next larger heap is tried.
            long heap = Runtime.getRuntime().maxMemory() >> 20;
            return new OutOfMemoryError("a JVM of its own with a heap of " + heap + " MiB has too little as well");
        } catch (IOException unreadable) {
            return HeapDump.text(unreadable);
        }
    }
}
