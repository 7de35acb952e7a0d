package io.github.retainless.lab.page;

import io.github.retainless.internal.output.page.Browser;
import io.github.retainless.internal.output.page.HtmlPage;
import io.github.retainless.internal.output.page.PageSamples;
import io.github.retainless.internal.output.results.WorstResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Takes the pictures of the page that the manual shows. Needs Chromium. */
public final class Screenshots {
    private Screenshots() {}

    /** @param arguments the folder */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0])).toRealPath();
        Path page = Files.createTempDirectory("retainless-page").resolve("index.html");
        WorstResults results = new WorstResults(HtmlPage.MOST_ROWS);
        PageSamples.everyVerdict().forEach(results::add);
        new HtmlPage(results, List.of()).write(page);
        try (Browser browser = Browser.open()) {
            browser.size(1200, 800, 1);
            browser.prefer("light");
            browser.show(page);
            shoot(browser, "body", folder.resolve("overview-light.png"));
            shoot(browser, "[id$=declinedCharge]", folder.resolve("leak-light.png"));
            browser.prefer("dark");
            shoot(browser, "[id$=keepsTheLast120]", folder.resolve("ring-buffer-dark.png"));
            shoot(browser, "[id$=expiresWithinSeconds]", folder.resolve("expiry-dark.png"));
            browser.size(390, 844, 1);
            browser.prefer("light");
            browser.show(page);
            shoot(browser, "body", folder.resolve("overview-narrow.png"));
        }
    }

    private static void shoot(Browser browser, String place, Path file) throws IOException {
        browser.drawAll();
        browser.run(
                """
                document.documentElement.style.scrollBehavior = "auto";
                document.querySelector(arguments[0]).scrollIntoView();
                """,
                place);
        browser.drawAll();
        browser.screenshot(file);
    }
}
