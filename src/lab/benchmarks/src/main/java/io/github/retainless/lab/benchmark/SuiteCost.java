package io.github.retainless.lab.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.retainless.testing.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What retention tests cost a suite: 200 of them, one after the other and at the same time, and the same tasks in plain
 * loops, with and without bare collections. Each run is a JVM of its own. Prints a Markdown table.
 */
public final class SuiteCost {
    private static final String TESTS = "200";

    private final List<Setup> setups = Stream.of(1, Runtime.getRuntime().availableProcessors(), 8)
            .distinct()
            .flatMap(atATime -> Stream.of(Suite.values()).map(suite -> new Setup(suite, atATime)))
            .toList();

    private SuiteCost() {}

    /** What the tests do. */
    private enum Suite {
        BARE("loops", BareTests.class, 0),
        COLLECTED("loops, a bare collection after each round", BareTests.class, 1),
        RETENTION("retention tests", RetentionTests.class, 0);

        private final String title;
        private final Class<?> tests;
        private final int collectionsARound;

        Suite(String title, Class<?> tests, int collectionsARound) {
            this.title = title;
            this.tests = tests;
            this.collectionsARound = collectionsARound;
        }
    }

    private record Setup(Suite suite, int atATime, List<Figures> runs) {
        Setup(Suite suite, int atATime) {
            this(suite, atATime, new ArrayList<>());
        }

        double median(ToDoubleFunction<Figures> figure) {
            return Quartiles.of(runs.stream().mapToDouble(figure)).median();
        }
    }

    /** What one run of a suite took; {@code testMillis} is the median of its tests. */
    private record Figures(double seconds, double testMillis, double collections, double forced) {
        static Figures parse(String line) {
            String[] figures = line.substring(SuiteRun.FIGURES.length()).split(" ");
            return new Figures(
                    Double.parseDouble(figures[0]),
                    Double.parseDouble(figures[1]),
                    Double.parseDouble(figures[2]),
                    Double.parseDouble(figures[3]));
        }
    }

    /** Takes {@code quick}, one run of each suite, or {@code full}, the default. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new SuiteCost().measure(Thoroughness.of(arguments) == Thoroughness.FULL ? 3 : 1);
    }

    // In turns, so that what disturbs the machine disturbs all.
    private void measure(int runs) throws IOException, InterruptedException {
        System.out.printf("%s, %s tests of 210 attempts, medians of %d%n%n", Machine.description(), TESTS, runs);
        for (int i = 0; i < runs; i++) {
            for (Setup setup : setups) {
                setup.runs().add(run(setup));
            }
        }
        System.out.println(
                "| suite | at a time | whole, s | whole / 200, ms | one test, ms | collections | of which ours |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|");
        for (Setup setup : setups) {
            System.out.println(String.format(
                    Locale.ROOT,
                    "| %s | %d | %.1f | %.0f | %.0f | %,.0f | %,.0f |",
                    setup.suite().title,
                    setup.atATime(),
                    setup.median(Figures::seconds),
                    setup.median(Figures::seconds) * 1_000 / Integer.parseInt(TESTS),
                    setup.median(Figures::testMillis),
                    setup.median(Figures::collections),
                    setup.median(Figures::forced)));
        }
    }

    private static Figures run(Setup setup) throws IOException, InterruptedException {
        List<String> flags = List.of("-Xmx256m", "-D" + BareTests.COLLECTIONS + "=" + setup.suite().collectionsARound);
        Process child = ChildJvm.prepare(
                        flags,
                        SuiteRun.class,
                        setup.suite().tests.getName(),
                        TESTS,
                        Integer.toString(setup.atATime()),
                        "target/suite")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Figures figures = null;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(SuiteRun.FIGURES)) {
                    figures = Figures.parse(line);
                }
            }
        }
        if (child.waitFor() != 0 || figures == null) {
            throw new IllegalStateException("no figures of " + setup.suite());
        }
        return figures;
    }
}
