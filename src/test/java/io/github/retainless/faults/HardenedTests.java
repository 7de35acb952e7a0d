package io.github.retainless.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.retainless.AsyncTask;
import io.github.retainless.NoExceptionRetention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JVMs that may write nowhere, or have no room to write: verdicts stand, and say what is missing. */
class HardenedTests {
    @TempDir
    Path folder;

    @Test
    void readOnlyRoot_verdictsStand() throws IOException {
        Path out = Files.createFile(folder.resolve("out"));
    }
}
