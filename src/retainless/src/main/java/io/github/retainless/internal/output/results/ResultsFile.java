package io.github.retainless.internal.output.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The results of one JVM, a JSON file that is whole after each test, whenever the JVM dies. */
public final class ResultsFile {
    /** How the names of such files begin and end. */
    static final String PREFIX = "results-";

    static final String ENDING = ".json";

    private static final int BUFFER = 1 << 16;
    private static final String END = "\n]}\n";

    private final Path file;
    private final Origin origin;
    private boolean begun;

    /**
     * A file that is made with the first result.
     *
     * @param folder where
     * @param origin of which JVM the results are
     */
    public ResultsFile(Path folder, Origin origin) {
        this.file = folder.resolve(PREFIX + origin.jvm() + ENDING);
        this.origin = origin;
    }

    /** The file. */
    public Path path() {
        return file;
    }

    /** Adds a result; if that fails, the file is as before. */
    public synchronized void add(TestResult result) throws IOException {
        String json = ResultsFormat.GSON.toJson(result);
        // Whoever tidies up may take it away.
        boolean goesOn = begun && Files.isRegularFile(file);
        AtomicFile.write(file, out -> {
            if (goesOn) {
                copyBeforeEnd(out);
            } else {
                begin(out);
            }
            out.write((goesOn ? ",\n" : "\n").getBytes(UTF_8));
            out.write(json.getBytes(UTF_8));
            out.write(END.getBytes(UTF_8));
        });
        begun = true;
    }

    private void begin(OutputStream out) throws IOException {
        String head = ResultsFormat.GSON.toJson(new Head(ResultsFormat.NAME, ResultsFormat.VERSION, origin));
        out.write((head.substring(0, head.length() - 1) + ",\"tests\":[").getBytes(UTF_8));
    }

    /** Not through a channel of our own, which an interrupt would close. */
    private void copyBeforeEnd(OutputStream out) throws IOException {
        try (InputStream before = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            long left = Files.size(file) - END.length();
            while (left > 0) {
                int read = before.readNBytes(buffer, 0, (int) Math.min(left, buffer.length));
                if (read == 0) {
                    throw new EOFException(file + " became shorter while it was read");
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    /** Whether a file is one of these, by its name. */
    static boolean isOne(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX) && name.endsWith(ENDING) && Files.isRegularFile(file);
    }

    /** What stands before the tests. */
    record Head(String format, int version, Origin origin) {}
}
