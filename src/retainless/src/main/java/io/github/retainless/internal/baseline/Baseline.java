package io.github.retainless.internal.baseline;

import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.internal.verdict.Limits;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets tests pass with the leaks that a committed file, the baseline, holds, as long as they do not get worse: with no
 * path that is new, no entry that has expired, and no more bytes for each failure. More, or less, is what differs by
 * more than 10 % and by more than 256 B; anything below is noise. The bytes are what only the path retains, divided by
 * all failures there were.
 *
 * <p>The configuration parameter {@code retainless.baseline} says what is done: {@code check} (the default),
 * {@code update}, which writes what has become better unless the test fails, {@code adopt}, which also writes what is
 * new or worse and is refused on CI, or {@code off}. The file is {@code retainless.baseline.file}, by default
 * {@code src/test/retainless-baseline.json}, relative to the working directory. What is adopted gets
 * {@code retainless.baseline.reason}, which is needed, and {@code retainless.baseline.expires}: the last day, in UTC,
 * on which it is accepted, in ISO format; without it there is none.
 */
public final class Baseline {
    /** Other threads of this JVM; a lock on a file is of the whole JVM. */
    private static final Object WRITING = new Object();

    private static final String LOCK = "baseline.lock";

    private final BaselineSettings settings;
    private final BaselineFile file;
    private final LocalDate today;

    private Baseline(BaselineSettings settings, LocalDate today) {
        this.settings = settings;
        this.file = new BaselineFile(settings.file());
        this.today = today;
    }

    /**
     * Reads the configuration, and the baseline once, lest a test runs for nothing.
     *
     * @param parameters the configuration parameters by name
     * @param environment the environment variables by name, null for those that are not set
     * @param today the day in UTC
     * @throws IllegalArgumentException if a parameter is wrong; the message names it and says what to do
     * @throws BrokenBaselineException if the baseline is
     */
    public static Baseline of(
            Function<String, Optional<String>> parameters,
            Function<String, @Nullable String> environment,
            LocalDate today)
            throws BrokenBaselineException {
        Baseline baseline = new Baseline(BaselineSettings.of(parameters, environment, today), today);
        if (baseline.settings.mode() != BaselineMode.OFF) {
            baseline.file.read();
        }
        return baseline;
    }

    /**
     * Judges a test, and writes the baseline if that is asked for.
     *
     * @param test what tells the test from every other, and is the same in the next run
     * @param report what was found out
     * @param limits what may be retained anyway
     * @param folder where JVMs that write the same baseline meet; made if need be, and only asked for then
     * @throws BrokenBaselineException if the baseline can't be read or written
     */
    public Ruling judge(String test, RetentionReport report, Limits limits, Supplier<Path> folder)
            throws BrokenBaselineException {
        boolean allowed = limits.allow(report);
        if (settings.mode() == BaselineMode.OFF) {
            return new Ruling(allowed, false, "");
        }
        GrowingPaths growing = allowed ? GrowingPaths.NONE : GrowingPaths.of(report, limits);
        BaselineText text = new BaselineText(file.name(), report.settings().expect());
        if (!growing.obstacle().isEmpty()) {
            boolean isConcerned = settings.mode() == BaselineMode.ADOPT
                    || !of(test, file.read()).isEmpty();
            return new Ruling(false, false, isConcerned ? text.obstacle(growing.obstacle()) : "");
        }
        Comparison comparison = compare(test, file.read(), growing);
        if (!isToWrite(comparison)) {
            return ruling(comparison, text);
        }
        return write(test, growing, folder, text);
    }

    private Ruling ruling(Comparison comparison, BaselineText text) {
        boolean isUnknown = comparison.changes().stream().allMatch(change -> change.kind() == Comparison.Kind.NEW);
        if (isUnknown) {
            return new Ruling(!comparison.isWorse(), false, "");
        }
        return new Ruling(!comparison.isWorse(), comparison.isBetter(), text.compared(comparison));
    }

    private boolean isToWrite(Comparison comparison) {
        return switch (settings.mode()) {
            case ADOPT -> comparison.isWorse() || comparison.isBetter();
            // Of a test that fails nothing is forgotten: its path may only have another name now.
            case UPDATE -> comparison.isBetter() && !comparison.isWorse();
            case CHECK, OFF -> false;
        };
    }

    private Ruling write(String test, GrowingPaths growing, Supplier<Path> folder, BaselineText text)
            throws BrokenBaselineException {
        synchronized (WRITING) {
            // Closing it gives up the lock.
            try (FileChannel channel = lockFile(folder.get())) {
                channel.lock();
                // Others may have written since.
                List<BaselineEntry> all = file.read();
                Comparison comparison = compare(test, all, growing);
                if (!isToWrite(comparison)) {
                    return ruling(comparison, text);
                }
                List<BaselineEntry> next = new ArrayList<>(all);
                next.removeIf(leak -> leak.test().equals(test));
                comparison.changes().stream()
                        .map(this::after)
                        .flatMap(Optional::stream)
                        .forEach(next::add);
                file.write(next);
                return new Ruling(true, false, text.written(comparison));
            } catch (BrokenBaselineException broken) {
                throw broken;
            } catch (IOException unlockable) {
                throw new BrokenBaselineException(
                        "The baseline " + file.name() + " can't be written: " + unlockable
                                + ". See to it that it can, and that files can be written where the reports are.",
                        unlockable);
            }
        }
    }

    private static FileChannel lockFile(Path folder) throws IOException {
        Files.createDirectories(folder);
        return FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** The entry that is to be there. */
    private Optional<BaselineEntry> after(Comparison.Change change) {
        BaselineEntry known = change.known();
        return switch (change.kind()) {
            case SAME -> Optional.of(known);
            case GONE -> Optional.empty();
            case LESS -> Optional.of(known.withBytes(change.bytes()));
            case NEW, MORE, EXPIRED ->
                Optional.of(new BaselineEntry(
                        known.test(), known.path(), change.bytes(), settings.reason(), settings.expires()));
        };
    }

    private Comparison compare(String test, List<BaselineEntry> all, GrowingPaths growing) {
        return Comparison.of(test, of(test, all), growing.paths(), today);
    }

    private static List<BaselineEntry> of(String test, List<BaselineEntry> all) {
        return all.stream().filter(leak -> leak.test().equals(test)).toList();
    }
}
