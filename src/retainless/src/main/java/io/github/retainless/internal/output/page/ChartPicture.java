package io.github.retainless.internal.output.page;

import io.github.retainless.internal.output.results.AtomicFile;
import io.github.retainless.internal.output.results.TestResult;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The main chart of a test as a PNG of 1200 by 600 pixels: what was retained after so many failures, by age, and what it weighed.
 * It needs the JDK's fonts and images (the module {@code java.desktop}), but no display.
 *
 * @since 0.1.0
 */
public final class ChartPicture {
    private ChartPicture() {}

    /**
     * Writes the picture, in place of one that is there.
     *
     * @throws IOException if the file can't be written, or this JVM can't draw: it has no fonts, or a display is named
     *     that is not there. The message says what to do
     */
    public static void write(TestResult result, Path file) throws IOException {
        byte[] png = png(result);
        AtomicFile.write(file, out -> out.write(png));
    }

    private static byte[] png(TestResult result) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader context = thread.getContextClassLoader();
        try {
            // AWT keeps the first that it sees for as long as the JVM lives, and it may be one that is thrown away with
            // the tests.
            thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
            return new ChartDrawing(result).png();
        } catch (Exception | Error impossible) {
            // AWT throws errors of several kinds where modules, native libraries, fonts or the display are missing.
            throw new IOException(
                    "this JVM can't draw pictures, " + impossible
                            + "; it needs java.desktop, fontconfig with a font, and -Djava.awt.headless=true",
                    impossible);
        } finally {
            thread.setContextClassLoader(context);
        }
    }
}
