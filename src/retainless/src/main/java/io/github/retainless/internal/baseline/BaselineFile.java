package io.github.retainless.internal.baseline;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.github.retainless.internal.output.results.AtomicFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/** A baseline as JSON that reads well in a diff: in a stable order, and each value on a line of its own. */
final class BaselineFile {
    static final String FORMAT = "retainless-baseline";
    static final int VERSION = 1;

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            // Nobody takes it for HTML, and somebody has to read it.
            .disableHtmlEscaping()
            .registerTypeAdapter(LocalDate.class, new DateInIsoFormat().nullSafe())
            .create();

    private static final Comparator<BaselineEntry> ORDER =
            Comparator.comparing(BaselineEntry::test).thenComparing(leak -> String.join("\n", leak.path()));

    private final Path file;

    BaselineFile(Path file) {
        this.file = file;
    }

    /** The file as messages name it. */
    String name() {
        return file.toString().replace('\\', '/');
    }

    /** All entries; none if there is no file. */
    List<BaselineEntry> read() throws BrokenBaselineException {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException ignored) {
            // There is no baseline yet.
            return List.of();
        } catch (IOException unreadable) {
            throw new BrokenBaselineException(
                    "The baseline " + name() + " can't be read: " + unreadable + ". It has to be a text in UTF-8.",
                    unreadable);
        }
        return new BaselineReader(name(), new JsonReader(new StringReader(text))).read(text);
    }

    void write(List<BaselineEntry> leaks) throws BrokenBaselineException {
        List<BaselineEntry> sorted = leaks.stream().sorted(ORDER).toList();
        try {
            AtomicFile.write(file, GSON.toJson(new Document(FORMAT, VERSION, sorted)) + "\n");
        } catch (IOException unwritable) {
            throw new BrokenBaselineException(
                    "The baseline " + name() + " can't be written: " + unwritable + ". See to it that it can.",
                    unwritable);
        }
    }

    private record Document(String format, int version, List<BaselineEntry> leaks) {}

    private static final class DateInIsoFormat extends TypeAdapter<LocalDate> {
        @Override
        public void write(JsonWriter out, LocalDate value) throws IOException {
            out.value(value.toString());
        }

        @Override
        public LocalDate read(JsonReader in) throws IOException {
            return LocalDate.parse(in.nextString());
        }
    }
}
