package io.github.retainless.contract;

import static java.util.stream.Collectors.joining;

import io.github.retainless.contract.ContractSubject.Kind;
import io.github.retainless.experiment.Jvm;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.internal.heap.CurrentJvm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Executors and scenarios as the table that the manual shows.
 *
 * @param notPassed of each executor, what came of the scenarios that it did not pass
 */
public record ContractTable(Map<ContractSubject, Map<String, String>> notPassed) {
    /** In the order of the battery. */
    static final List<String> SCENARIOS = List.of(
            "singleFailure",
            "chainedFailures",
            "suppressedFailures",
            "deepStack",
            "concurrentFailures",
            "cancelledTask",
            "timedOutTask",
            "rejectedTask",
            "exhaustedRetries",
            "throwingCallback",
            "capturedArgument",
            "sleepingTask",
            "largeResult");

    /**
     * Puts all executors to the contract and prints the table; ends with exit code 1 if an executor failed a scenario
     * that it must pass, or passed one that it must fail.
     *
     * @param leaky the leaky executor
     * @param arguments how often to run each; and the kinds of executors, if not all
     */
    public static void run(ContractSubject leaky, String[] arguments) {
        int runs = Integer.parseInt(arguments[0]);
        EnumSet<Kind> kinds = EnumSet.allOf(Kind.class);
        if (arguments.length > 1) {
            kinds.clear();
            Arrays.stream(arguments).skip(1).map(Kind::valueOf).forEach(kinds::add);
        }
        Jvm jvm = CurrentJvm.describe();
        System.out.printf("JDK %s, %s, %d runs of each%n%n", jvm.version(), jvm.collector(), runs);
        int wrong = 0;
        Map<ContractSubject, Map<String, String>> measured = new LinkedHashMap<>();
        for (ContractSubject subject : with(leaky, JdkExecutor.ofThisJdk())) {
            for (int run = 0; run < runs && kinds.contains(subject.kind()); run++) {
                Map<String, String> notPassed =
                        ContractRun.of(subject.factory()).notPassed();
                measured.put(subject, notPassed);
                if (!notPassed.equals(texts(subject.caught()))) {
                    wrong++;
                    System.out.println("WRONG: " + subject + ": " + notPassed);
                }
            }
        }
        System.out.println(new ContractTable(measured).markdown());
        System.out.printf("%n%d runs of the contract, %d not as they must be%n", runs * measured.size(), wrong);
        System.exit(wrong == 0 ? 0 : 1);
    }

    /** What must come of it, on a JDK that has all executors. */
    static ContractTable expected() {
        Map<ContractSubject, Map<String, String>> expected = new LinkedHashMap<>();
        // Of the leaky executor only what must come of it matters here.
        ContractSubject leaky = ContractSubject.leaky(Mutant.TASKS_THAT_DID_NOT_SUCCEED::create);
        for (ContractSubject subject : with(leaky, EnumSet.allOf(JdkExecutor.class))) {
            expected.put(subject, texts(subject.caught()));
        }
        return new ContractTable(expected);
    }

    private static List<ContractSubject> with(ContractSubject leaky, Collection<JdkExecutor> jdk) {
        List<ContractSubject> all = new ArrayList<>(ContractSubject.all(jdk));
        all.add(leaky);
        return all;
    }

    static Map<String, String> texts(Map<String, Verdict> verdicts) {
        Map<String, String> texts = new TreeMap<>();
        verdicts.forEach((scenario, verdict) -> texts.put(scenario, verdict.name()));
        return texts;
    }

    String markdown() {
        return SCENARIOS.stream()
                .map(scenario -> String.join(
                        " | ",
                        "| `" + scenario + "`",
                        passed(Kind.JDK, scenario),
                        passed(Kind.FIXED, scenario),
                        leaky(scenario),
                        caught(scenario) + " |"))
                .collect(joining(
                        "\n",
                        "| scenario | executors of the JDK | `FixedAsyncExecutor` over them | `LeakyAsyncExecutor` |"
                                + " broken executors that fail, by what they keep |\n|---|---|---|---|---|\n",
                        ""));
    }

    private String passed(Kind kind, String scenario) {
        List<Map<String, String>> all = of(kind);
        long passed =
                all.stream().filter(failed -> !failed.containsKey(scenario)).count();
        return passed + " of " + all.size() + " pass";
    }

    private String leaky(String scenario) {
        return of(Kind.LEAKY).stream()
                .map(failed -> failed.getOrDefault(scenario, "passes"))
                .collect(joining(", "));
    }

    /** In bold those that the scenario is meant for. */
    private String caught(String scenario) {
        return notPassed.entrySet().stream()
                .filter(subject -> subject.getKey().kind() == Kind.MUTANT
                        && subject.getValue().containsKey(scenario))
                .map(subject -> subject.getKey().meant().equals(scenario)
                        ? "**" + subject.getKey() + "**"
                        : subject.getKey().name())
                .collect(joining(", "));
    }

    private List<Map<String, String>> of(Kind kind) {
        return notPassed.entrySet().stream()
                .filter(subject -> subject.getKey().kind() == kind)
                .map(Map.Entry::getValue)
                .toList();
    }
}
