package io.github.retainless.internal.explain;

import io.github.retainless.experiment.PathStep;
import io.github.retainless.experiment.Reachability;
import io.github.retainless.experiment.Signature;
import io.github.retainless.internal.dump.Anchor;
import io.github.retainless.internal.text.ClassName;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The path of a signature with the questions that a rule may ask of it; steps go by their index, -1 is none. */
final class PathMatcher {
    private static final Set<String> CONCURRENT_QUEUES = Set.of(
            "java.util.concurrent.ArrayBlockingQueue",
            "java.util.concurrent.ConcurrentLinkedDeque",
            "java.util.concurrent.ConcurrentLinkedQueue",
            "java.util.concurrent.LinkedBlockingDeque",
            "java.util.concurrent.LinkedBlockingQueue",
            "java.util.concurrent.LinkedTransferQueue",
            "java.util.concurrent.PriorityBlockingQueue");

    private static final Pattern FUTURE_NAME = Pattern.compile(".*(Future|FutureTask|FutureImpl|Promise|PromiseImpl)");

    private final Signature signature;
    private final List<PathStep> path;

    PathMatcher(Signature signature) {
        this.signature = signature;
        this.path = signature.path();
    }

    Reachability reachability() {
        return signature.reachability();
    }

    int attempts() {
        return signature.attempts();
    }

    int find(Predicate<PathStep> isIt) {
        return findAfter(-1, isIt);
    }

    int findAfter(int index, Predicate<PathStep> isIt) {
        for (int i = index + 1; i < path.size(); i++) {
            if (isIt.test(path.get(i))) {
                return i;
            }
        }
        return -1;
    }

    PathStep step(int index) {
        return path.get(index);
    }

    int last() {
        return path.size() - 1;
    }

    boolean beginsWith(PathStep.Kind kind) {
        return !path.isEmpty() && path.get(0).kind() == kind;
    }

    /** Whether the steps after this one pass through no class but the JDK's. */
    boolean isPlainAfter(int index) {
        return findAfter(index, step -> !isContained(step) && !isFuture(step) && !new ClassName(step.owner()).isJdk())
                < 0;
    }

    /** A step into the failure of a future, the JDK's, a library's or one that is called so. */
    int future() {
        return find(PathMatcher::isFuture);
    }

    /** Whether the steps after this one go through something that may hold many. */
    boolean isPileAfter(int index) {
        return findAfter(index, step -> isContained(step) || step.repeated()) >= 0;
    }

    /** A collection of which different failures take different places. */
    boolean isCollection(PathStep step) {
        boolean isAnyPlace = step.member().isEmpty() || step.member().contains("*");
        return isContained(step) && (isAnyPlace || signature.attempts() == 1);
    }

    /** Whether old failures are gone and new ones are there. */
    boolean isOfTheNewest() {
        List<Integer> cohorts = signature.cohorts();
        return cohorts.size() > 1 && cohorts.get(0) == 0 && cohorts.get(cohorts.size() - 1) > 0;
    }

    /** What an engineer looks for in the source: the program's own member that holds what this step leads to. */
    String memberAt(int index) {
        for (int i = Math.min(index, last()); i >= 0; i--) {
            PathStep step = path.get(i);
            if (step.kind() == PathStep.Kind.THREAD_LOCAL && step.owner().isEmpty()) {
                return "the thread-local";
            }
            String owner = step.kind() == PathStep.Kind.STATIC && step.owner().isEmpty() ? step.holder() : step.owner();
            boolean isMember =
                    switch (step.kind()) {
                        case STATIC, LOCAL, THREAD_LOCAL -> !owner.isEmpty();
                        case FIELD ->
                            !new ClassName(owner).isJdk() && !step.member().contains("$");
                        default -> false;
                    };
            if (isMember) {
                return new ClassName(owner).simple() + "." + step.member();
            }
        }
        return path.isEmpty() ? new ClassName(signature.type()).simple() : root(path.get(0));
    }

    private static String root(PathStep step) {
        return switch (step.kind()) {
            case OUTSIDE ->
                step.holder().equals(Anchor.INSTANCE)
                        ? "the instance of " + new ClassName(step.type()).simple()
                        : "the " + step.holder();
            case THREAD, LOCAL -> step.holder().isEmpty() ? "a thread without a name" : "the thread " + step.holder();
            default -> new ClassName(step.holder()).simple();
        };
    }

    static boolean isContained(PathStep step) {
        return switch (step.kind()) {
            case ELEMENT, ENTRY, KEY -> true;
            default -> false;
        };
    }

    static boolean isInMapOrSet(PathStep step) {
        String holder = step.holder();
        return step.kind() == PathStep.Kind.ENTRY
                || step.kind() == PathStep.Kind.KEY
                || step.kind() == PathStep.Kind.ELEMENT
                        && (holder.endsWith("Set") || holder.endsWith("KeySetView") || holder.endsWith("SetFromMap"));
    }

    static boolean isInQueue(PathStep step) {
        return step.kind() == PathStep.Kind.ELEMENT
                && (CONCURRENT_QUEUES.contains(step.holder()) || step.holder().startsWith("org.jctools.queues."));
    }

    /** Whether it is a field of this class; its name ends in {@code *} if it may go on. */
    static boolean isField(PathStep step, String owner, String member) {
        boolean isOwner = owner.endsWith("*")
                ? step.owner().startsWith(owner.substring(0, owner.length() - 1))
                : step.owner().equals(owner);
        return step.kind() == PathStep.Kind.FIELD && isOwner && step.member().equals(member);
    }

    private static boolean isFuture(PathStep step) {
        if (step.kind() != PathStep.Kind.FIELD) {
            return false;
        }
        if (new ClassName(step.owner()).isJdk()) {
            // A result that is no AltResult is that of success.
            return isField(step, "java.util.concurrent.CompletableFuture", "result")
                            && step.type().equals("java.util.concurrent.CompletableFuture$AltResult")
                    || isField(step, "java.util.concurrent.FutureTask", "outcome")
                    || isField(step, "java.util.concurrent.ForkJoinTask", "aux");
        }
        // Guava 33.4.1 moved the value to AbstractFutureState.
        String owner = step.owner();
        return isField(step, "com.google.common.util.concurrent.AbstractFuture*", "value")
                || isField(step, "io.netty.util.concurrent.DefaultPromise", "result")
                || isField(step, "kotlinx.coroutines.CompletedExceptionally", "cause")
                || FUTURE_NAME.matcher(owner).matches();
    }
}
