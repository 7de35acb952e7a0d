package io.github.retainless.internal.output.page;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import io.github.retainless.internal.output.results.TestResult;
import io.github.retainless.internal.output.results.WorstResults;
import io.github.retainless.testing.Slow;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * The page as a browser shows it. Without one these tests are skipped, unless {@code -Dretainless.browser=required}.
 */
@ExtendWith(PageInBrowserTests.WithBrowser.class)
@Tag("any-jdk") // takes long, and is the same on all
@Slow("starts a browser and opens pages in it")
class PageInBrowserTests {
    /** A condition rather than an assumption before all, of which Surefire says nothing. */
    static final class WithBrowser implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return Browser.missing().isEmpty()
                            || System.getProperty("retainless.browser", "").equals("required")
                    ? ConditionEvaluationResult.enabled("")
                    : ConditionEvaluationResult.disabled("The page is not looked at: " + Browser.missing());
        }
    }

    private static final String CONTRASTS =
            """
            const luminance = colour => {
              const [r, g, b] = colour.match(/[\\d.]+/g).map(c => c / 255)
                .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
              return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const isClear = colour => /, 0\\)$|transparent/.test(colour);
            const background = element => {
              const colour = getComputedStyle(element).backgroundColor;
              return isClear(colour) && element.parentElement ? background(element.parentElement) : colour;
            };
            const poor = [];
            let texts = 0;
            for (const element of document.body.querySelectorAll("*")) {
              const hasText = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
              if (!hasText || element.getClientRects().length === 0 || element.closest("script")) continue;
              texts++;
              const [a, b] = [getComputedStyle(element).color, background(element)].map(luminance);
              const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
              if (!(contrast >= 4.5)) poor.push(element.className + " " + element.textContent.slice(0, 40) + " " + contrast);
            }
            return texts < 100 ? ["only " + texts + " texts"] : poor;
            """;

    @TempDir
    static Path folder;

    private static final List<TestResult> TESTS = new ArrayList<>();
    private static Browser browser;
    private static Path page;

    @BeforeAll
    static void openBrowser() throws IOException {
        if (!Browser.missing().isEmpty()) {
            fail("The page can't be looked at: " + Browser.missing());
        }
        TESTS.addAll(PageSamples.everyVerdict());
        TestResult leak = TESTS.get(0);
        PageSamples.HOSTILE.forEach(text -> TESTS.add(PageSamples.hostile(leak, text)));
        WorstResults results = new WorstResults(HtmlPage.MOST_ROWS);
        TESTS.forEach(results::add);
        page = folder.resolve("index.html");
        new HtmlPage(results, PageSamples.HOSTILE).write(page);
        browser = Browser.open();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void showPage() {
        browser.prefer("light");
        browser.size(1200, 800, 1);
        browser.show(page);
    }

    @AfterEach
    void nothingOnTheConsoleAndNothingFetched() {
        assertThat(browser.console()).isEmpty();
        assertThat(browser.requested()).isNotEmpty().allMatch(page.toUri().toString()::equals);
        assertThat(browser.run("return window.harmed")).isNull();
    }

    @Test
    void page_hasARowAndASectionForEachTest() {
        assertThat(browser.driver.getTitle()).isEqualTo("Retention of exceptions");
        assertThat(all(".overview tbody tr")).hasSameSizeAs(TESTS);
        assertThat(all("section.test")).hasSameSizeAs(TESTS);
        assertThat(all(".count .verdict"))
                .extracting(WebElement::getText)
                .containsExactly("GROWING", "UNDECIDED", "BOUNDED", "RELEASED");
    }

    @Test
    void link_leadsToItsTest() {
        List<WebElement> links = all(".overview a");
        assertThat(links).hasSameSizeAs(TESTS);
        for (WebElement link : links) {
            Object section = browser.run(
                    """
                    document.documentElement.style.scrollBehavior = "auto";
                    arguments[0].click();
                    const section = document.querySelector("section:target");
                    const heading = section.querySelector("h2").getBoundingClientRect();
                    return heading.top >= 0 && heading.top < innerHeight && heading.height > 0
                      ? section.querySelector("h2 bdi").textContent : "out of sight: " + heading.top;
                    """,
                    link);
            assertThat(section).isEqualTo(browser.run("return arguments[0].textContent", link));
        }
    }

    @Test
    void charts_areDrawnAndSaidInWords() {
        browser.drawAll();

        List<?> blank = (List<?>)
                browser.run(
                        """
                return [...document.querySelectorAll("[data-kind]")].filter(box => {
                  const canvas = box.querySelector("canvas");
                  const colours = new Set(new Uint32Array(
                    canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer));
                  return colours.size < 2;
                }).map(box => box.outerHTML.slice(0, 200));
                """);

        assertThat(blank).isEmpty();
        assertThat(all("[data-kind=ages]")).hasSize(TESTS.size() - 1);
        assertThat(all("[role=img]")).allSatisfy(image -> assertThat(image.getDomAttribute("aria-label"))
                .isNotBlank());
        assertThat(find("[data-kind=retained]").getDomAttribute("aria-label"))
                .startsWith("Retained: 100 after 100, 200 after 200")
                .endsWith(" failures");
    }

    @Test
    void hostileText_staysText() {
        assertThat(browser.run("return document.scripts.length")).isEqualTo(1L);
        assertThat(browser.run("return document.images.length")).isEqualTo(0L);
        assertThat(
                        (List<?>)
                                browser.run(
                                        """
                        return [...document.querySelectorAll("*")].flatMap(element => [...element.attributes])
                          .filter(attribute => attribute.name.startsWith("on") || attribute.name === "autofocus"
                            || (attribute.name === "href" && !/^(#|\\.\\/)/.test(attribute.value)))
                          .map(attribute => attribute.name + "=" + attribute.value);
                        """))
                .isEmpty();
        // A path's words are made of names, which leave out what can't be printed.
        assertThat((List<?>) browser.run(
                        """
                        return arguments[0].filter(text =>
                          ![...document.querySelectorAll(".path bdi")].some(e => e.textContent.includes(text)));
                        """,
                        PageSamples.HOSTILE.subList(0, 8)))
                .isEmpty();
        List<String> places = List.of(
                "[role=note]",
                ".overview a bdi",
                ".overview .faint bdi",
                "h2 bdi",
                ".test .faint bdi",
                ".headline bdi",
                ".remark bdi",
                ".callout bdi",
                ".parts bdi",
                "details p");
        assertThat((List<?>) browser.run(
                        """
                        const [texts, places] = arguments;
                        return texts.flatMap(text => places
                          .filter(place => ![...document.querySelectorAll(place)].some(e => e.textContent.includes(text)))
                          .map(place => place + " lacks " + text.slice(0, 60)));
                        """,
                        PageSamples.HOSTILE.stream().map(PageSamples::shown).toList(),
                        places))
                .isEmpty();
    }

    @Test
    void keyboard_reachesEverything() {
        press(Keys.TAB);
        WebElement skip = browser.driver.switchTo().activeElement();
        assertThat(skip.getText()).isEqualTo("Skip to the tests");
        assertThat(skip.getRect().getX()).isNotNegative();
        assertIsMarked();
        for (WebElement link : all(".overview a")) {
            press(Keys.TAB);
            assertThat(browser.driver.switchTo().activeElement()).isEqualTo(link);
            assertIsMarked();
        }
        for (WebElement button : buttons(find("section.test"))) {
            press(Keys.TAB);
            assertThat(browser.driver.switchTo().activeElement()).isEqualTo(button);
            assertIsMarked();
        }
        press(Keys.TAB);
        WebElement summary = browser.driver.switchTo().activeElement();
        assertThat(summary.getTagName()).isEqualTo("summary");
        assertIsMarked();
        assertThat(find(".rounds").isDisplayed()).isFalse();
        press(Keys.ENTER);
        assertThat(summary.findElement(By.xpath("..")).getDomAttribute("open")).isNotNull();
        assertThat(summary.findElement(By.xpath("..//code")).isDisplayed()).isTrue();
    }

    @Test
    void skipLink_leavesTheOverviewBehind() {
        press(Keys.TAB);
        press(Keys.ENTER);
        press(Keys.TAB);

        assertThat(browser.driver.switchTo().activeElement())
                .isEqualTo(buttons(find("section.test")).get(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 360, 768, 1200})
    void page_neverScrollsSideways(int width) {
        browser.size(width, 740, 1);
        browser.show(page);
        browser.run("document.querySelectorAll('details').forEach(details => details.open = true)");
        browser.drawAll();

        assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(width);
        assertThat(
                        (List<?>)
                                browser.run(
                                        """
                        return [...document.querySelectorAll("body *:not(.skip)")]
                          .filter(element => element.getBoundingClientRect().right > innerWidth + 1)
                          .map(element => element.outerHTML.slice(0, 100));
                        """))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void text_canBeReadWell(String scheme) {
        browser.prefer(scheme);
        browser.run("document.querySelectorAll('details').forEach(details => details.open = true)");

        assertThat((Boolean) browser.run("return matchMedia('(prefers-color-scheme: dark)').matches"))
                .isEqualTo(scheme.equals("dark"));
        assertThat((List<?>) browser.run(CONTRASTS)).isEmpty();
    }

    @Test
    void colours_followTheReader() {
        Object light = browser.run("return getComputedStyle(document.body).backgroundColor");
        browser.prefer("dark");
        assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
                .isNotEqualTo(light);
    }

    @ParameterizedTest
    @CsvSource({"light, 1, ffffff", "dark, 2, 181d24"})
    void button_savesAPictureOfItsChart(String scheme, int scale, String background, @TempDir Path saved)
            throws IOException {
        browser.prefer(scheme);
        browser.size(1200, 800, scale);
        browser.show(page);
        browser.saveTo(saved);
        WebElement leak = browser.driver.findElement(By.id(TESTS.get(0).id()));
        assertThat(buttons(leak)).hasSize(3);
        for (WebElement button : buttons(leak)) {
            button.sendKeys(Keys.ENTER);
        }

        for (String chart : List.of("retained", "ages", "anatomy")) {
            BufferedImage picture = picture(saved.resolve(TESTS.get(0).id() + "-" + chart + ".png"));
            WebElement box = leak.findElement(By.cssSelector("figure:has([data-kind=" + chart + "])"));
            assertThat(picture.getWidth()).isBetween(scale * 400, scale * 1200);
            assertThat(picture.getHeight())
                    .isGreaterThan(scale
                                    * box.findElement(By.tagName("canvas"))
                                            .getRect()
                                            .getHeight()
                            + scale * 80);
            assertThat(Integer.toHexString(picture.getRGB(0, 0))).isEqualTo("ff" + background);
            int middle = picture.getHeight() / 2;
            assertThat(drawn(picture, 0, middle))
                    .describedAs("%s, upper half", chart)
                    .isBetween(0.005, 0.9);
            assertThat(drawn(picture, middle, picture.getHeight()))
                    .describedAs("%s, lower half", chart)
                    .isBetween(0.005, 0.9);
        }
    }

    @Test
    void buttons_sayWhichChartTheySave() {
        WebElement leak = browser.driver.findElement(By.id(TESTS.get(0).id()));
        assertThat(buttons(leak))
                .allSatisfy(button -> assertThat(button.getText()).isEqualTo("Save as picture"))
                .extracting(WebElement::getAccessibleName)
                .containsExactly(
                        "Save as picture: Retained and their bytes, declinedCharge()",
                        "Save as picture: Retained, by age, declinedCharge()",
                        "Save as picture: "
                                + leak.findElement(By.cssSelector("figure h3")).getText() + ", declinedCharge()");
        assertThat(all("button"))
                .hasSameSizeAs(all("figure"))
                .extracting(WebElement::getAccessibleName)
                .doesNotHaveDuplicates();
    }

    @Test
    void pictureOfATestWithAHostileName_hasASafeName() {
        List<?> names = (List<?>)
                browser.driver.executeAsyncScript(
                        """
                const done = arguments[0];
                const buttons = [...document.querySelectorAll("figure button")];
                const names = [];
                HTMLAnchorElement.prototype.click = function() {
                  names.push(this.download);
                  if (names.length === buttons.length) done(names);
                };
                buttons.forEach(button => button.click());
                """);

        assertThat(names).hasSameSizeAs(all("figure")).allSatisfy(name -> assertThat((String) name)
                .matches("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]*-(retained|ages|anatomy)(-\\d)?\\.png")
                .hasSizeLessThan(180));
    }

    /** Waits until the browser has saved the whole picture. */
    private static BufferedImage picture(Path file) throws IOException {
        await().atMost(20, SECONDS).until(() -> Files.exists(file) && ImageIO.read(file.toFile()) != null);
        assertThat(Files.readAllBytes(file)).startsWith(0x89, 'P', 'N', 'G');
        return ImageIO.read(file.toFile());
    }

    /** Returns the share of the pixels in these rows that are not background. */
    private static double drawn(BufferedImage picture, int top, int bottom) {
        int width = picture.getWidth();
        int[] pixels = picture.getRGB(0, top, width, bottom - top, null, 0, width);
        int background = picture.getRGB(0, 0);
        return (double) Arrays.stream(pixels)
                        .filter(pixel -> pixel != background)
                        .count()
                / pixels.length;
    }

    private static void assertIsMarked() {
        assertThat(
                        (Boolean)
                                browser.run(
                                        """
                        const style = getComputedStyle(document.activeElement);
                        return style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2;
                        """))
                .isTrue();
    }

    private static void press(Keys key) {
        browser.driver.switchTo().activeElement().sendKeys(key);
    }

    private static WebElement find(String css) {
        return browser.driver.findElement(By.cssSelector(css));
    }

    private static List<WebElement> buttons(WebElement section) {
        return section.findElements(By.tagName("button"));
    }

    private static List<WebElement> all(String css) {
        return browser.driver.findElements(By.cssSelector(css));
    }
}
