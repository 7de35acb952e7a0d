package io.github.retainless.lab.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.HeapDumps;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.internal.run.FastPacing;
import io.github.retainless.internal.text.ReportText;
import io.github.retainless.testing.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whole experiments in JVMs that cannot dump their heap, or not read the dump: the verdict stands. */
class HeapDumpFaultsTests {
    private static final String LOST = "Who retains them could not be found out: ";
    private static final String REMEDY = ". Let java.io.tmpdir point to a folder that can be written to and has room.";
    private static final String FOUND = "STATIC io.github.retainless.lab.faults.HeapDumpFaultsTests$Main.KEPT"
            + " | ELEMENT java.util.ArrayList.*\n";

    @TempDir
    static Path folder;

    private static CompletableFuture<ChildJvm.Result> noAttaching = new CompletableFuture<>();
    private static CompletableFuture<ChildJvm.Result> noDumps = new CompletableFuture<>();
    private static CompletableFuture<ChildJvm.Result> noFolder = new CompletableFuture<>();
    private static CompletableFuture<ChildJvm.Result> noRoom = new CompletableFuture<>();

    /** Leaks, and prints the report. */
    static final class Main {
        static final List<Throwable> KEPT = new ArrayList<>();
        static final List<Object[]> SMALL_OBJECTS = new ArrayList<>();

        private Main() {}

        static final class Declined extends RuntimeException {
            private static final long serialVersionUID = 1;

            private final byte[] payload;

            Declined(int bytes) {
                payload = new byte[bytes];
            }
        }

        /**
         * Runs the experiment.
         *
         * @param arguments {@code crowded} if the heap is to be full of small objects, and then to be filled up by the
         *     failures; {@code off} if no dump is to be made
         */
        public static void main(String[] arguments) {
            FastPacing.useIfAsked();
            boolean isCrowded = List.of(arguments).contains("crowded");
            for (int i = 0; i < (isCrowded ? 1_500 : 0); i++) {
                Object[] some = new Object[1_000];
                for (int j = 0; j < some.length; j++) {
                    some[j] = new Object[] {some};
                }
                SMALL_OBJECTS.add(some);
            }
            RetentionReport report = RetentionExperiment.of(() -> {
                        Declined declined = new Declined(isCrowded ? 1 << 20 : 16);
                        KEPT.add(declined);
                        throw declined;
                    })
                    .failures(20)
                    .rounds(3)
                    .heapDumps(List.of(arguments).contains("off") ? HeapDumps.NONE : HeapDumps.TEMPORARY)
                    .run();
            System.out.println(ReportText.of(report));
            System.out.println("verdict: " + report.verdict());
            System.out.println("missing: " + report.explanation().missing());
            System.out.println("dump: " + report.explanation().heapDump());
            report.explanation()
                    .signatures()
                    .forEach(signature -> System.out.println(String.join(
                            " | ",
                            signature.path().stream()
                                    .map(step -> step.kind() + " " + step.holder() + "." + step.member())
                                    .toList())));
        }
    }

    private static void assertStands(ChildJvm.Result result, String missing, String path) {
        assertThat(result.out())
                .startsWith("the task retains the exceptions it throws: 20 of every 20 stay reachable")
                .contains("\n  round   failures   retained   footprint\n      1         20         20 ", "   GROWING, ")
                .endsWith("\nverdict: GROWING\nmissing: " + missing + "\ndump: \n" + path);
        assertThat(result.exitCode()).isZero();
    }

