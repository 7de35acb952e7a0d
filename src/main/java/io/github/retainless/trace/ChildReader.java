package io.github.retainless.trace;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.concurrent.TimeUnit;

/** Reads a dump in a JVM of its own, when there is no room for that in this one. */
final class ChildReader {
    static final String ANSWER = "answer";

    private static final long MINUTES = 10;

    /** Reading takes a third of the dump's size at the most; the smallest JVM that is worth starting has this much. */
    private static final long LEAST_HEAP = 128 << 20;

    private ChildReader() {}

    static Found read(HeapDump dump, Request request) throws IOException, InterruptedException {
        Path answer = dump.folder().resolve(ANSWER);
        try (ObjectOutputStream question = new ObjectOutputStream(Files.newOutputStream(answer))) {
            question.writeObject(request);
        }
        long heap = Math.max(LEAST_HEAP, Files.size(dump.file()) / 2);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + (heap >> 20) + "m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath(),
                        ChildReader.class.getName(),
                        dump.file().toString(),
                        answer.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // What was meant for the JVM under test is not for this one.
        builder.environment()
                .keySet()
                .removeIf(name -> name.equals("JAVA_TOOL_OPTIONS") || name.equals("JDK_JAVA_OPTIONS"));
        Process process = builder.start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw new IOException("a JVM of its own has not read it within " + MINUTES + " minutes");
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IOException("a JVM of its own with a heap of " + (heap >> 20)
                    + " MiB could not read it either, exit code " + process.exitValue());
        }
        return answer(answer);
    }

    private static Found answer(Path file) throws IOException {
        try (ObjectInputStream answer = new ObjectInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            Object result = answer.readObject();
            if (result instanceof Found found) {
                return found;
            }
            throw new IOException(String.valueOf(result));
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    private static String classPath() throws IOException {
        CodeSource source = ChildReader.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IOException("there is no room for that, and where this library's classes are is not known");
        }
        try {
            return Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException | IllegalArgumentException notAFile) {
            throw new IOException("there is no room for that, and this library's classes are in no file", notAFile);
        }
    }

    /** The other JVM: takes the dump and the file with the question, which becomes the answer. */
    public static void main(String[] arguments) throws IOException, ClassNotFoundException {
        Path answer = Path.of(arguments[1]);
        Object result;
        try (ObjectInputStream question = new ObjectInputStream(Files.newInputStream(answer))) {
            try {
                result = HeapDumpReader.read(Path.of(arguments[0]), (Request) question.readObject());
            } catch (IOException unreadable) {
                result = String.valueOf(unreadable.getMessage());
            }
        }
        try (ObjectOutputStream out = new ObjectOutputStream(new BufferedOutputStream(Files.newOutputStream(answer)))) {
            out.writeObject(result);
        }
    }
}
