package io.github.retainless.internal.output.ci;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.annotations.SerializedName;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.internal.output.results.AtomicFile;
import io.github.retainless.internal.output.results.TestResult;
import io.github.retainless.internal.text.HolderText;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The tests that failed as a code quality report, which GitLab compares with that of the target branch. */
final class CodeQuality {
    private static final int MOST_ISSUES = 1_000;
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final Comparator<Issue> BY_PLACE = Comparator.<Issue, String>comparing(
                    issue -> issue.location().path())
            .thenComparing(issue -> issue.location().lines().begin())
            .thenComparing(Issue::fingerprint);

    private final Sources sources;
    private final Map<String, Issue> issues = new TreeMap<>();

    private record Issue(
            String description,
            @SerializedName("check_name") String checkName,
            String fingerprint,
            String severity,
            Location location) {}

    private record Location(String path, Lines lines) {}

    private record Lines(int begin) {}

    CodeQuality(Sources sources) {
        this.sources = sources;
    }

    /** Takes it if it failed; no more than 1,000. */
    void add(TestResult result) {
        if (!result.passed() && issues.size() < MOST_ISSUES) {
            // GitLab shows but one of each fingerprint.
            Issue issue = issue(result);
            issues.put(issue.fingerprint(), issue);
        }
    }

    /** Writes an array, an empty one if nothing failed. */
    void write(Path file) throws IOException {
        List<Issue> sorted = issues.values().stream().sorted(BY_PLACE).toList();
        AtomicFile.write(file, GSON.toJson(sorted) + "\n");
    }

    private Issue issue(TestResult failure) {
        Verdict verdict = failure.report().verdict();
        String likely = OneLine.likely(failure);
        SourceLocation location = sources.find(failure.className(), failure.name())
                // GitLab wants a path; that at least tells the test.
                .orElseGet(() -> new SourceLocation(
                        failure.className().isEmpty() ? OneLine.name(failure) : failure.className(), 1));
        return new Issue(
                OneLine.headline(failure) + (likely.isEmpty() ? "" : " " + likely),
                "retainless-" + verdict.name().toLowerCase(Locale.ROOT),
                fingerprint(failure),
                severity(verdict),
                new Location(location.path(), new Lines(location.line())));
    }

    private static String severity(Verdict verdict) {
        return switch (verdict) {
            case GROWING -> "critical";
            case BOUNDED, RELEASED -> "major";
            case UNDECIDED -> "minor";
        };
    }

    /** Of the test and what holds, not of figures: those differ in every run. */
    private static String fingerprint(TestResult failure) {
        StringBuilder what = new StringBuilder(failure.id());
        HolderText.of(failure.report()).stream().limit(1).forEach(holder -> {
            holder.steps().forEach(step -> what.append('\n').append(step.label()));
            what.append('\n').append(holder.end());
        });
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(what.toString().getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
