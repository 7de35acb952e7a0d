package io.github.retainless.lab.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.merge.Main;
import io.github.retainless.merge.SyntheticResults;
import io.github.retainless.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merges the results of more tests than its heap has room for. */
class MergeOfManyTests {
    @Test
    void hundredThousandTests_areMergedInSixtyFourMebibytes(@TempDir Path folder) throws IOException {
        SyntheticResults.write(folder, 100, 1_000);

        ChildJvm.Result merge = ChildJvm.run(
                List.of("-Xmx64m", "-Xlog:gc:" + folder.resolve("gc.log")),
                Main.class,
                "--out",
                folder.resolve("page").toString(),
                folder.toString());

        assertThat(merge.err()).isEmpty();
        assertThat(merge.out())
                .startsWith("retainless: 100,000 tests, 50,000 failed; 50,000 RELEASED, 50,000 GROWING\n");
        assertThat(merge.exitCode()).isEqualTo(1);
        assertThat(folder.resolve("page/index.html")).content(UTF_8).contains("of 100,000 tests");
    }
}