    /** At the same time, since each JVM waits for its experiment's heap to settle. */
    @BeforeAll
    static void startAll() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        Files.createDirectory(temporary());
        noAttaching = start(() -> ChildJvm.run(List.of(FastPacing.FLAG, "-XX:+DisableAttachMechanism"), Main.class));
        noDumps = start(() -> ChildJvm.run(List.of(FastPacing.FLAG), Main.class, "off"));
        noFolder = start(() -> ChildJvm.run(List.of(FastPacing.FLAG, "-Djava.io.tmpdir=" + file), Main.class));
        noRoom = start(HeapDumpFaultsTests::runWithSmallFiles);
    }

    private static CompletableFuture<ChildJvm.Result> start(Supplier<ChildJvm.Result> run) {
        return CompletableFuture.supplyAsync(run, task -> new Thread(task).start());
    }

    private static Path temporary() {
        return folder.resolve("temporary");
    }

    /** A file may have 512 KB at the most, or 256: writing fails then as it does on a disk that fills up meanwhile. */
    private static ChildJvm.Result runWithSmallFiles() {
        Path out = folder.resolve("out");
        try {
            int exitCode = new ProcessBuilder(
                            "sh",
                            "-c",
                            "ulimit -f 512 && exec \"$@\"",
                            "sh",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            FastPacing.FLAG,
                            "-Djava.io.tmpdir=" + temporary(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start()
                    .waitFor();
            return new ChildJvm.Result(exitCode, Files.readString(out), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    void attachingIsOff_pathIsFoundAllTheSame() {
        assertStands(noAttaching.join(), "", FOUND);
        assertThat(noAttaching.join().err()).isEmpty();
    }

    @Test
    void dumpsAreOff_verdictStands() {
        assertStands(noDumps.join(), "Who retains them was not looked for, since heap dumps are off.", "");
        assertThat(noDumps.join().err()).isEmpty();
    }

    @Test
    void noFolderForTemporaryFiles_verdictStands() {
        String out = noFolder.join().out();
        String reason = out.replaceFirst("(?s).*to write a heap dump to, (java\\.nio\\.file\\.[^\n]+?)\\. Let.*", "$1");

        assertThat(reason).matches("java\\.nio\\.file\\.\\w+: .*");
        assertStands(noFolder.join(), LOST + "there is no folder to write a heap dump to, " + reason + REMEDY, "");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no ulimit")
    void writingFails_verdictStandsAndNothingIsLeft() {
        assertStands(
                noRoom.join(),
                LOST + "a heap dump could not be written to " + temporary() + ", File too large" + REMEDY,
                "");
        assertThat(temporary()).isEmptyDirectory();
    }

    @Test
    void heapIsFullOfSmallObjects_anotherJvmFindsThePath() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        ChildJvm.Result result = ChildJvm.run(
                List.of(FastPacing.FLAG, "-Xmx128m", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + empty),
                Main.class,
                "crowded");

        assertStands(result, "", FOUND);
        assertThat(result.out()).contains("\n  Stopped early, with ");
        assertThat(result.err()).isEmpty();
        assertThat(empty).isEmptyDirectory();
    }

    @Test
    void heapFullOfSmallObjectsOfFailures_isGrowingAndSaysWhoHoldsThem() throws Exception {
        ChildJvm.Result result = ChildJvm.run(List.of(FastPacing.FLAG, "-Xmx128m"), Bulky.class);

        assertThat(result.out())
                .contains(
                        "\n  Footprints marked + are at least that large",
                        "\n  Stopped early, with ",
                        ".KEPT : ArrayList")
                .endsWith("GROWING\n");
    }

    /** Failures whose weight is in many small objects, so that weighing them takes much room itself. */
    static final class Bulky extends RuntimeException {
        private static final long serialVersionUID = 1;
        private static final List<Bulky> KEPT = new ArrayList<>();

        private final transient List<int[]> items = new ArrayList<>();

        private Bulky() {
            for (int i = 0; i < 20_000; i++) {
                items.add(new int[1]);
            }
        }

        public static void main(String[] arguments) {
            FastPacing.useIfAsked();
            RetentionReport report = RetentionExperiment.of((RetentionExperiment.Action) () -> {
                        Bulky failure = new Bulky();
                        KEPT.add(failure);
                        throw failure;
                    })
                    .failures(20)
                    .run();
            System.out.println(ReportText.of(report));
            System.out.println(report.verdict());
        }
    }
}
