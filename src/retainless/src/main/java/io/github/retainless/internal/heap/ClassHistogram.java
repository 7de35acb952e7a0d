package io.github.retainless.internal.heap;

import io.github.retainless.experiment.HeapGain.ClassGain;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;

/**
 * How many objects of each class the heap holds, and how many bytes they take: the JVM's own histogram of what is live.
 */
public final class ClassHistogram {
    private static final Pattern ROW = Pattern.compile("(?m)^ *\\d+: +(\\d+) +(\\d+) +(\\S+)");
    private static final int MOST = 5;

    /** What is less than that part of the whole is not told. */
    private static final int SMALLEST_PART = 20;

    private final byte[] text;

    private record Count(long instances, long bytes) {
        static final Count NONE = new Count(0, 0);
    }

    private ClassHistogram(String text) {
        // One array, so that what this itself adds to the heap can be left out.
        this.text = text.getBytes(StandardCharsets.UTF_8);
    }

    /** Collects the heap and counts; where the JVM does not tell, nothing. */
    public static ClassHistogram take() {
        try {
            return new ClassHistogram(DiagnosticCommand.run("gcClassHistogram"));
        } catch (JMException ignored) {
            // This JVM has no such command.
            return new ClassHistogram("");
        }
    }

    static ClassHistogram of(String text) {
        return new ClassHistogram(text);
    }

    /** What it takes of the heap itself. */
    public long bytes() {
        return Shapes.align(16 + text.length);
    }

    /** How many bytes all objects take; 0 where the JVM does not tell. */
    public long total() {
        return counts().values().stream().mapToLong(Count::bytes).sum();
    }

    /**
     * What has become more since an earlier one that has been held meanwhile, the most bytes first; at most five
     * classes, and what matters only.
     */
    public List<ClassGain> gainsSince(ClassHistogram earlier) {
        Map<String, Count> before = earlier.counts();
        before.merge("byte[]", new Count(1, earlier.bytes()), ClassHistogram::sum);
        List<ClassGain> gains = new ArrayList<>();
        counts().forEach((type, now) -> {
            Count then = before.getOrDefault(type, Count.NONE);
            if (now.bytes() > then.bytes()) {
                gains.add(new ClassGain(type, now.instances() - then.instances(), now.bytes() - then.bytes()));
            }
        });
        long all = gains.stream().mapToLong(ClassGain::bytes).sum();
        return gains.stream()
                .filter(gain -> gain.bytes() >= all / SMALLEST_PART)
                .sorted(Comparator.comparingLong(ClassGain::bytes).reversed().thenComparing(ClassGain::type))
                .limit(MOST)
                .toList();
    }

    private static Count sum(Count one, Count other) {
        return new Count(one.instances() + other.instances(), one.bytes() + other.bytes());
    }

    private Map<String, Count> counts() {
        Map<String, Count> counts = new HashMap<>();
        Matcher row = ROW.matcher(new String(text, StandardCharsets.UTF_8));
        while (row.find()) {
            // Classes of the same name, of several class loaders, are one here.
            counts.merge(
                    typeName(row.group(3)),
                    new Count(Long.parseLong(row.group(1)), Long.parseLong(row.group(2))),
                    ClassHistogram::sum);
        }
        return counts;
    }

    private static String typeName(String name) {
        int dimensions = name.lastIndexOf('[') + 1;
        if (dimensions == 0) {
            return name;
        }
        String element = name.substring(dimensions);
        String type =
                switch (element.charAt(0)) {
                    case 'Z' -> "boolean";
                    case 'B' -> "byte";
                    case 'C' -> "char";
                    case 'D' -> "double";
                    case 'F' -> "float";
                    case 'I' -> "int";
                    case 'J' -> "long";
                    case 'S' -> "short";
                    default -> element.substring(1).replace(";", "");
                };
        return type + "[]".repeat(dimensions);
    }
}
