package io.github.retainless.lab.selfcheck;

import static io.github.retainless.lab.selfcheck.ThrowAwayLoader.Extent.EVERYTHING;
import static io.github.retainless.lab.selfcheck.ThrowAwayLoader.Extent.TESTS;

import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * A program that lets the library find out whether it retains anything itself: each attempt loads test classes anew, or
 * the library too, or all there is, runs tests there that fail, and throws the class loader away.
 */
public final class SelfCheck {
    private static final int ROUNDS = 4;
    private static final int CONCURRENCY = 4;

    /** What is run, how often a round, and what must come of it: a test that did not run holds nothing. */
    private enum Case {
        THROWN(TESTS, 34, "Thrown", "off", ".* RELEASED SUCCESSFUL"),
        MISCONFIGURED(TESTS, 2, "Misconfigured", "off", ".* FAILED @NoExceptionRetention.*"),
        ON_EXECUTORS(TESTS, 4, "OnExecutors", "off", ".* RELEASED SUCCESSFUL"),
        RELEASED(TESTS, 1, "Released", "off", "(.* RELEASED SUCCESSFUL){4}"),
        WATCHED(TESTS, 2, "Watched", "off", ".* RELEASED SUCCESSFUL"),
        IN_CODE(TESTS, 1, "InCode", "off", ".* FAILED .*Expected GROWING.* SUCCESSFUL"),
        UNDECIDED(TESTS, 1, "Undecided", "off", "(.* UNDECIDED FAILED .*){3}"),
        TOO_LARGE(TESTS, 1, "TooLarge", "temporary", ".* BOUNDED FAILED .* ╰→ .*Declined.*"),
        GROWING(TESTS, 1, "Growing", "off", ".* GROWING FAILED .*"),
        GROWING_EXPLAINED(TESTS, 1, "Growing", "temporary", ".* GROWING FAILED .*static .*Growing\\.KEPT.*"),
        HELD(TESTS, 0, "Held", "off", ".* SUCCESSFUL"),
        ALL_IN_CODE(EVERYTHING, 1, "InCode", "off", ".* FAILED .*Expected GROWING.* SUCCESSFUL"),
        ALL_GROWING(EVERYTHING, 1, "Growing", "temporary", ".* GROWING FAILED .*static .*Growing\\.KEPT.*");

        private final ThrowAwayLoader.Extent extent;
        private final int perRound;
        private final String fixture;
        private final String heapDump;
        private final String expected;

        Case(ThrowAwayLoader.Extent extent, int perRound, String fixture, String heapDump, String expected) {
            this.extent = extent;
            this.perRound = perRound;
            this.fixture = fixture;
            this.heapDump = heapDump;
            this.expected = "(?s)" + expected;
        }
    }

    private final Path reports;
    private final List<Case> round;
    private final List<WeakReference<ClassLoader>> loaders = new CopyOnWriteArrayList<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();

    private SelfCheck(Path reports, List<Case> round) {
        this.reports = reports;
        this.round = round;
    }

    /** Takes the folder for reports and, if not all, the cases to run. */
    public static void main(String[] arguments) throws InterruptedException {
        List<Case> round = Stream.of(Case.values())
                .flatMap(each -> Stream.generate(() -> each).limit(each.perRound))
                .toList();
        if (arguments.length > 1) {
            round = Stream.of(arguments).skip(1).map(Case::valueOf).toList();
        }
        JdkCaches.useFirst();
        JdkCaches.keepAsking();
        new SelfCheck(Path.of(arguments[0]), round).run();
    }

    private void run() throws InterruptedException {
        RetentionReport report = RetentionExperiment.of(this::throwAway)
                .named("the library")
                .warmup(0)
                .failures(round.size())
                .rounds(ROUNDS)
                .concurrency(CONCURRENCY)
                .timeout("2 m")
                .budget(1)
                .run();
        System.out.println(report.text());
        System.out.println("wrong: " + wrong);
        System.out.println(alive() + " of " + loaders.size() + " class loaders are left");
    }

    private void throwAway(Attempt attempt) throws Exception {
        Case each = round.get((attempt.number() - 1) % round.size());
        Thread thread = Thread.currentThread();
        ClassLoader context = thread.getContextClassLoader();
        try (ThrowAwayLoader loader = new ThrowAwayLoader(each.extent)) {
            attempt.track(loader);
            loaders.add(new WeakReference<>(loader));
            thread.setContextClassLoader(loader);
            check(each, run(each, loader, attempt.number()));
            JdkCaches.forgetRecord();
        } finally {
            thread.setContextClassLoader(context);
        }
        throw new ThrownAwayException();
    }

    @SuppressWarnings("unchecked") // it is of another class loader, and so is its class
    private Map<String, String> run(Case each, ClassLoader loader, int number) throws ReflectiveOperationException {
        Object run = loader.loadClass(FixtureRun.class.getName())
                .getDeclaredConstructor()
                .newInstance();
        return ((BiFunction<Class<?>, Map<String, String>, Map<String, String>>) run)
                .apply(
                        loader.loadClass(Fixtures.class.getName() + "$" + each.fixture),
                        Map.of(
                                "retainless.heapdump",
                                each.heapDump,
                                "retainless.report.directory",
                                reports.resolve(Integer.toString(number)).toString()));
    }

    private void check(Case each, Map<String, String> outcomes) {
        String all = String.join(
                "\n",
                outcomes.entrySet().stream()
                        .map(Map.Entry::toString)
                        .map(text -> text.replace('=', ' '))
                        .toList());
        if (!all.matches(each.expected)) {
            wrong.add(each + ": " + all);
        }
    }

    /** Without the library: how many are left after some collections. */
    private long alive() throws InterruptedException {
        for (int i = 0; i < 10 && count() > 0; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return count();
    }

    private long count() {
        return loaders.stream().filter(loader -> !loader.refersTo(null)).count();
    }

    private static final class ThrownAwayException extends Exception {
        private static final long serialVersionUID = 1;
    }
}
