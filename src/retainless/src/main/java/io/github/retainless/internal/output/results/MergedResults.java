package io.github.retainless.internal.output.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The results of any number of JVMs and machines as one. The files are read twice, first for which results of a test
 * are the newest, then for these; what is kept meanwhile is about a hundred bytes per test.
 */
public final class MergedResults {
    private static final int MOST_NAMES = 5;

    private final List<Source> sources = new ArrayList<>();
    private final Map<Hash, Newest> tests = new HashMap<>();
    private final SeenShards shards = new SeenShards();
    private final List<String> damages = new ArrayList<>();
    private final List<String> duplicateNames = new ArrayList<>();
    private long results;
    private long duplicates;

    /** A file, and where its results come from. */
    private record Source(Path file, Origin origin) {}

    /** Of a test's id, which may be long. */
    private record Hash(long high, long low) {
        static Hash of(String id) {
            try {
                ByteBuffer digest =
                        ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(id.getBytes(UTF_8)));
                return new Hash(digest.getLong(), digest.getLong());
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every JDK has SHA-256", impossible);
            }
        }
    }

    /** The newest result of a test: in which file, after how many others, when it began. */
    private record Newest(int source, int index, long second, int nano, boolean isOfSeveralJvms) {
        Instant began() {
            return Instant.ofEpochSecond(second, nano);
        }
    }

    /** Takes a result and how many stand before it in its file. */
    @FunctionalInterface
    private interface Reading {
        void take(TestResult result, int index);
    }

    private MergedResults() {}

    /**
     * Finds out which results there are.
     *
     * @param places folders, with all that is below them, and files
     * @throws FileNotFoundException if one of them is not there, or no file of results in it; the message says which
     */
    public static MergedResults in(List<Path> places) throws IOException {
        MergedResults merged = new MergedResults();
        for (Path file : ResultFiles.in(places)) {
            merged.register(file);
        }
        return merged;
    }

    /**
     * The same for one folder without what is below it, as the JVMs of a build share it, and later builds go on.
     *
     * @throws FileNotFoundException if there is no file of results in it
     */
    public static MergedResults inFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(ResultsFile::isOne).toList();
            return in(found.isEmpty() ? List.of(folder) : found);
        }
    }

    private void register(Path file) {
        long before = results;
        try (ResultsReader reader = new ResultsReader(file)) {
            Origin origin = reader.origin();
            checkThatNothingLacks(file, origin.jvm(), origin.started());
            int source = sources.size();
            sources.add(new Source(file, origin));
            shards.add(origin.shard());
            read(reader, file, (result, index) -> register(result, source, index));
        } catch (IOException unreadable) {
            damages.add((unreadable instanceof DamagedResultsException
                            ? unreadable.getMessage()
                            : file + " can't be read: " + unreadable)
                    + (results == before ? "; none of its results count." : "; what was read before that counts."));
        }
    }

    private void register(TestResult result, int source, int index) {
        results++;
        Instant began = result.report().began();
        Hash hash = Hash.of(result.id());
        Newest before = tests.get(hash);
        boolean isOfSeveralJvms = before != null && (before.isOfSeveralJvms() || isOfAnotherJvm(before, source));
        if (before != null && isOfSeveralJvms && !before.isOfSeveralJvms()) {
            addDuplicate(result);
        }
        tests.put(
                hash,
                before != null && isNewer(before, source, began)
                        ? new Newest(before.source(), before.index(), before.second(), before.nano(), isOfSeveralJvms)
                        : new Newest(source, index, began.getEpochSecond(), began.getNano(), isOfSeveralJvms));
    }

    private boolean isOfAnotherJvm(Newest before, int source) {
        return !sources.get(before.source())
                .origin()
                .jvm()
                .equals(sources.get(source).origin().jvm());
    }

    private boolean isNewer(Newest before, int source, Instant began) {
        int byStart = sources.get(before.source())
                .origin()
                .started()
                .compareTo(sources.get(source).origin().started());
        return byStart > 0 || (byStart == 0 && before.began().isAfter(began));
    }

    private void addDuplicate(TestResult result) {
        duplicates++;
        if (duplicateNames.size() < MOST_NAMES) {
            duplicateNames.add(result.className().isEmpty() ? result.name() : result.className() + "." + result.name());
        }
    }

    /** How many tests there are. */
    public long tests() {
        return tests.size();
    }

    /** Whether nothing is missing: no shard, and nothing of a file. */
    public boolean isComplete() {
        return damages.isEmpty() && shards.notices().isEmpty();
    }

    /** The files of which every result has a newer one elsewhere. */
    public List<Path> superseded() {
        Set<Integer> needed = tests.values().stream().map(Newest::source).collect(Collectors.toSet());
        return IntStream.range(0, sources.size())
                .filter(source -> !needed.contains(source))
                .mapToObj(source -> sources.get(source).file())
                .filter(file -> damages.stream().noneMatch(damage -> damage.startsWith(file.toString())))
                .toList();
    }

    /** What is damaged or lost, in whole sentences; there may be more of them after {@link #forEach}. */
    public List<String> damages() {
        return List.copyOf(damages);
    }

    /** What a reader has to know first, in whole sentences; there may be more of them after {@link #forEach}. */
    public List<String> notices() {
        List<String> notices = new ArrayList<>(shards.notices());
        notices.addAll(damages);
        if (duplicates > 0) {
            notices.add(String.format(
                    Locale.ROOT,
                    "%,d of %,d tests have results of several JVMs, of which the newest count: %s%s.",
                    duplicates,
                    tests(),
                    String.join(", ", duplicateNames),
                    duplicates > duplicateNames.size() ? " and more" : ""));
        }
        return notices;
    }

    /**
     * Hands over the newest result of each test. A file that has grown meanwhile counts as it was. {@link #notices()}
     * names the files that are no longer there.
     *
     * @param folder from where the paths of the figures are to lead to them; where none does, there is none
     */
    public void forEach(Path folder, Consumer<TestResult> action) {
        long[] due = new long[sources.size()];
        tests.values().forEach(newest -> due[newest.source()]++);
        for (int source = 0; source < due.length; source++) {
            if (due[source] > 0) {
                forEach(source, due[source], folder, action);
            }
        }
    }

    private void forEach(int source, long due, Path folder, Consumer<TestResult> action) {
        Path file = sources.get(source).file();
        Path from = ResultFiles.real(folder);
        long[] left = {due};
        try (ResultsReader reader = new ResultsReader(file)) {
            read(reader, file, (result, index) -> {
                Newest newest = tests.get(Hash.of(result.id()));
                if (newest != null && newest.source() == source && newest.index() == index) {
                    left[0]--;
                    action.accept(withFigures(result, file, from));
                }
            });
        } catch (IOException ignored) {
            // Where it was whole, something is left.
        }
        if (left[0] > 0) {
            damages.add(String.format(
                    Locale.ROOT,
                    "%s has vanished or changed while it was read; %,d of its results do not count.",
                    file,
                    left[0]));
        }
    }

    /** All results of a file, until its end or a damage. */
    private static void read(ResultsReader reader, Path file, Reading reading) throws IOException {
        int index = 0;
        for (TestResult result = next(reader, file); result != null; result = next(reader, file)) {
            reading.take(result, index);
            index++;
        }
    }

    private static @Nullable TestResult next(ResultsReader reader, Path file) throws IOException {
        TestResult result;
        try {
            result = reader.next();
        } catch (RuntimeException failure) {
            throw new DamagedResultsException(file, "has a result that is none: " + failure.getMessage(), failure);
        }
        if (result != null) {
            checkThatNothingLacks(
                    file,
                    result.id(),
                    result.className(),
                    result.name(),
                    result.message(),
                    result.baseline(),
                    result.figures(),
                    result.report());
            checkThatNothingLacks(
                    file, result.report().verdict(), result.report().began());
        }
        return result;
    }

    /** What the JSON does not say, or says in words that are not known, is null. */
    private static void checkThatNothingLacks(Path file, Object... parts) throws DamagedResultsException {
        if (Stream.of(parts).anyMatch(Objects::isNull)) {
            throw new DamagedResultsException(file, "is cut or broken: something is missing in it");
        }
    }

    /** The same with a path to its figures that is right from a folder. */
    private static TestResult withFigures(TestResult result, Path file, Path folder) {
        return result.figures().isEmpty() ? result : result.withFigures(figures(result, file, folder));
    }

    private static String figures(TestResult result, Path file, Path folder) {
        try {
            Path figures =
                    ResultFiles.real(file).resolveSibling(result.figures()).normalize();
            return Files.isRegularFile(figures)
                    ? folder.relativize(figures).toString().replace('\\', '/')
                    : "";
        } catch (IllegalArgumentException ignored) {
            // It is on another disk, or no path.
            return "";
        }
    }
}
