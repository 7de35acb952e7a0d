package io.github.retainless;

import io.github.retainless.experiment.Round;
import io.github.retainless.internal.configuration.ConfigurationKeys;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tells how far a test is that takes long: on a terminal by one line that changes, elsewhere by a line now and then.
 */
final class Progress implements Consumer<Round>, AutoCloseable {
    private static final long SECOND = 1_000_000_000;
    private static final long FIRST = 5 * SECOND;
    private static final long BETWEEN_LINES = 30 * SECOND;
    private static final int COLUMNS = 79;

    /** Tests that run in parallel share the terminal's line: it shows the one that has told last. */
    private static final Object LINE = new Object();

    private final String test;
    private final Style style;
    private final PrintStream out;
    private final LongSupplier nanos;
    private final long began;
    private long next = FIRST;
    private boolean isShown;

    /** How it is told. */
    enum Style {
        TERMINAL,
        PLAIN,
        OFF;

        static Style of(ExtensionContext context) {
            return switch (Configuration.get(ConfigurationKeys.PROGRESS, context)) {
                case "plain" -> PLAIN;
                case "off" -> OFF;
                default -> isTerminal() ? TERMINAL : PLAIN;
            };
        }

        /** From JDK 22 on there is a console anyway, which has to be asked. */
        private static boolean isTerminal() {
            if (System.console() == null) {
                return false;
            }
            try {
                return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(System.console());
            } catch (NoSuchMethodException ignored) {
                // Before JDK 22 a console is always a terminal.
                return true;
            } catch (ReflectiveOperationException ignored) {
                // Nobody knows whether this is a terminal.
                return false;
            }
        }
    }

    Progress(String test, Style style, PrintStream out, LongSupplier nanos) {
        this.test = test;
        this.style = style;
        this.out = out;
        this.nanos = nanos;
        began = nanos.getAsLong();
    }

    static Progress of(String test, ExtensionContext context) {
        return new Progress(test, Style.of(context), System.err, System::nanoTime);
    }

    @Override
    public void accept(Round round) {
        long elapsed = nanos.getAsLong() - began;
        if (style == Style.OFF || elapsed < next) {
            return;
        }
        String line = String.format(
                Locale.ROOT,
                "retainless: %s round %d, %,d failures, %,d retained, %,d s",
                test,
                round.number(),
                round.attempts(),
                round.retained(),
                elapsed / SECOND);
        if (style == Style.PLAIN) {
            next = elapsed + BETWEEN_LINES;
            out.println(line);
            return;
        }
        isShown = true;
        show(line.length() > COLUMNS ? line.substring(0, COLUMNS - 1) + "…" : line);
    }

    private void show(String line) {
        synchronized (LINE) {
            out.print("\r" + line + " ".repeat(COLUMNS - line.length()) + "\r");
            out.flush();
        }
    }

    /** Clears the terminal's line. */
    @Override
    public void close() {
        if (isShown) {
            show("");
        }
    }
}
