package io.github.retainless.internal.baseline;

import io.github.retainless.experiment.PathStep;
import io.github.retainless.experiment.Signature;
import io.github.retainless.internal.text.ClassName;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A path in words that are the same in the next run, on another machine, and after an edit elsewhere in a file. */
final class PathText {
    private static final Pattern NUMBERED_CLASS =
            Pattern.compile("(\\$Proxy|\\bjdk\\.proxy|\\bGenerated\\w+Accessor)\\d+");

    /** Subclasses that libraries make as they need them. */
    private static final Pattern MADE_CLASS = Pattern.compile("(\\$\\$(?:EnhancerBy|FastClassBy)\\w+\\$\\$"
            + "|\\$\\$SpringCGLIB\\$\\$|\\$(?:MockitoMock|ByteBuddy|HibernateProxy)\\$)\\w+");

    private static final Pattern LAMBDA_METHOD = Pattern.compile("(lambda\\$.*\\$)\\d+");

    /** Numbers, ids and addresses in the name of a thread. */
    private static final Pattern NUMBER = Pattern.compile("\\b\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\b"
            + "|\\b(?:0x)?(?=[a-f]*\\d)[\\da-f]{6,}\\b|\\d+");

    private PathText() {}

    static List<String> of(Signature signature) {
        return Stream.concat(
                        signature.path().stream().map(PathText::step),
                        Stream.of(type(signature.type()).qualified()))
                .map(PathText::oneLine)
                .toList();
    }

    /**
     * Without line breaks. This is no filter for display: baselines that are committed hold the result, and later runs
     * compare with it. Whoever shows it makes it harmless.
     */
    static String oneLine(String text) {
        return text.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
    }

    private static String step(PathStep step) {
        return text(step) + (step.repeated() ? " (repeated)" : "");
    }

    private static String text(PathStep step) {
        String member = step.member();
        return switch (step.kind()) {
            case STATIC -> "static " + owner(step).qualified() + "." + member;
            case FIELD -> owner(step).simple() + "." + field(step);
            case LOCAL -> local(step);
            case THREAD -> "thread \"" + NUMBER.matcher(step.holder()).replaceAll("*") + '"';
            case OUTSIDE -> outside(step);
            case NATIVE -> step.holder() + (member.isEmpty() ? "" : " " + member);
            // Which key or index it is depends on how many there are.
            case ELEMENT, ENTRY -> collection(step) + "[*]";
            case KEY -> "a key of " + collection(step);
            case THREAD_LOCAL ->
                step.owner().isEmpty()
                        ? "a thread-local"
                        : "thread-local " + owner(step).simple() + "." + member;
        };
    }

    /** From node to node of the same kind it may go left or right. */
    private static String field(PathStep step) {
        return step.holder().equals(step.type()) ? "*" : step.member();
    }

    /** Without the line, which moves, and the thread, which may be any that runs the method. */
    private static String local(PathStep step) {
        if (step.owner().isEmpty()) {
            return "a local variable";
        }
        int file = step.member().indexOf('(');
        String method = file < 0 ? step.member() : step.member().substring(0, file);
        return "local of " + owner(step).qualified() + "."
                + LAMBDA_METHOD.matcher(method).replaceAll("$1*");
    }

    private static String outside(PathStep step) {
        String member = step.member().isEmpty() ? "" : "." + step.member();
        String type = step.owner().isEmpty() && step.member().isEmpty() ? step.type() : step.owner();
        return step.holder() + (type.isEmpty() ? "" : " " + type(type).qualified()) + member;
    }

    private static ClassName owner(PathStep step) {
        return type(step.owner().isEmpty() ? step.holder() : step.owner());
    }

    private static String collection(PathStep step) {
        String holder = step.holder();
        return type(holder.endsWith("[]") ? holder.substring(0, holder.length() - 2) : holder)
                .simple();
    }

    private static ClassName type(String binary) {
        String numbered = NUMBERED_CLASS.matcher(binary).replaceAll("$1*");
        return new ClassName(MADE_CLASS.matcher(numbered).replaceAll("$1*"));
    }
}
