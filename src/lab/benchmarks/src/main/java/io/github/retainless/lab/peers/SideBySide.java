package io.github.retainless.lab.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** All tools on one program, with a heap of one size: prints a table. */
final class SideBySide {
    private static final Duration LIMIT = Duration.ofMinutes(40);

    /** JMemoryBuddy collects the heap once more for each object that is left, which takes a big heap hours. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** How closely the smallest heap is searched for. */
    private static final double STEP = 1.08;

    private static final int SMALLEST_MEGABYTES = 8;

    private final HeapSize size;
    private final int failures;
    private final int rounds;
    private final Path directory;
    private final Random order = new Random(4711);

    SideBySide(HeapSize size, int failures, int rounds, Path directory) {
        this.size = size;
        this.failures = failures;
        this.rounds = rounds;
        this.directory = directory;
    }

    private record Reading(List<Finding> findings, Effort effort) {}

    /** Whether we are right everywhere. */
    boolean run() throws IOException, InterruptedException {
        Path dump = directory.resolve("leaks.hprof");
        PeerJvm.End program = leak(LIMIT, "dump", dump.toString());
        System.out.printf(
                Locale.ROOT,
                "%n%s heap: %,d MB in use, a dump of %,d MB, %d failures through each of %d groups%n%n",
                size == HeapSize.SMALL ? "Small" : "Big",
                Long.parseLong(program.only("used")) >> 20,
                Files.size(dump) >> 20,
                failures,
                Group.values().length);
        System.out.println(
                "| | signatures | right | wrong | noisy nodes | missing nodes | CPU, s | heap, MB | time, s |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");

        Map<Tool, List<Reading>> readings = readings(dump);
        Map<Tool, Integer> heaps = new EnumMap<>(Tool.class);
        boolean flawless = false;
        for (Map.Entry<Tool, List<Reading>> entry : readings.entrySet()) {
            Tool tool = entry.getKey();
            List<Reading> all = entry.getValue();
            if (all.isEmpty()) {
                System.out.printf("| %s | none: failed with a heap of %d MB%n", tool.title(), tool.megabytes(size));
                continue;
            }
            Score score = Score.of(all.get(0).findings(), failures);
            flawless |= tool == Tool.RETAINLESS && score.flawless();
            heaps.put(tool, smallestHeap(tool, dump, all.get(0)));
            Spread cpu = Spread.of(all.stream().mapToDouble(one -> one.effort().cpuSeconds()));
            Spread wall = Spread.of(all.stream().mapToDouble(one -> one.effort().wallSeconds()));
            row(tool.title(), score, text(cpu.median()), heaps.get(tool).toString(), text(wall.median()));
        }
        Files.delete(dump);
        Effort counting = Effort.parse(program.only("counting"));
        Effort dumping = Effort.parse(program.only("dumping"));
        note("The collections of an experiment, to count what is left", counting);
        note("Writing the dump", dumping);
        // One object of each group is the least that its users would have to name.
        double buddyOfFew = jmemorybuddy(1);
        double buddyOfAll = jmemorybuddy(failures);

        System.out.println();
        List<Reading> ours = readings.get(Tool.RETAINLESS);
        for (Tool peer : readings.keySet()) {
            if (peer != Tool.RETAINLESS && heaps.containsKey(peer) && heaps.containsKey(Tool.RETAINLESS)) {
                List<Reading> theirs = readings.get(peer);
                Spread cpu = Spread.of(IntStream.range(0, rounds)
                        .mapToDouble(i -> theirs.get(i).effort().cpuSeconds()
                                / ours.get(i).effort().cpuSeconds()));
                System.out.printf(
                        Locale.ROOT,
                        "%s takes %s times the CPU time and %.1f times the heap of Retainless.%n",
                        peer.title(),
                        cpu,
                        (double) heaps.get(peer) / heaps.get(Tool.RETAINLESS));
            }
        }
        if (!ours.isEmpty()) {
            double own = counting.cpuSeconds()
                    + dumping.cpuSeconds()
                    + ours.get(0).effort().cpuSeconds();
            System.out.printf(
                    Locale.ROOT,
                    "JMemoryBuddy takes %.1f (all failures: %.1f) times the CPU time of Retainless, collections and dump included: %.1f s.%n",
                    buddyOfFew / own,
                    buddyOfAll / own,
                    own);
        }
        return flawless;
    }

