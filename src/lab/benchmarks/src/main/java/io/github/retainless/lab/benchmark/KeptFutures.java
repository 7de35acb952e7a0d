package io.github.retainless.lab.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.retainless.internal.units.ByteSize;
import io.github.retainless.testing.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the fixed executor spares: a caller that keeps the futures of failing tasks, on a small heap, with a pool alone
 * and with the fixed executor over it. Each run is a {@link Keeper} in a JVM of its own. Prints the heap as it goes,
 * then a Markdown table.
 */
public final class KeptFutures {
    private static final String HEAP = "-Xmx256m";

    private KeptFutures() {}

    /** One line of figures of a {@link Keeper}. */
    private record Reading(int tasks, long heapBytes, long millis) {
        static final Pattern LINE = Pattern.compile("\\d+ \\d+ \\d+");

        static Reading parse(String line) {
            String[] figures = line.split(" ");
            return new Reading(Integer.parseInt(figures[0]), Long.parseLong(figures[1]), Long.parseLong(figures[2]));
        }

        long bytesPerFutureSince(Reading start) {
            return Math.round((double) (heapBytes - start.heapBytes) / (tasks - start.tasks));
        }
    }

    /** Takes {@code quick}, a tenth of the tasks, or {@code full}, the default. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int tasks = Thoroughness.of(arguments) == Thoroughness.FULL ? 1_000_000 : 100_000;
        System.out.printf(
                Locale.ROOT,
                "JDK %s, %s, %,d failing tasks, %s of payload in each failure, every future kept%n",
                Runtime.version(),
                HEAP,
                tasks,
                new ByteSize(Keeper.PAYLOAD_BYTES));
        List<String> table = new ArrayList<>();
        table.add(
                "| messages | executor | outcome | heap after 1,000 tasks | heap at the end | per kept future | time |");
        table.add("|---|---|---|--:|--:|--:|--:|");
        for (Keeper.Messages messages : Keeper.Messages.values()) {
            for (Side side : Side.values()) {
                table.add(run(side, messages, tasks));
            }
        }
        System.out.println();
        table.forEach(System.out::println);
    }

    private static String run(Side side, Keeper.Messages messages, int tasks) throws IOException, InterruptedException {
        String title = side == Side.POOL ? "pool alone" : "fixed over pool";
        System.out.printf("%n%s, messages: %s%n", title, messages.title());
        List<Reading> readings = new ArrayList<>();
        String outcome = String.format(Locale.ROOT, "all %,d delivered", tasks);
        Process keeper = ChildJvm.prepare(
                        List.of(HEAP), Keeper.class, side.name(), messages.name(), Integer.toString(tasks))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(keeper.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (Reading.LINE.matcher(line).matches()) {
                    Reading reading = Reading.parse(line);
                    readings.add(reading);
                    System.out.printf(
                            Locale.ROOT, "%,9d tasks %10s%n", reading.tasks(), new ByteSize(reading.heapBytes()));
                } else {
                    System.out.println("          " + line);
                    outcome = line.startsWith(Keeper.DIED) ? line : outcome;
                }
            }
        }
        boolean finished = keeper.waitFor() == 0;
        Reading start = readings.get(0);
        Reading last = readings.get(readings.size() - 1);
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %,d B | %s |",
                messages.title(),
                title,
                outcome,
                new ByteSize(readings.get(1).heapBytes()),
                finished ? new ByteSize(last.heapBytes()) : "full",
                last.bytesPerFutureSince(start),
                finished ? last.millis() / 1_000 + " s" : "");
    }
}
