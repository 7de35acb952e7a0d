package io.github.retainless.internal.output.page;

import io.github.retainless.experiment.Expect;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Round;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.internal.output.results.TestResult;
import io.github.retainless.internal.units.ByteSize;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the main chart of a test; not loaded before there is something to draw, since there are JDKs without {@code java.awt}. */
final class ChartDrawing {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 600;
    private static final int HEADER = 86;
    private static final int MARGIN = 24;
    private static final int MOST_COHORTS = 8;

    /** So that a single one that stays looks like what it is. */
    private static final int LEAST_RETAINED = 10;

    // As on the page.
    private static final Color TEXT = new Color(0x1c2128);
    private static final Color FAINT = new Color(0x57606a);
    private static final Color GRID = new Color(0xd8dee4);
    private static final Color FOOTPRINT = new Color(0x9a5b00);

    private final TestResult result;
    private final RetentionReport report;

    /** An axis formats numbers, but not each in its own way. */
    private enum Unit {
        B,
        KiB,
        MiB,
        GiB,
        TiB;

        static Unit of(List<Round> rounds) {
            long most = rounds.stream()
                    .mapToLong(round -> round.footprint().bytes())
                    .max()
                    .orElse(0);
            // No more than 10 of the next smaller one.
            int unit = (63 - Long.numberOfLeadingZeros(Math.max(1, most / 10))) / 10;
            return values()[Math.min(unit, values().length - 1)];
        }

        double bytes() {
            return 1L << (10 * ordinal());
        }
    }

    ChartDrawing(TestResult result) {
        this.result = result;
        this.report = result.report();
    }

    byte[] png() throws IOException {
        return encoded(drawn());
    }

