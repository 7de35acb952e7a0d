package io.github.retainless.trees;

import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Signature;
import io.github.retainless.internal.run.FastPacing;
import io.github.retainless.trees.Holders.Holder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints what a JVM finds out about holders, a line each: how many signatures, and of how many failures each is, held how. */
final class HolderSignatures {
    private static final int AT_A_TIME = 15;

    /** One of each kind of root and reachability. */
    private static final List<Class<? extends Holder>> HOLDERS = List.of(
            Holders.Piles.class,
            Holders.TimerTasks.class,
            Holders.QueueOfTheExecutorUnderTest.class,
            Holders.SuppressedByThrownSingleton.class,
            Holders.ThreadLocalOfFourThreads.class,
            Holders.LocalOfABlockedThread.class,
            Holders.OfAClassValue.class,
            Holders.TwoHolders.class,
            Holders.LastErrorOfAStaticField.class,
            Holders.Clean.class);

    private HolderSignatures() {}

    public static void main(String[] arguments) throws Exception {
        FastPacing.useIfAsked();
        Map<Class<? extends Holder>, RetentionReport> reports = Holders.run(AT_A_TIME, HOLDERS);
        reports.forEach((holder, report) -> System.out.println(holder.getSimpleName() + ": " + found(report)));
        System.exit(0);
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
        return signature.failures() + " " + signature.reachability() + " by " + root;
    }
}
