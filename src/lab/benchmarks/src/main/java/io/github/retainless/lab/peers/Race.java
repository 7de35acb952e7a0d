package io.github.retainless.lab.peers;

import io.github.retainless.lab.benchmark.Machine;
import io.github.retainless.lab.benchmark.Quartiles;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Who is the first to say whether 400 failing tasks leak, and by whom: this library, its peers, and the floor, which
 * only runs the tasks and collects. Each has a JVM of its own; all of a round follow each other in random order. Prints
 * Markdown tables. Arguments: how many rounds with the small heap and with the big one, how many seconds a racer may
 * take, and a directory with the jars of Shark's next version, which is not asked if the directory does not exist. Ends
 * with an error if we are wrong.
 */
public final class Race {
    private static final String AGENT = "platforms-lib/linux-amd64/libcheckleak.so";

    private final int[] rounds;
    private final Duration limit;
    private final Path sharkGrowth;
    private final Path directory;
    private final Random order = new Random(4711);
    private final Set<Racer> tooSlow = EnumSet.noneOf(Racer.class);
    private boolean weAreRight = true;

    private Race(int[] rounds, Duration limit, Path sharkGrowth, Path directory) {
        this.rounds = rounds;
        this.limit = limit;
        this.sharkGrowth = sharkGrowth;
        this.directory = directory;
    }

    /** Whoever takes longer is asked once only. */
    private static final double LONG_SECONDS = 12;

    /** How one round ended for a racer. */
    private record Run(Effort effort, boolean isRight, boolean namesTheHolder) {}

    /** The rounds of a racer. */
    private static final class Lane {
        final List<Run> runs = new ArrayList<>();
        String outOfRace = "";

        boolean hasEnded() {
            return !outOfRace.isEmpty()
                    || runs.stream().anyMatch(run -> run.effort().wallSeconds() > LONG_SECONDS);
        }

        Quartiles figures(ToDoubleFunction<Effort> figure) {
            return Quartiles.of(runs.stream().map(Run::effort).mapToDouble(figure));
        }

