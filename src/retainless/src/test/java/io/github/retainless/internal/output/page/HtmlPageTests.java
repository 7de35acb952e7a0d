package io.github.retainless.internal.output.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.internal.output.results.TestResult;
import io.github.retainless.internal.output.results.WorstResults;
import io.github.retainless.testing.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Slow("runs a whole experiment for its sample")
class HtmlPageTests {
    private static final TestResult LEAK = PageSamples.leak();

    @TempDir
    Path folder;

    @Test
    void pageOfFiftyLeaks_isSmall() throws IOException {
        WorstResults results = new WorstResults(HtmlPage.MOST_ROWS);
        for (int i = 0; i < 50; i++) {
            results.add(named(LEAK, "declinedCharge" + i + "()"));
        }
        Path page = folder.resolve("index.html");

        new HtmlPage(results, List.of()).write(page);

        assertThat(Files.readString(page))
                .containsOnlyOnce(" id=\"io.acme.payments.PaymentDispatcherTest.declinedCharge49__\"");
        assertThat(Files.size(page)).isLessThan(300_000);
    }

    @Test
    void pageWithoutItsScript_hasNoButtons() throws IOException {
        WorstResults results = new WorstResults(HtmlPage.MOST_ROWS);
        results.add(LEAK);
        Path page = folder.resolve("index.html");

        new HtmlPage(results, List.of()).write(page);

        assertThat(Files.readString(page)).contains("<figure>").doesNotContain("<button");
    }

    private static TestResult named(TestResult result, String name) {
        return new TestResult(
                result.className() + "." + name,
                result.className(),
                name,
                result.passed(),
                result.message(),
                result.remarks(),
                result.baseline(),
                result.figures(),
                result.report());
    }
}
