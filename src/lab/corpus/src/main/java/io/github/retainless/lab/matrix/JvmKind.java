package io.github.retainless.lab.matrix;

import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.corpus.CorpusSubject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One way to start a JVM. */
record JvmKind(Jdk jdk, Collector collector, String heap, Option option) {
    static List<JvmKind> all(List<Jdk> jdks) {
        List<JvmKind> kinds = new ArrayList<>();
        for (Jdk jdk : jdks) {
            for (Collector collector : Collector.values()) {
                if (!jdk.has(collector)) {
                    System.out.println("JDK " + jdk.version() + " has no " + collector.label() + ": left out");
                    continue;
                }
                for (String heap : List.of("64m", "256m", "2g")) {
                    for (Option option : Option.values()) {
                        if (option.existsIn(jdk)) {
                            kinds.add(new JvmKind(jdk, collector, heap, option));
                        }
                    }
                }
            }
        }
        return kinds;
    }

    String name() {
        return String.join(", ", "JDK " + jdk.version(), collector.label(), heap, option.label());
    }

    List<String> flags() {
        List<String> flags = new ArrayList<>(List.of(collector.flag(), "-Xmx" + heap));
        flags.addAll(option.flags());
        return flags;
    }

    /** The verdicts that are right for a subject: that nobody knows where nothing can be told to collect. */
    Set<Verdict> right(CorpusSubject subject) {
        return neverCollects() ? EnumSet.of(Verdict.UNDECIDED) : subject.right();
    }

    /** Shenandoah's whole-heap collections are all explicit ones. */
    boolean neverCollects() {
        return collector == Collector.SHENANDOAH && option == Option.EXPLICIT_GC_OFF;
    }
}
