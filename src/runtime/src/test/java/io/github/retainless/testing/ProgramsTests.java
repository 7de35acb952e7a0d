package io.github.retainless.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.testing.Programs.Program;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramsTests {
    private static final Program TRIALS = Program.of(arguments -> {}, "500", "4", "CLEAN LEAKING");

    static final class Echo {
        public static void main(String[] arguments) throws Exception {
            Program echo = Program.of(all -> System.out.print(String.join(",", all)), "one", "two");
            Programs.run(Map.of("echo", echo), arguments);
        }
    }

    @Test
    void complete_fewerArgumentsThanDefaults_addsTheDefaultsOfTheOthers() {
        assertThat(TRIALS.complete(List.of())).containsExactly("500", "4", "CLEAN", "LEAKING");
        assertThat(TRIALS.complete(List.of("2"))).containsExactly("2", "4", "CLEAN", "LEAKING");
        assertThat(TRIALS.complete(List.of("2", "4", "LEAKING"))).containsExactly("2", "4", "LEAKING");
    }

    @Test
    void complete_emptyDefault_isAnEmptyArgument() {
        assertThat(Program.of(arguments -> {}, "").complete(List.of())).containsExactly("");
    }

    @Test
    void run_knownName_runsTheProgramWithItsArguments() {
        assertThat(ChildJvm.run(List.of(), Echo.class, "echo", "1")).isEqualTo(new ChildJvm.Result(0, "1,two", ""));
    }

    @Test
    void run_unknownName_printsTheNamesAndEndsWithCode2() {
        ChildJvm.Result result = ChildJvm.run(List.of(), Echo.class, "ecco");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).isEqualToIgnoringNewLines("There is no program \"ecco\". The programs are: echo");
    }
}
