package io.github.retainless.lab.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.retainless.AsyncTask;
import io.github.retainless.NoExceptionRetention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JVMs that may write nowhere, or find no room: verdicts stand, and say what is missing. */
class HardenedTests {
    private static final String MESSAGE = "leaks() retains the exceptions it throws: 5 of every 5 stay reachable, 720 B"
            + " each. <rounds> GROWING, 720 B per failure: <full> Grew to <n> in <n> failures; a limit above that was not"
            + " looked for. java.lang.IllegalStateException, 768 B each: backtrace 680 B · message 48 B · rest 40 B Who"
            + " retains them could not be found out: %s. Let java.io.tmpdir point to a folder that can be written to"
            + " and has room. <jvm> Report: not written, %s";

    @TempDir
    Path folder;

    @Test
    void filesWhereFoldersShouldBe_verdictsStand() throws IOException {
        Build build = new Build(folder);
        Files.delete(build.temporary());
        Files.writeString(build.temporary(), "no folder");
        Files.writeString(build.reports(), "no folder");

        check(
                build.run(List.of(), LeakingTestCases.class),
                "there is no folder to write a heap dump to, java.nio.file.FileSystemException: <path>: Not a"
                        + " directory",
                "java.nio.file.FileAlreadyExistsException: " + build.reports());
    }

    @Test
    void noWritePermission_verdictsStand() throws IOException, InterruptedException {
        Build build = new Build(folder);
        Files.createDirectory(build.reports());
        List<String> obeying = obeyingPermissions(build);

        Build.Ended ended = build.runAs(obeying, List.of(), LeakingTestCases.class);

        check(
                ended,
                "there is no folder to write a heap dump to, java.nio.file.AccessDeniedException: <path>",
                "java.nio.file.AccessDeniedException: <part>");
        assertThat(build.temporary()).isEmptyDirectory();
        assertThat(build.reports()).isEmptyDirectory();
    }

    /** Root may write wherever it likes unless that is taken from it. */
    private static List<String> obeyingPermissions(Build build) throws IOException, InterruptedException {
        for (Path path : List.of(build.temporary(), build.reports())) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r-xr-xr-x"));
        }
        List<String> touch =
                List.of("touch", build.temporary().resolve("touched").toString());
        if (!works(touch)) {
            return List.of();
        }
        Files.delete(build.temporary().resolve("touched"));
        List<String> obeying = List.of("setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override");
        assumeTrue(works(obeying, "true") && !works(obeying, touch.toArray(String[]::new)), "root cannot be bound");
        return obeying;
    }

    @Test
    void readOnlyRoot_verdictsStand() throws IOException, InterruptedException {
        Build build = new Build(folder);

        Build.Ended ended =
                build.runAs(withMounts("mount -o remount,bind,ro /", ":"), List.of(), LeakingTestCases.class);

        check(
                ended,
                "there is no folder to write a heap dump to, java.nio.file.FileSystemException: <path>: Read-only file"
                        + " system",
                "java.nio.file.FileSystemException: " + build.reports() + ": Read-only file system");
        assertThat(build.temporary()).isEmptyDirectory();
        assertThat(build.reports()).doesNotExist();
    }

    @Test
    void fullDisks_verdictsStandAndNothingIsLeft() throws IOException, InterruptedException {
        Build build = new Build(folder);
        Files.createDirectory(build.reports());
        String disks = build.temporary() + " " + build.reports();

        Build.Ended ended = build.runAs(
                withMounts(
                        "for disk in " + disks + "; do mount -t tmpfs -o size=64k tmpfs $disk"
                                + " && head -c 64k /dev/zero > $disk/filling; done",
                        "echo left: $(ls -A " + disks + ")"),
                List.of(),
                LeakingTestCases.class);

        check(
                ended,
                "a heap dump takes up to <size>, but the disk of " + build.temporary() + " has only 0 B left",
                "java.io.IOException: No space left on device");
        assertThat(ended.out())
                .contains("\nleft: " + build.reports() + ": .page.lock filling " + build.temporary() + ": filling\n");
    }

    /** What runs a command with mounts of its own, and another one after it. */
    private static List<String> withMounts(String mounting, String afterwards)
            throws IOException, InterruptedException {
        String script = mounting + " && \"$@\"; code=$?; " + afterwards + "; exit $code";
        List<String> command = List.of("unshare", "--mount", "sh", "-c", script, "sh");
        assumeTrue(works(command, "true"), "only root may mount, and not in each container");
        return command;
    }

    private static boolean works(List<String> before, String... more) throws InterruptedException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(more));
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }

    private static void check(Build.Ended ended, String lost, String unwritten) {
        ended.assertHarmless();
        assertThat(normalized(ended.test("leaks").message())).isEqualTo(MESSAGE, lost, unwritten);
        assertThat(ended.test("leaks").verdict()).isEqualTo("GROWING");
    }

    private static String normalized(String message) {
        return message.replaceAll("\\s+", " ")
                .replaceAll("(?<=each\\.) round failures .*(?= GROWING)", " <rounds>")
                .replaceAll("a [\\d.]+ [MG]iB heap is full after [\\d,]+ failures", "<full>")
                .replaceAll("Grew to (\\d+) in \\1 failures", "Grew to <n> in <n> failures")
                .replaceAll("takes up to [\\d.]+ MiB", "takes up to <size>")
                .replaceAll("/\\S+/retainless-[\\d-]+", "<path>")
                .replaceAll("/\\S+\\.part$", "<part>")
                .replaceAll("JDK .* Report: ", "<jvm> Report: ");
    }

    @NoExceptionRetention(failures = 5, rounds = 3, warmup = 2, budget = 1)
    static class LeakingTestCases {
        private final List<Throwable> kept = new ArrayList<>();

        @AsyncTask
        void leaks() {
            IllegalStateException declined = new IllegalStateException("declined");
            kept.add(declined);
            throw declined;
        }
    }
}
