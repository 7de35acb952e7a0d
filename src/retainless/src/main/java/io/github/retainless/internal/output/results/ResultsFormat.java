package io.github.retainless.internal.output.results;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** How results look as JSON; {@code results.schema.json} beside this class describes it. */
final class ResultsFormat {
    static final String NAME = "retainless-results";

    /** Changes when older readers can't read what is written, or newer ones what was. */
    static final int VERSION = 1;

    static final Gson GSON = new GsonBuilder()
            .registerTypeAdapter(Duration.class, new DurationInMillis())
            .registerTypeAdapter(Instant.class, new InstantInIsoFormat())
            .create();

    private ResultsFormat() {}

    private static final class DurationInMillis extends TypeAdapter<Duration> {
        @Override
        public void write(JsonWriter out, Duration value) throws IOException {
            out.value(value.toMillis());
        }

        @Override
        public Duration read(JsonReader in) throws IOException {
            return Duration.ofMillis(in.nextLong());
        }
    }

    private static final class InstantInIsoFormat extends TypeAdapter<Instant> {
        @Override
        public void write(JsonWriter out, Instant value) throws IOException {
            out.value(value.toString());
        }

        @Override
        public Instant read(JsonReader in) throws IOException {
            String text = in.nextString();
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException wrong) {
                throw new IOException("\"" + text + "\" is no time in ISO format", wrong);
            }
        }
    }
}