        /** How many times as long as another one it takes, round by round. */
        Quartiles times(Lane other) {
            int both = Math.min(runs.size(), other.runs.size());
            return Quartiles.of(IntStream.range(0, both)
                    .mapToDouble(i -> runs.get(i).effort().wallSeconds()
                            / other.runs.get(i).effort().wallSeconds()));
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("retainless-race");
        try {
            Race race = new Race(
                    new int[] {Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])},
                    Duration.ofSeconds(Long.parseLong(arguments[2])),
                    Path.of(arguments[3]),
                    directory);
            if (!race.run()) {
                System.out.println("\nRetainless is not right everywhere.");
                System.exit(1);
            }
        } finally {
            Folders.empty(directory);
            Files.delete(directory);
        }
    }

    private boolean run() throws IOException, InterruptedException {
        System.out.printf("%s, at most %d s for each racer%n", Machine.description(), limit.toSeconds());
        if (!Files.isDirectory(sharkGrowth)) {
            System.out.printf("%nNot asked, since the profile shark-growth is off: %s.%n", Racer.SHARK_GROWTH.title());
        }
        for (HeapSize size : HeapSize.values()) {
            for (boolean leaks : new boolean[] {false, true}) {
                if (rounds[size.ordinal()] > 0) {
                    race(size, leaks, rounds[size.ordinal()]);
                }
            }
        }
        return weAreRight;
    }

    private void race(HeapSize size, boolean leaks, int rounds) throws IOException, InterruptedException {
        Map<Racer, Lane> lanes = new EnumMap<>(Racer.class);
        Set<Racer> racers = EnumSet.allOf(Racer.class);
        if (leaks) {
            racers.removeIf(Racer::isForCleanOnly);
        }
        if (!Files.isDirectory(sharkGrowth)) {
            racers.remove(Racer.SHARK_GROWTH);
        }
        Set<Racer> tooSlowBefore = EnumSet.copyOf(tooSlow);
        tooSlowBefore.retainAll(racers);
        if (size == HeapSize.BIG) {
            racers.removeAll(tooSlowBefore);
        } else {
            tooSlowBefore.clear();
        }
        racers.forEach(racer -> lanes.put(racer, new Lane()));
        for (int round = 0; round < rounds; round++) {
            List<Racer> shuffled = new ArrayList<>(racers);
            Collections.shuffle(shuffled, order);
            for (Racer racer : shuffled) {
                Lane lane = lanes.get(racer);
                if (!lane.hasEnded()) {
                    ask(racer, size, leaks, lane);
                }
            }
        }
        print(size, leaks, rounds, lanes);
        tooSlowBefore.forEach(
                racer -> System.out.printf("%nNot asked, since it took too long before: %s.%n", racer.title()));
    }

    private void ask(Racer racer, HeapSize size, boolean leaks, Lane lane) throws IOException, InterruptedException {
        List<String> flags = new ArrayList<>();
        String classPath = System.getProperty("java.class.path");
        if (racer == Racer.CHECK_LEAK || racer == Racer.CHECK_LEAK_EACH_ROUND) {
            flags.add("-agentpath:" + agent());
        } else if (racer == Racer.NETBEANS) {
            ModuleLayer.boot().modules().forEach(module -> module.getPackages()
                    .forEach(name -> flags.add("--add-opens=" + module.getName() + "/" + name + "=ALL-UNNAMED")));
        } else if (racer == Racer.SHARK_GROWTH) {
            classPath = sharkGrowth.resolve("*") + File.pathSeparator + classPath;
        }
        PeerJvm.End end = PeerJvm.run(
                racer.megabytes(size),
                limit.plusSeconds(size == HeapSize.SMALL ? 2 : 15),
                flags,
                classPath,
                RacingProgram.class,
                racer.name(),
                size.name(),
                String.valueOf(leaks),
                directory.toString());
        Folders.empty(directory);
        if (!end.succeeded()) {
            boolean stopped = end.cpuSeconds() > 0;
            lane.outOfRace = stopped ? "> " + limit.toSeconds() : "failed";
            if (stopped) {
                tooSlow.add(racer);
            } else {
                System.err.println(racer + " failed: " + String.join("\n", end.lines()));
            }
            weAreRight &= racer != Racer.RETAINLESS;
            return;
        }
        boolean isRight = Boolean.parseBoolean(end.only("leaks")) == leaks;
        boolean isNamed = Boolean.parseBoolean(end.only("named"));
        lane.runs.add(new Run(Effort.parse(end.only("effort")), isRight, isNamed));
        if (racer == Racer.RETAINLESS) {
            weAreRight &= isRight && isNamed == leaks;
        }
    }

    private Path agent() throws IOException {
        Path agent = directory.resolve("libcheckleak.so");
        if (!Files.exists(agent)) {
            try (InputStream library = Race.class.getClassLoader().getResourceAsStream(AGENT)) {
                Files.copy(library, agent);
            }
        }
        return agent;
    }

    private void print(HeapSize size, boolean leaks, int rounds, Map<Racer, Lane> lanes) {
        System.out.printf(
                Locale.ROOT,
                "%n%s subject, %s in the heap, rounds: %d%n%n",
                leaks ? "Leaking" : "Clean",
                size == HeapSize.SMALL ? "50 MB" : "1 GB",
                rounds);
        System.out.println("| | answer | holder named | time, s | CPU, s | times Retainless' time |");
        System.out.println("|---|---|---|--:|--:|--:|");
        Lane ours = lanes.get(Racer.RETAINLESS);
        lanes.forEach((racer, lane) -> {
            if (lane.runs.isEmpty()) {
                System.out.printf("| %s | none | | %s | | |%n", racer.title(), lane.outOfRace);
                return;
            }
            long right = lane.runs.stream().filter(Run::isRight).count();
            System.out.printf(
                    "| %s | %s | %s | %s | %s | %s |%n",
                    racer.title(),
                    racer.holder() == Racer.Holder.NOBODY_ASKED
                            ? ""
                            : right == lane.runs.size() ? "right" : right + " of " + lane.runs.size() + " right",
                    !leaks || lane.runs.stream().noneMatch(Run::namesTheHolder) ? "" : "yes",
                    lane.figures(Effort::wallSeconds),
                    lane.figures(Effort::cpuSeconds),
                    lane == ours || ours.runs.isEmpty() ? "" : lane.times(ours));
        });
        if (!leaks) {
            System.out.printf("%nRetainless takes %s times the floor.%n", ours.times(lanes.get(Racer.FLOOR)));
        }
    }
}
