package io.github.retainless.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CorpusProgramsTests {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([\\w-]+)` \\|.* -pl src/lab/corpus -am verify -Dlab=\\1[` ].*");

    @Test
    void readme_table_hasTheCommandOfEachProgram() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));

        assertThat(ROW.matcher(readme).results().map(row -> row.group(1)))
                .as("the programs in the table of src/lab/README.md")
                .containsExactlyInAnyOrderElementsOf(CorpusPrograms.ALL.keySet());
    }
}