    private static byte[] encoded(BufferedImage image) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        // Not in the JDK's cache, which is a file.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(png)) {
            if (!ImageIO.write(image, "png", out)) {
                throw new IOException("the JDK has no writer for PNG");
            }
        }
        return png.toByteArray();
    }

    private BufferedImage drawn() {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, WIDTH, HEIGHT);
            header(graphics);
            if (report.rounds().isEmpty()) {
                line(
                        graphics,
                        "No round was completed, so there is nothing to draw.",
                        font(Font.PLAIN, 16),
                        FAINT,
                        HEIGHT / 2);
            } else {
                graphics.translate(0, HEADER);
                chart().paint(graphics, WIDTH, HEIGHT - HEADER);
            }
        } finally {
            graphics.dispose();
        }
        return image;
    }

    private void header(Graphics2D graphics) {
        String className = result.className();
        String simple = className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
        line(graphics, simple.isEmpty() ? result.name() : simple + "." + result.name(), font(Font.BOLD, 22), TEXT, 38);
        Font font = font(Font.BOLD, 17);
        String verdict = report.verdict() + inShort();
        line(graphics, verdict, font, colour(report.verdict()), 66);
    }

    /** What the verdict means here. */
    private String inShort() {
        return switch (report.verdict()) {
            case GROWING -> growing();
            case BOUNDED ->
                format(
                        ": never more than %,d, %s",
                        report.retained(), new ByteSize(report.footprint().bytes()));
            case RELEASED -> ": nothing stays";
            case UNDECIDED -> ": " + report.reason().lines().findFirst().orElse("");
        };
    }

    private String growing() {
        List<String> parts = new ArrayList<>();
        if (report.retained() > 0) {
            parts.add(format("%,d of %,d stay", report.retained(), report.attempts()));
        }
        long bytes = Math.max(report.bytesPerFailure(), report.heapGain().bytesPerFailure());
        if (bytes > 0) {
            parts.add(new ByteSize(bytes) + " per " + attempt());
        }
        return parts.isEmpty() ? "" : ": " + String.join(", ", parts);
    }

    private void line(Graphics2D graphics, String text, Font font, Color colour, int y) {
        graphics.setFont(font);
        graphics.setColor(colour);
        graphics.drawString(fitting(text, graphics.getFontMetrics(font)), MARGIN, y);
    }

    /** Without what can't be drawn, and with its middle left out if it is too long. */
    private static String fitting(String text, FontMetrics metrics) {
        int[] points = text.codePoints()
                .limit(2_000)
                .map(point -> isDrawn(point) ? point : ' ')
                .toArray();
        String fitting = new String(points, 0, points.length);
        for (int kept = points.length; metrics.stringWidth(fitting) > WIDTH - 2 * MARGIN; kept -= 1 + kept / 50) {
            int head = kept / 2;
            fitting = new String(points, 0, head) + "…" + new String(points, points.length - head, head);
        }
        return fitting;
    }

    private static boolean isDrawn(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private XYChart chart() {
        XYChart chart = new XYChart(WIDTH, HEIGHT - HEADER);
        style(chart.getStyler());
        chart.setXAxisTitle(attempt() + "s");
        chart.setYAxisGroupTitle(0, "retained");
        Unit unit = Unit.of(report.rounds());
        chart.setYAxisGroupTitle(1, "footprint in " + unit);
        List<Round> rounds = report.rounds();
        double[] failures =
                fromZero(rounds.stream().mapToDouble(Round::attempts).toArray());
        List<double[]> stacked = stackedCohorts();
        for (int i = stacked.size() - 1; i >= 0; i--) {
            double[] older = i == 0 ? new double[failures.length] : stacked.get(i - 1);
            if (!Arrays.equals(older, stacked.get(i))) {
                XYSeries series = chart.addSeries(
                        cohortName(i, stacked.size()),
                        thereAndBack(failures, failures),
                        thereAndBack(stacked.get(i), older));
                series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
                series.setFillColor(shade(i, stacked.size()));
                series.setLineColor(Color.WHITE);
                series.setMarker(SeriesMarkers.NONE);
            }
        }
        XYSeries footprint = chart.addSeries(
                "footprint (right)",
                failures,
                fromZero(rounds.stream()
                        .mapToDouble(round -> round.footprint().bytes() / unit.bytes())
                        .toArray()));
        footprint.setYAxisGroup(1);
        footprint.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        footprint.setLineColor(FOOTPRINT);
        footprint.setLineStyle(
                new BasicStroke(3, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 10, new float[] {9, 7}, 0));
        footprint.setMarker(SeriesMarkers.CIRCLE);
        footprint.setMarkerColor(FOOTPRINT);
        chart.getStyler()
                .setYAxisMin(0, 0.0)
                .setYAxisMax(0, Math.max(LEAST_RETAINED, max(stacked.get(stacked.size() - 1))) * 1.05)
                .setYAxisMin(1, 0.0)
                .setYAxisMax(1, Math.max(1, max(footprint.getYData())) * 1.05);
        return chart;
    }

    private static void style(XYStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setChartFontColor(TEXT);
        styler.setPlotBorderVisible(false);
        styler.setPlotContentSize(0.95);
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setAxisTickLabelsColor(FAINT);
        styler.setAxisTickMarksColor(GRID);
        styler.setAxisTitleFont(font(Font.BOLD, 15));
        styler.setAxisTickLabelsFont(font(Font.PLAIN, 14));
        styler.setYAxisGroupTitleColor(1, FOOTPRINT);
        styler.setYAxisGroupTickLabelsColorMap(1, FOOTPRINT);
        styler.setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
        styler.setLegendPosition(Styler.LegendPosition.OutsideE);
        styler.setLegendFont(font(Font.PLAIN, 14));
        styler.setLegendBorderColor(Color.WHITE);
        styler.setMarkerSize(9);
        styler.setChartPadding(MARGIN / 2);
        styler.setXAxisMin(0.0);
        styler.setLocale(Locale.ROOT);
        styler.setxAxisTickLabelsFormattingFunction(ChartDrawing::count);
        styler.setyAxisTickLabelsFormattingFunction(ChartDrawing::count);
    }

    private static String count(double number) {
        return number == Math.rint(number) ? format("%,d", (long) number) : format("%,.1f", number);
    }

    /** How many of each age and of all older ones were retained after each round; several ages make one where there are many. */
    private List<double[]> stackedCohorts() {
        List<Round> rounds = report.rounds();
        int cohorts = cohorts();
        if (cohorts == 0) {
            return List.of(fromZero(rounds.stream().mapToDouble(Round::retained).toArray()));
        }
        int together = together();
        List<double[]> stacked = new ArrayList<>();
        for (int first = 0; first < cohorts; first += together) {
            int to = first + together;
            stacked.add(fromZero(
                    rounds.stream().mapToDouble(round -> retained(round, to)).toArray()));
        }
        return stacked;
    }

    private static long retained(Round round, int to) {
        return round.cohorts().stream().limit(to).mapToLong(Integer::longValue).sum();
    }

    private int cohorts() {
        return report.rounds().stream()
                .mapToInt(round -> round.cohorts().size())
                .max()
                .orElse(0);
    }

    private int together() {
        return Math.max(1, (cohorts() + MOST_COHORTS - 1) / MOST_COHORTS);
    }

    private String cohortName(int i, int of) {
        if (of == 1) {
            return "retained";
        }
        long each = (long) report.settings().attempts() * together();
        return format("%ss %,d to %,d", attempt(), i * each + 1, Math.min(report.attempts(), (i + 1) * each));
    }

    private static double[] fromZero(double[] figures) {
        double[] fromZero = new double[figures.length + 1];
        System.arraycopy(figures, 0, fromZero, 1, figures.length);
        return fromZero;
    }

    /** The outline of what is between two lines. */
    private static double[] thereAndBack(double[] there, double[] back) {
        double[] outline = Arrays.copyOf(there, there.length + back.length);
        for (int i = 0; i < back.length; i++) {
            outline[outline.length - 1 - i] = back[i];
        }
        return outline;
    }

    private static double max(double[] figures) {
        return Arrays.stream(figures).max().orElse(0);
    }

    /** The oldest are the darkest: what stays at the bottom of a leak catches the eye. */
    private static Color shade(int i, int of) {
        double part = (double) i / Math.max(1, of - 1);
        return hsl(210 + 50 * part, 0.6, 0.26 + 0.52 * part);
    }

    private static Color hsl(double hue, double saturation, double lightness) {
        double value = lightness + saturation * Math.min(lightness, 1 - lightness);
        return Color.getHSBColor((float) hue / 360, (float) (2 * (1 - lightness / value)), (float) value);
    }

    private static Color colour(Verdict verdict) {
        return switch (verdict) {
            case GROWING -> new Color(0xb3261e);
            case BOUNDED -> new Color(0x8a5a00);
            case RELEASED -> new Color(0x1a6b35);
            case UNDECIDED -> new Color(0x5b4a91);
        };
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    private String attempt() {
        return report.settings().expect() == Expect.FAILURE ? "failure" : "attempt";
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
