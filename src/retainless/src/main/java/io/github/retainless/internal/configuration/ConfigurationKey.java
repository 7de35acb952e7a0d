package io.github.retainless.internal.configuration;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * A configuration parameter: how it is called, what it may be, and how its text becomes a value.
 *
 * @param name the whole name, such as {@code retainless.mode}
 * @param type what kind of value it has
 * @param defaultText the value when nothing is set; empty if there is none
 * @param range which values are allowed, in words; a choice names them all
 * @param description what it does, in one sentence
 * @param parser makes a value of the text; its errors say what is wrong with the text
 */
public record ConfigurationKey<T>(
        String name, Type type, String defaultText, String range, String description, Function<String, T> parser) {
    static final String PREFIX = "retainless.";
    private static final String ATTRIBUTE_SUFFIX = ".default";

    /** The kinds of values. */
    public enum Type {
        NUMBER,
        DURATION,
        SIZE,
        CHOICE,
        PACKAGES,
        TEXT,
        FILE,
        DATE,
        SHARD
    }

    /** The parameter that changes the default of an attribute of the annotation. */
    static <T> ConfigurationKey<T> attribute(
            String attribute,
            Type type,
            String defaultText,
            String range,
            String description,
            Function<String, T> parser) {
        return new ConfigurationKey<>(
                PREFIX + attribute + ATTRIBUTE_SUFFIX, type, defaultText, range, description, parser);
    }

    /** The parameter that takes one of a few words. The first word is the default. */
    static ConfigurationKey<String> choice(String name, String wrong, String description, String... words) {
        String all = String.join(", ", words);
        return new ConfigurationKey<>(PREFIX + name, Type.CHOICE, words[0], all, description, text -> {
            String word = text.strip();
            if (!Arrays.asList(words).contains(word)) {
                throw new IllegalArgumentException("\"" + text + "\"" + wrong + all);
            }
            return word;
        });
    }

    /** The attribute of the annotation whose default it changes; empty if it belongs to no attribute. */
    public String attribute() {
        return name.endsWith(ATTRIBUTE_SUFFIX)
                ? name.substring(PREFIX.length(), name.length() - ATTRIBUTE_SUFFIX.length())
                : "";
    }

    /** What an error message calls it. */
    public String origin() {
        return "configuration parameter " + name;
    }

    /**
     * Parses a value that was found elsewhere, such as in an annotation.
     *
     * @param origin where it was found, for the error message
     * @throws IllegalArgumentException if the text is wrong; the message begins with the origin
     */
    public T parse(String text, String origin) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(origin + ": " + wrong.getMessage(), wrong);
        }
    }

    /**
     * The value that is set.
     *
     * @param parameters the texts of the configuration parameters by name
     * @throws IllegalArgumentException if the text is wrong; the message names the parameter
     */
    public Optional<T> find(Function<String, Optional<String>> parameters) {
        return parameters.apply(name).map(text -> parse(text, origin()));
    }

    /** The same, or the default; only for a parameter that has a default. */
    public T get(Function<String, Optional<String>> parameters) {
        return parse(parameters.apply(name).orElse(defaultText), origin());
    }

    /** The error that a value is wrong for a reason that the parser does not know. */
    public IllegalArgumentException wrong(String reason) {
        return new IllegalArgumentException(origin() + ": " + reason);
    }
}
