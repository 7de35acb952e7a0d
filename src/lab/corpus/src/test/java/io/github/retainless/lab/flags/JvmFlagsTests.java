package io.github.retainless.lab.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.lab.subjects.JdkSubject;
import io.github.retainless.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole experiments in JVMs whose flags make collecting hard or impossible. */
class JvmFlagsTests {
    /** Prints verdict, proof, reason and remedy of one subject. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            for (String subject : arguments) {
                RetentionReport report = JdkSubject.valueOf(subject).run();
                System.out.println(
                        report.verdict() + "|" + report.proof() + "|" + report.reason() + "|" + report.remedy());
            }
            System.exit(0);
        }
    }

    /** Two threads that are in JNI critical sections nearly all the time. */
    static final class Deflating {
        private Deflating() {}

        public static void main(String[] arguments) {
            for (int i = 0; i < 2; i++) {
                Thread thread = new Thread(Deflating::deflate);
                thread.setDaemon(true);
                thread.start();
            }
            Main.main(arguments);
        }

        private static void deflate() {
            byte[] input = new byte[1 << 20];
            byte[] output = new byte[1 << 20];
            while (true) {
                Deflater deflater = new Deflater();
                deflater.setInput(input);
                deflater.finish();
                deflater.deflate(output);
                deflater.end();
            }
        }
    }

    @Test
    void threadsInNativeCode_collectionIsProvenOrTheyAreNamed_andTheJvmPrintsNothing() {
        ChildJvm.Result result = ChildJvm.run(List.of("-XX:+UseG1GC"), Deflating.class, "NOTHING_KEPT");

        assertThat(result.out().strip())
                .isIn(
                        "RELEASED|System.gc()||",
                        "RELEASED|DiagnosticCommand gcRun||",
                        "UNDECIDED||the heap could not be collected|neither System.gc() nor a diagnostic command could"
                                + " force a collection: some JVMs cannot collect while a thread is busy in native code,"
                                + " compressing say; let it pause during the test");
        assertThat(result.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "-XX:+UseSerialGC, DiagnosticCommand gcRun",
        "-XX:+UseParallelGC, DiagnosticCommand gcRun",
        "-XX:+UseG1GC, DiagnosticCommand gcRun",
        "-XX:+UseZGC, DiagnosticCommand gcRun"
    })
    void explicitGcOff_anotherLeverProvesTheCollection(String collector, String lever) throws Exception {
        String clean = "RELEASED|" + lever + "||";
        String leaking = "GROWING|" + lever + "||";

        ChildJvm.Result result = run(List.of(collector, "-XX:+DisableExplicitGC"), "NOTHING_KEPT", "ALL_KEPT");

        assertThat(result.out().lines()).containsExactly(clean, leaking);
        assertThat(result.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseG1GC", "-XX:+UseShenandoahGC"})
    void explicitGcConcurrent_verdictIsRight(String collector) throws Exception {
        ChildJvm.Result result =
                run(List.of(collector, "-XX:+ExplicitGCInvokesConcurrent"), "NOTHING_KEPT", "LAST_ERROR", "ALL_KEPT");

        assertThat(result.out().lines().map(line -> line.replaceAll("\\|.*", "")))
                .containsExactly("RELEASED", "BOUNDED", "GROWING");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-Xlog:disable -XX:+UnlockExperimentalVMOptions -XX:+UseEpsilonGC | this JVM runs the Epsilon collector, which frees"
                        + " nothing: run the tests without -XX:+UseEpsilonGC",
                "-XX:+UseShenandoahGC -XX:+DisableExplicitGC | this JVM runs Shenandoah, which cannot be told to"
                        + " collect while explicit GC is off: run the tests without -XX:+DisableExplicitGC"
            })
    void nothingCollects_undecidedWithARemedy(String flags, String remedy) throws Exception {
        ChildJvm.Result result = run(List.of(flags.split(" ")), "NOTHING_KEPT", "ALL_KEPT");

        assertThat(result.out().lines())
                .hasSize(2)
                .containsOnly("UNDECIDED||the heap could not be collected|" + remedy);
    }

    private static ChildJvm.Result run(List<String> flags, String... subjects) throws Exception {
        ChildJvm.Result version = ChildJvm.run(flags, Main.class);
        assumeTrue(
                version.exitCode() == 0 || !version.err().contains("not supported"),
                () -> "this JDK has no such collector: " + version.err());
        List<String> all = new ArrayList<>(flags);
        all.add("-Xmx128m");
        return ChildJvm.run(all, Main.class, subjects);
    }
}
