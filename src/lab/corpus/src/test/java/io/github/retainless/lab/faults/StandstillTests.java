package io.github.retainless.lab.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.testing.ChildJvm;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** An attempt in a JVM that now and then stands still, as while heaps are dumped or its machine sleeps. */
class StandstillTests {
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no process can be stopped for a while there")
    void timeInWhichTheJvmStandsStill_isNoneOfTheAttempt() {
        ChildJvm.Result child = ChildJvm.run(List.of(), Main.class);

        assertThat(child.err()).isEmpty();
        assertThat(child.out()).isEqualTo("RELEASED, 0 of 3 retained, 0 B");
        assertThat(child.exitCode()).isZero();
    }

    /** Runs for 50 ms and stands still for 400 ms, ten times in a row. */
    static final class Main {
        private static final String STAND_STILL =
                "for i in 1 2 3 4 5 6 7 8 9 10; do kill -STOP $0; sleep 0.4; kill -CONT $0; sleep 0.05; done";

        private Main() {}

        public static void main(String[] arguments) {
            RetentionReport report = RetentionExperiment.of(attempt -> {
                        if (attempt.number() == 1) {
                            standStill();
                        }
                        for (int i = 0; i < 30; i++) {
                            Thread.sleep(10);
                        }
                        throw new IllegalStateException("declined");
                    })
                    .failures(1)
                    .rounds(3)
                    .budget(1)
                    .warmup(0)
                    .timeout("1500 ms")
                    .run();
            System.out.print(report.toString().replaceFirst("^.*: ", ""));
        }

        private static void standStill() throws IOException {
            String pid = String.valueOf(ProcessHandle.current().pid());
            new ProcessBuilder("sh", "-c", STAND_STILL, pid).start();
        }
    }
}
