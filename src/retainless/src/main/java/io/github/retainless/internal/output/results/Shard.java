package io.github.retainless.internal.output.results;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of several machines that share the tests of a build.
 *
 * @param index which, from 1 on
 * @param total how many there are
 */
public record Shard(int index, int total) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})\\s*/\\s*(\\d{1,9})");

    /** Checks the range. */
    public Shard {
        if (index < 1 || index > total) {
            throw new IllegalArgumentException("a shard is 1 to the number of shards, but was " + index + "/" + total);
        }
    }

    /**
     * Reads an index and a total, as in {@code 3/8}.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Shard parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is not a shard: write its index from 1 on and how many there are, for example 3/8");
        }
        return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return index + "/" + total;
    }

    /**
     * The shard that a build on GitLab runs, which numbers the jobs that share its work; null if the environment does
     * not say so.
     *
     * @param environment the environment's variables
     */
    public static @Nullable Shard ofBuild(Map<String, String> environment) {
        String index = environment.get("CI_NODE_INDEX");
        String total = environment.get("CI_NODE_TOTAL");
        try {
            return index == null || total == null ? null : parse(index + "/" + total);
        } catch (IllegalArgumentException ignored) {
            // The build server means something else by these variables.
            return null;
        }
    }
}
