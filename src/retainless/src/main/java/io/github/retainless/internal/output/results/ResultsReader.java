package io.github.retainless.internal.output.results;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a file of results, one at a time. */
public final class ResultsReader implements Closeable {
    private final Path file;
    private final JsonReader json;
    private final Origin origin;

    /**
     * Opens a file and reads its beginning.
     *
     * @throws DamagedResultsException if it is no file of results, or of another version
     */
    public ResultsReader(Path file) throws IOException {
        this.file = file;
        json = new JsonReader(Files.newBufferedReader(file));
        try {
            origin = head();
        } catch (UnsupportedOperationException unsupported) {
            json.close();
            throw unsupported;
        } catch (IOException | RuntimeException broken) {
            json.close();
            throw damaged(broken);
        }
    }

    /** Where the results come from. */
    public Origin origin() {
        return origin;
    }

    /**
     * The next result; null after the last.
     *
     * @throws DamagedResultsException if the file is cut or broken here; what was read before is right
     */
    public @Nullable TestResult next() throws IOException {
        try {
            if (json.hasNext()) {
                return value(TestResult.class);
            }
            if (json.peek() != JsonToken.END_DOCUMENT) {
                json.endArray();
                json.endObject();
            }
            return null;
        } catch (UnsupportedOperationException unsupported) {
            throw unsupported;
        } catch (IOException | RuntimeException broken) {
            throw damaged(broken);
        }
    }

    @Override
    public void close() throws IOException {
        json.close();
    }

    private IOException damaged(Exception broken) {
        return broken instanceof DamagedResultsException damaged
                ? damaged
                : new DamagedResultsException(file, "is cut or broken: " + broken.getMessage(), broken);
    }

    private Origin head() throws IOException {
        json.beginObject();
        if (!json.nextName().equals("format") || !json.nextString().equals(ResultsFormat.NAME)) {
            throw new DamagedResultsException(file, "is no file of results");
        }
        if (!json.nextName().equals("version")) {
            throw new DamagedResultsException(file, "does not say of which version it is");
        }
        int version = json.nextInt();
        if (version != ResultsFormat.VERSION) {
            throw new DamagedResultsException(
                    file, "is of version " + version + "; this release reads version " + ResultsFormat.VERSION);
        }
        if (!json.nextName().equals("origin")) {
            throw new DamagedResultsException(file, "does not say where its results come from");
        }
        Origin from = value(Origin.class);
        if (!json.nextName().equals("tests")) {
            throw new DamagedResultsException(file, "has no results");
        }
        json.beginArray();
        return from;
    }

    private <T> @Nullable T read(Class<T> type) {
        try {
            return ResultsFormat.GSON.fromJson(json, type);
        } catch (RuntimeException | AssertionError e) {
            if (e.getCause() instanceof IllegalAccessException) {
                throw new UnsupportedOperationException(
                        "the Gson on the class path can't read records: let the build take 2.10 or later", e);
            }
            throw e;
        }
    }

    private <T> T value(Class<T> type) throws IOException {
        T value = read(type);
        if (value == null) {
            throw new DamagedResultsException(file, "has a null where a " + type.getSimpleName() + " belongs");
        }
        return value;
    }
}
