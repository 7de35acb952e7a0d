package io.github.retainless.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The results of one JVM, a JSON file that is whole after each test, whenever the JVM dies.
 *
 * @since 0.1.0
 */
public final class ResultsFile {
    /** How the names of such files begin and end. */
    static final String PREFIX = "results-";

    static final String ENDING = ".json";

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
        WholeFile.write(file, out -> {
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

    private void copyBeforeEnd(OutputStream out) throws IOException {
        try (FileChannel before = FileChannel.open(file, StandardOpenOption.READ)) {
            long end = before.size() - END.length();
            long at = 0;
            while (at < end) {
                at += before.transferTo(at, end - at, Channels.newChannel(out));
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
