package io.github.retainless.lab.flags;

import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Signature;
import io.github.retainless.internal.run.FastPacing;
import io.github.retainless.trees.Holders;
import io.github.retainless.trees.Holders.Holder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Prints what a JVM finds out about holders, a line each: how many signatures, and of how many failures each is, held
 * how.
 */
final class HolderSignatures {
    private static final int AT_A_TIME = 15;

    /** One of each kind of root and reachability. */
    private static final List<String> HOLDERS = List.of(
            "Piles",
            "TimerTasks",
            "QueueOfTheExecutorUnderTest",
            "SuppressedByThrownSingleton",
            "ThreadLocalOfFourThreads",
            "LocalOfABlockedThread",
            "OfAClassValue",
            "TwoHolders",
            "LastErrorOfAStaticField",
            "Clean");

    private HolderSignatures() {}

    public static void main(String[] arguments) throws Exception {
        FastPacing.useIfAsked();
        Map<Class<? extends Holder>, RetentionReport> reports = Holders.run(AT_A_TIME, holders());
        reports.forEach((holder, report) -> System.out.println(holder.getSimpleName() + ": " + found(report)));
        System.exit(0);
    }

    private static List<Class<? extends Holder>> holders() {
        Map<String, Class<? extends Holder>> byName =
                Holders.all().stream().collect(Collectors.toMap(Class::getSimpleName, type -> type));
        List<Class<? extends Holder>> holders = new ArrayList<>();
        HOLDERS.forEach(name -> holders.add(Objects.requireNonNull(byName.get(name), name)));
        return holders;
    }

    private static String found(RetentionReport report) {
        List<Signature> signatures = report.explanation().signatures();
        Map<String, Long> kinds = signatures.stream()
                .collect(Collectors.groupingBy(HolderSignatures::found, TreeMap::new, Collectors.counting()));
        String all = kinds.entrySet().stream()
                .map(kind -> ", " + kind.getValue() + " x " + kind.getKey())
                .collect(Collectors.joining());
        return report.verdict() + all + report.explanation().missing();
    }

    private static String found(Signature signature) {
        String root = signature.path().isEmpty()
                ? "nothing"
                : signature.path().get(0).kind().toString();
        return signature.attempts() + " " + signature.reachability() + " by " + root;
    }
}
