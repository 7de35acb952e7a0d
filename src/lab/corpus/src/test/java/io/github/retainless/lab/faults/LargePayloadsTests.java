package io.github.retainless.lab.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Payloads of 64 MiB in a heap of 256 MiB, each time in a JVM of its own. */
class LargePayloadsTests {
    private static final int PAYLOAD = 64 << 20;

    private static final class BigException extends Exception {
        private static final long serialVersionUID = 1;

        private final transient byte[] payload = new byte[PAYLOAD];
    }

    /** Prints the verdict and the reason of one scenario. */
    static final class Main {
        private static volatile Object slot;

        private Main() {}

        public static void main(String[] arguments) {
            ExecutorService pool = Executors.newSingleThreadExecutor();
            List<Throwable> kept = new ArrayList<>();
            RetentionExperiment experiment =
                    switch (arguments[0]) {
                        case "clean" -> failing(failure -> {}).on(pool);
                        case "last" -> failing(failure -> slot = failure);
                        case "leak" -> failing(kept::add);
                        case "leakOnPool" -> failing(kept::add).on(pool);
                        case "hiddenLeak" ->
                            RetentionExperiment.of(() -> CompletableFuture.runAsync(
                                    () -> {
                                        throw new IllegalStateException(keep(kept));
                                    },
                                    pool));
                        case "cleanBesideAnother" -> {
                            fillForAMoment();
                            yield failing(failure -> {});
                        }
                        case "wasteful" -> failing(failure -> waste(400));
                        case "wastefulOnMany" ->
                            RetentionExperiment.of((RetentionExperiment.Action) () -> {
                                        waste(100);
                                        throw new IllegalStateException();
                                    })
                                    .concurrency(4);
                        case "wastefulLeak" ->
                            failing(failure -> {
                                waste(400);
                                kept.add(failure);
                            });
                        case "tooManyAtOnce" ->
                            failing(failure -> holdForTwoSeconds()).concurrency(8);
                        default -> throw new IllegalArgumentException(arguments[0]);
                    };
            RetentionReport report = experiment.failures(5).rounds(3).budget(2).run();
            System.out.println(report.verdict() + ": " + report.reason().replaceAll("[\\d.]+ [MG]iB", "SIZE") + "; "
                    + report.remedy());
            System.exit(0);
        }

        /** As another test does that needs most of the heap, but not for long. */
        private static void fillForAMoment() {
            slot = new byte[1160][200_000];
            Thread other = new Thread(() -> {
                try {
                    Thread.sleep(300);
                } catch (InterruptedException ended) {
                    return;
                }
                slot = null;
            });
            other.setDaemon(true);
            other.start();
        }

        private static void holdForTwoSeconds() {
            try {
                Thread.sleep(2_000);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }

        private static void waste(int mebibytes) {
            for (int i = 0; i < mebibytes; i++) {
                slot = new byte[1 << 20];
            }
            slot = null;
        }

        private static Throwable keep(List<Throwable> kept) {
            BigException failure = new BigException();
            kept.add(failure);
            return failure;
        }

        private static RetentionExperiment failing(java.util.function.Consumer<Throwable> keeper) {
            return RetentionExperiment.of((RetentionExperiment.Action) () -> {
                BigException failure = new BigException();
                keeper.accept(failure);
                throw failure;
            });
        }
    }

    @Test
    void clean_isReleased() throws Exception {
        assertThat(verdictOf("clean")).isEqualTo("RELEASED: ;");
    }

    @Test
    void heapThatAnotherFillsForAMoment_isWaitedFor() throws Exception {
        assertThat(verdictOf("cleanBesideAnother")).isEqualTo("RELEASED: ;");
    }

    /** What attempts allocate and drop at once fills no heap, be it more than all of it. */
    @Test
    void garbage_isNotTakenForWhatIsKept() throws Exception {
        assertThat(verdictOf("wasteful")).isEqualTo("RELEASED: ;");
        assertThat(verdictOf("wastefulOnMany")).isEqualTo("RELEASED: ;");
        assertThat(verdictOf("wastefulLeak")).startsWith("GROWING: ").matches(".*(stopped early|ran out of memory).*");
    }

    @Test
    void lastError_isBounded() throws Exception {
        assertThat(verdictOf("last")).isEqualTo("BOUNDED: ;");
    }

    @Test
    void leak_isGrowingAndSaysThatItStoppedEarly() throws Exception {
        assertThat(verdictOf("leak")).startsWith("GROWING: ").matches(".*(stopped early|ran out of memory).*");
        assertThat(verdictOf("leakOnPool")).startsWith("GROWING: ").matches(".*(stopped early|ran out of memory).*");
    }

    @Test
    void leakOnThreadsNobodyShowsUs_isGrowing() throws Exception {
        assertThat(verdictOf("hiddenLeak"))
                .startsWith("GROWING: attempt ")
                .endsWith("ran out of memory (java.lang.OutOfMemoryError: Java heap space); "
                        + "Raise -Xmx, or make the payloads smaller.");
    }

    @Test
    void noRoomForAllAttemptsAtATime_isUndecidedAndSaysWhatToDo() throws Exception {
        assertThat(verdictOf("tooManyAtOnce"))
                .startsWith("UNDECIDED: ")
                .matches(".*(8 attempts allocate SIZE|ran out of memory).*")
                .endsWith("Raise -Xmx, or make the payloads smaller.");
    }

    private static String verdictOf(String scenario) throws Exception {
        ChildJvm.Result result = ChildJvm.run(List.of("-Xmx256m"), Main.class, scenario);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out().strip();
    }
}
