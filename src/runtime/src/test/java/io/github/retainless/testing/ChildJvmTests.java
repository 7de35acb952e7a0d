package io.github.retainless.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChildJvmTests {
    static final class Echo {
        public static void main(String[] args) {
            System.out.print(String.join(",", args) + System.getProperty("flag"));
            System.err.print("on stderr");
            System.exit(3);
        }
    }

    @Test
    void run_mainWithFlagsAndArguments_returnsCodeAndBothStreams() {
        ChildJvm.Result result = ChildJvm.run(List.of("-Dflag=set"), Echo.class, "a", "b");

        assertThat(result).isEqualTo(new ChildJvm.Result(3, "a,bset", "on stderr"));
    }
}
