package io.github.retainless.internal.output.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.Footprint;
import io.github.retainless.experiment.Growth;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Round;
import io.github.retainless.internal.output.results.TestResult;
import io.github.retainless.internal.report.ReportValues;
import io.github.retainless.internal.text.Reports;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartPictureTests {
    private static final int PLOT_LEFT = 120;
    private static final int PLOT_RIGHT = 890;
    private static final int PLOT_TOP = 115;
    private static final int PLOT_BOTTOM = 525;
    private static final long[] STAGES = {100, 200, 300, 400, 800, 1600, 3200};

    @TempDir
    Path folder;

    @Test
    void leak_fillsTheChart() throws IOException {
        BufferedImage picture = picture("leak", leak());

        assertThat(picture.getWidth()).isEqualTo(1200);
        assertThat(picture.getHeight()).isEqualTo(600);
        assertThat(coloured(picture)).isBetween(0.35, 0.6);
    }

    @Test
    void released_leavesTheChartEmpty() throws IOException {
        assertThat(coloured(picture("released", cohorts(Reports.released(), (failures, age) -> 0))))
                .isLessThan(0.02);
    }

    @Test
    void ringBuffer_showsThatOldOnesMakeRoom() throws IOException {
        BufferedImage picture = picture("ring", ringBuffer());

        assertThat(coloured(picture)).isGreaterThan(0.5);
        int bottom = PLOT_BOTTOM - 30;
        assertThat(picture.getRGB(PLOT_LEFT + 60, bottom)).isNotEqualTo(picture.getRGB(PLOT_RIGHT - 60, bottom));
    }

    @Test
    void leak_keepsTheOldestAtTheBottom() throws IOException {
        BufferedImage picture = picture("leak", leak());

        int bottom = PLOT_BOTTOM - 5;
        assertThat(picture.getRGB(PLOT_RIGHT - 60, bottom)).isEqualTo(picture.getRGB(PLOT_RIGHT - 160, bottom));
    }

    @Test
    void expiringCache_isDrawn() throws IOException {
        assertThat(coloured(picture("expiring", expiringCache()))).isBetween(0.1, 0.6);
    }

    @Test
    void lastErrorSlot_looksSmall() throws IOException {
        assertThat(coloured(picture("slot", cohorts(Reports.bounded(), (failures, age) -> age == 0 ? 1 : 0))))
                .isBetween(0.02, 0.15);
    }

    @Test
    void reportWithoutCohorts_isDrawn() throws IOException {
        RetentionReport report = Reports.growing(Growth.COUNT)
                .round(100, 100, 1 << 20)
                .round(200, 200, 2 << 20)
                .report();

        assertThat(coloured(picture("plain", report))).isBetween(0.35, 0.7);
    }

    @Test
    void noRounds_saysSo() throws IOException {
        BufferedImage picture = picture(
                "none", Reports.undecided("the task did not fail", "make it").report());

        assertThat(coloured(picture)).isLessThan(0.01);
        assertThat(isBlank(picture)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\u0000\u0007\r\n\t",
                "<html><img src=x onerror=alert(1)>",
                "\u202Edecnilced\u202C \uD800 lone \uDC00",
                "\uD83D\uDE00 \u4E2D\u6587 \u0627\u0644\u0639\u0631\u0628\u064A\u0629"
            })
    void hostileName_isDrawn(String name) throws IOException {
        assertThat(isBlank(picture(name, "hostile", leak()))).isFalse();
    }

    @Test
    void longName_isCutToTheWidth() throws IOException {
        BufferedImage picture = picture("declined".repeat(20_000), "long", leak());

        for (int y = 0; y < 80; y++) {
            assertThat(picture.getRGB(1195, y)).isEqualTo(0xffffffff);
        }
    }

    private BufferedImage picture(String file, RetentionReport report) throws IOException {
        return picture("declinedCharge()", file, report);
    }

    private BufferedImage picture(String name, String file, RetentionReport report) throws IOException {
        Path png = folder.resolve(file + ".png");
        ChartPicture.write(
                new TestResult("id", "io.acme.PaymentDispatcherTest", name, false, "message", "", "", report), png);
        return ImageIO.read(png.toFile());
    }

    static RetentionReport leak() {
        return cohorts(Reports.growing(Growth.COUNT), (failures, age) -> 100);
    }

    static RetentionReport ringBuffer() {
        return cohorts(Reports.bounded(), (failures, age) -> age < 200 ? 100 : age < 300 ? 56 : 0);
    }

    static RetentionReport expiringCache() {
        return cohorts(
                Reports.bounded(), (failures, age) -> failures == 800 || failures == 3200 ? 0 : age < 700 ? 100 : 0);
    }

    /**
     * A report of rounds of 100.
     *
     * @param left how many of a cohort are left after so many failures, so many of them since its end
     */
    private static RetentionReport cohorts(Reports reports, LongBinaryOperator left) {
        RetentionReport plain = reports.failuresPerRound(100).report();
        List<Round> rounds = new ArrayList<>();
        for (long failures : STAGES) {
            List<Integer> cohorts = Stream.iterate(100L, end -> end <= failures, end -> end + 100)
                    .map(end -> (int) left.applyAsLong(failures, failures - end))
                    .toList();
            long retained = cohorts.stream().mapToLong(Integer::longValue).sum();
            rounds.add(new Round(
                    rounds.size() + 1,
                    failures,
                    retained,
                    new Footprint(retained * 66_200, retained * 5, false),
                    cohorts,
                    4,
                    Duration.ofSeconds(1)));
        }
        return new ReportValues(
                plain.name(),
                plain.verdict(),
                plain.growth(),
                plain.reason(),
                plain.remedy(),
                rounds,
                plain.explanation(),
                plain.heldByJvm(),
                plain.failureWeights(),
                plain.retainedParts(),
                plain.heapGain(),
                plain.successComparison(),
                plain.settings(),
                plain.jvm(),
                plain.proof(),
                plain.began(),
                plain.took());
    }

    /** Which part of the plot has a strong colour. */
    private static double coloured(BufferedImage picture) {
        int coloured = 0;
        for (int x = PLOT_LEFT; x < PLOT_RIGHT; x++) {
            for (int y = PLOT_TOP; y < PLOT_BOTTOM; y++) {
                int rgb = picture.getRGB(x, y);
                int red = rgb >> 16 & 255;
                int blue = rgb & 255;
                coloured += Math.abs(red - blue) > 40 ? 1 : 0;
            }
        }
        return (double) coloured / ((PLOT_RIGHT - PLOT_LEFT) * (PLOT_BOTTOM - PLOT_TOP));
    }

    private static boolean isBlank(BufferedImage picture) {
        int[] pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        return Arrays.stream(pixels).distinct().count() == 1;
    }
}