    /** Round by round in random order, lest one tool always come after another; none of a tool that fails. */
    private Map<Tool, List<Reading>> readings(Path dump) throws IOException, InterruptedException {
        Map<Tool, List<Reading>> readings = new EnumMap<>(Tool.class);
        List<Tool> tools = new ArrayList<>(List.of(Tool.values()));
        tools.forEach(tool -> readings.put(tool, new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            Collections.shuffle(tools, order);
            for (Tool tool : List.copyOf(tools)) {
                Optional<Reading> reading = read(tool, dump, tool.megabytes(size), LIMIT);
                if (reading.isPresent()) {
                    readings.get(tool).add(reading.get());
                } else {
                    readings.get(tool).clear();
                    tools.remove(tool);
                }
            }
        }
        return readings;
    }

    private static Optional<Reading> read(Tool tool, Path dump, int megabytes, Duration limit)
            throws IOException, InterruptedException {
        PeerJvm.End end = PeerJvm.run(megabytes, limit, ReadingProgram.class, tool.name(), dump.toString());
        if (!end.succeeded()) {
            return Optional.empty();
        }
        List<Finding> findings =
                end.about("finding").stream().map(Finding::parse).toList();
        return Optional.of(new Reading(findings, Effort.parse(end.only("effort"))));
    }

    /** The smallest -Xmx that gives the same answer, in megabytes. One that takes four times as long is too small. */
    private static int smallestHeap(Tool tool, Path dump, Reading known) throws IOException, InterruptedException {
        Duration limit = Duration.ofSeconds(10 + (long) (4 * known.effort().wallSeconds()));
        int fails = SMALLEST_MEGABYTES;
        int works = 2 * fails;
        while (!sameAnswer(tool, dump, works, limit, known)) {
            fails = works;
            works *= 2;
        }
        while (works > fails * STEP && works > fails + 1) {
            int middle = (int) Math.sqrt((double) fails * works);
            if (sameAnswer(tool, dump, middle, limit, known)) {
                works = middle;
            } else {
                fails = middle;
            }
        }
        return works;
    }

    private static boolean sameAnswer(Tool tool, Path dump, int megabytes, Duration limit, Reading known)
            throws IOException, InterruptedException {
        return read(tool, dump, megabytes, limit)
                .map(reading -> reading.findings().equals(known.findings()))
                .orElse(false);
    }

    /** Prints its row; returns its CPU time, or what it had used when its time was over. */
    private double jmemorybuddy(int objectsOfEachGroup) throws IOException, InterruptedException {
        PeerJvm.End end = leak(PATIENCE, "jmemorybuddy", String.valueOf(objectsOfEachGroup), directory.toString());
        String title = "JMemoryBuddy of " + objectsOfEachGroup * Group.values().length + " objects";
        Score score = Score.of(List.of(), failures);
        if (!end.succeeded()) {
            row(title, score, "> " + text(end.cpuSeconds()), "", "> " + PATIENCE.toSeconds());
            return end.cpuSeconds();
        }
        Effort effort = Effort.parse(end.only("effort"));
        row(
                title,
                score,
                text(effort.cpuSeconds()),
                "+" + (Long.parseLong(end.only("more")) >> 20),
                text(effort.wallSeconds()));
        return effort.cpuSeconds();
    }

    private PeerJvm.End leak(Duration limit, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(size.name(), String.valueOf(failures)));
        all.addAll(List.of(arguments));
        return PeerJvm.run(size.megabytes(), limit, LeakingProgram.class, all.toArray(String[]::new));
    }

    private static void row(String title, Score score, String cpu, String heap, String wall) {
        System.out.printf(
                "| %s | %d | %d of %d | %d | %d | %d | %s | %s | %s |%n",
                title,
                score.signatures(),
                score.right(),
                Group.values().length,
                score.wrong(),
                score.noisyNodes(),
                score.missingNodes(),
                cpu,
                heap,
                wall);
    }

    private static void note(String title, Effort effort) {
        System.out.printf(
                "| %s | | | | | | %s | | %s |%n", title, text(effort.cpuSeconds()), text(effort.wallSeconds()));
    }

    private static String text(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds);
    }
}
