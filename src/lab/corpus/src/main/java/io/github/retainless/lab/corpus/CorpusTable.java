package io.github.retainless.lab.corpus;

import static java.util.stream.Collectors.joining;

import io.github.retainless.experiment.Verdict;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The corpus as the table that its README shows. */
public final class CorpusTable {
    private static final Pattern GITHUB = Pattern.compile("([\\w.-]+/[\\w.-]+)#(\\d+)");

    private CorpusTable() {}

    /** Prints the table. */
    public static void main(String[] arguments) {
        System.out.print(markdown());
    }

    static String markdown() {
        return "| library | version | failing task | verdict | issue | fixed in |\n|---|---|---|---|---|---|\n"
                + Corpus.subjects().map(CorpusTable::row).collect(joining());
    }

    private static String row(CorpusSubject subject) {
        Entry entry = subject.entry();
        Library library = entry.library();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s |\n",
                library.name(),
                library.equals(Library.JDK) ? subject.leastJdk() + " or later" : library.version(),
                entry.task(),
                entry.right().stream().sorted().map(Verdict::name).collect(joining(" or ")),
                url(entry.issue()),
                entry.fixedIn());
    }

    private static String url(String issue) {
        Matcher github = GITHUB.matcher(issue);
        if (github.matches()) {
            return "https://github.com/" + github.group(1) + "/issues/" + github.group(2);
        }
        return issue.startsWith("JDK-") ? "https://bugs.openjdk.org/browse/" + issue : issue;
    }
}
