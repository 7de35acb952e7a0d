package io.github.retainless.internal.baseline;

import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a baseline that somebody may have edited: says in which line what is wrong, and overlooks nothing. */
final class BaselineReader {
    private static final Pattern LINE = Pattern.compile("at line (\\d+)");
    private static final Pattern CONFLICT = Pattern.compile("(?m)^(<<<<<<<|=======|>>>>>>>).*$");

    private final String file;
    private final JsonReader json;

    BaselineReader(String file, JsonReader json) {
        this.file = file;
        this.json = json;
    }

    List<BaselineEntry> read(String text) throws BrokenBaselineException {
        Matcher conflict = CONFLICT.matcher(text);
        if (conflict.find()) {
            long line = text.substring(0, conflict.start()).lines().count() + 1;
            throw broken(Long.toString(line), "there is a merge conflict", null);
        }
        try {
            List<BaselineEntry> leaks = document();
            if (json.peek() != JsonToken.END_DOCUMENT) {
                throw wrong("something follows the end");
            }
            return leaks;
        } catch (EOFException endOfFile) {
            throw broken(line(), "it ends too early", endOfFile);
        } catch (MalformedJsonException | JsonParseException | IllegalStateException malformed) {
            // Its message is about how to read such things all the same.
            Matcher line = LINE.matcher(String.valueOf(malformed.getMessage()));
            throw broken(line.find() ? line.group(1) : line(), "what stands here is no JSON", malformed);
        } catch (BrokenBaselineException broken) {
            throw broken;
        } catch (IOException impossible) {
            throw broken(line(), impossible.toString(), impossible);
        }
    }

    private List<BaselineEntry> document() throws IOException {
        String format = null;
        List<BaselineEntry> leaks = null;
        int version = 0;
        Set<String> seen = new HashSet<>();
        begin(JsonToken.BEGIN_OBJECT, "the file");
        json.beginObject();
        while (json.hasNext()) {
            String name = name(seen);
            switch (name) {
                case "format" -> {
                    format = string(name);
                    if (!format.equals(BaselineFile.FORMAT)) {
                        throw wrong("\"format\" is not \"" + BaselineFile.FORMAT + "\", so it is no baseline");
                    }
                }
                case "version" -> version = version(name);
                case "leaks" -> leaks = leaks();
                default -> throw unknown(name, "format, version, leaks");
            }
        }
        if (format == null || version == 0 || leaks == null) {
            throw wrong((format == null ? "\"format\"" : version == 0 ? "\"version\"" : "\"leaks\"") + " is missing");
        }
        json.endObject();
        return leaks;
    }

    private int version(String name) throws IOException {
        long version = number(name);
        if (version != BaselineFile.VERSION) {
            throw wrong("it is of version " + version + ", and this release reads version " + BaselineFile.VERSION);
        }
        return BaselineFile.VERSION;
    }

    private List<BaselineEntry> leaks() throws IOException {
        List<BaselineEntry> leaks = new ArrayList<>();
        Set<List<?>> seen = new HashSet<>();
        begin(JsonToken.BEGIN_ARRAY, "\"leaks\"");
        json.beginArray();
        while (json.hasNext()) {
            BaselineEntry leak = leak();
            if (!seen.add(List.of(leak.test(), GrowingPath.holders(leak.path())))) {
                throw wrong("the entry for " + leak.test() + " that ends here is there twice, with the same path");
            }
            leaks.add(leak);
        }
        json.endArray();
        return leaks;
    }

    private BaselineEntry leak() throws IOException {
        String test = null;
        List<String> path = null;
        long bytes = -1;
        String reason = null;
        LocalDate expires = null;
        Set<String> seen = new HashSet<>();
        begin(JsonToken.BEGIN_OBJECT, "an entry");
        json.beginObject();
        while (json.hasNext()) {
            String name = name(seen);
            switch (name) {
                case "test" -> test = text(name);
                case "path" -> path = path();
                case "bytesPerFailure" -> bytes = bytes(name);
                case "reason" -> reason = text(name);
                case "expires" -> expires = date(name);
                default -> throw unknown(name, "test, path, bytesPerFailure, reason, expires");
            }
        }
        if (test == null || path == null || bytes < 0 || reason == null) {
            String missing = test == null ? "test" : path == null ? "path" : bytes < 0 ? "bytesPerFailure" : "reason";
            throw wrong("the entry that ends here has no \"" + missing + "\"");
        }
        json.endObject();
        return new BaselineEntry(test, path, bytes, reason, expires);
    }

    private List<String> path() throws IOException {
        List<String> path = new ArrayList<>();
        begin(JsonToken.BEGIN_ARRAY, "\"path\"");
        json.beginArray();
        while (json.hasNext()) {
            path.add(text("path"));
        }
        if (path.size() < 2) {
            throw wrong("\"path\" is too short: it has who holds, and the class of what is held");
        }
        json.endArray();
        return path;
    }

    private long bytes(String name) throws IOException {
        long bytes = number(name);
        if (bytes < 0) {
            throw wrong("\"" + name + "\" must be 0 or more, but is " + bytes);
        }
        return bytes;
    }

    private LocalDate date(String name) throws IOException {
        String text = string(name);
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException wrong) {
            throw broken(line(), "\"" + name + "\" is no date such as 2027-03-31, but \"" + text + "\"", wrong);
        }
    }

    private long number(String name) throws IOException {
        begin(JsonToken.NUMBER, "\"" + name + "\"");
        String text = json.nextString();
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException wrong) {
            throw broken(line(), "\"" + name + "\" is no whole number, but " + text, wrong);
        }
    }

    private String text(String name) throws IOException {
        String text = string(name);
        if (text.isBlank()) {
            throw wrong("\"" + name + "\" is blank");
        }
        return text;
    }

    private String string(String name) throws IOException {
        begin(JsonToken.STRING, "\"" + name + "\"");
        return json.nextString();
    }

    private String name(Set<String> seen) throws IOException {
        String name = json.nextName();
        if (!seen.add(name)) {
            throw wrong("\"" + name + "\" is there twice");
        }
        return name;
    }

    private void begin(JsonToken expected, String what) throws IOException {
        JsonToken found = json.peek();
        if (found != expected) {
            throw wrong(what + " must be " + words(expected) + ", but is " + words(found));
        }
    }

    private static String words(JsonToken token) {
        return switch (token) {
            case BEGIN_OBJECT -> "an object";
            case BEGIN_ARRAY -> "an array";
            case STRING -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case NAME, END_OBJECT, END_ARRAY, END_DOCUMENT -> "nothing";
        };
    }

    private BrokenBaselineException unknown(String name, String names) {
        return wrong("\"" + name + "\" is none of " + names);
    }

    private BrokenBaselineException wrong(String what) {
        return broken(line(), what, null);
    }

    private String line() {
        // The reader tells it in no other way.
        Matcher line = LINE.matcher(json.toString());
        return line.find() ? line.group(1) : "?";
    }

    private BrokenBaselineException broken(String line, String what, @Nullable Exception cause) {
        String message = "The baseline " + file + " is broken, line " + line + ": " + what
                + ". Correct it by hand, or restore it from version control; nothing writes it as it is.";
        return cause == null ? new BrokenBaselineException(message) : new BrokenBaselineException(message, cause);
    }
}
