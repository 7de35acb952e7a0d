package io.github.retainless.internal.text;

import io.github.retainless.experiment.PathStep;
import io.github.retainless.experiment.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A path as a tree: from the GC root down to the exception, a line for each step, with what it holds in a second column
 * where that tells anything.
 */
final class TraceText {
    private static final int WIDTH = Page.COLUMNS - 2;
    private static final int LONGEST_KEY = 40;
    private static final int LONGEST_THREAD = 50;

    /** Up to where the second column may be moved to the right for a long first one. */
    private static final int LONGEST_ALIGNED = 60;

    /** Boxes around a failure that say nothing of their own; their field joins the one before. */
    private static final Set<String> BOXES = Set.of(
            "com.google.common.util.concurrent.AbstractFuture$Failure",
            "io.netty.util.concurrent.DefaultPromise$CauseHolder",
            "java.util.concurrent.CompletableFuture$AltResult",
            "java.util.concurrent.Executors$RunnableAdapter",
            "java.util.concurrent.ForkJoinTask$Aux",
            "kotlinx.coroutines.CompletedExceptionally");

    private final Page page;
    private final Signature signature;
    private final int room;

    TraceText(Page page, Signature signature) {
        this.page = page;
        this.signature = signature;
        this.room = WIDTH - Math.max(page.branch.length(), page.arrow.length());
    }

    /** Writes the tree; the parts are what the exception consists of. */
    void write(List<String> parts) {
        List<HolderText.Row> rows = steps();
        int column = rows.stream()
                .filter(row -> !row.type().isEmpty())
                .mapToInt(row -> Page.columns(row.label()))
                .filter(columns -> columns <= LONGEST_ALIGNED)
                .max()
                .orElse(0);
        for (HolderText.Row row : rows) {
            write(row, column);
        }
        end(parts);
    }

    private void write(HolderText.Row row, int column) {
        String aligned = row.label() + " ".repeat(Math.max(0, column - Page.columns(row.label()))) + " : " + row.type();
        String close = row.label() + " : " + row.type();
        boolean hasType = !row.type().isEmpty();
        if (hasType && Page.columns(aligned) <= room) {
            page.line(page.branch + aligned);
        } else if (hasType && Page.columns(close) <= room) {
            page.line(page.branch + close);
        } else {
            page.line(page.branch + row.label());
            if (hasType) {
                page.line(page.trunk + "  : " + page.shortened(row.type(), room - 4));
            }
        }
        if (!row.note().isEmpty()) {
            page.line(page.trunk + "  " + row.note());
        }
    }

    /** What the path ends in: the class of the failures. */
    String end() {
        return named("", new ClassName(signature.type()), "", true);
    }

    private void end(List<String> parts) {
        String type = end();
        String all = String.join(page.separator, parts);
        String whole = parts.isEmpty() ? type : type + "   " + all;
        if (Page.columns(whole) <= room) {
            page.line(page.arrow + whole);
            return;
        }
        page.line(page.arrow + type);
        for (String line : page.wrapped(parts, page.separator, room - 2)) {
            page.line("     " + line);
        }
    }

    /** The path in words. */
    List<HolderText.Row> steps() {
        List<PathStep> steps = new ArrayList<>();
        for (PathStep step : signature.path()) {
            if (!steps.isEmpty() && isBoxed(step)) {
                PathStep before = steps.remove(steps.size() - 1);
                steps.add(new PathStep(
                        before.kind(),
                        before.holder(),
                        before.owner(),
                        before.member() + "." + step.member(),
                        step.type(),
                        before.repeated() || step.repeated()));
            } else {
                steps.add(step);
            }
        }
        List<HolderText.Row> rows = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            boolean isLast = i == steps.size() - 1;
            rows.add(row(steps.get(i), isLast));
        }
        return rows;
    }

    private static boolean isBoxed(PathStep step) {
        return step.kind() == PathStep.Kind.FIELD && BOXES.contains(step.owner());
    }

    private HolderText.Row row(PathStep step, boolean isLast) {
        String label = label(step);
        String thread = step.kind() == PathStep.Kind.LOCAL && !step.holder().isBlank() ? thread(step.holder()) : "";
        String note = "";
        if (!thread.isEmpty()) {
            if (Page.columns(label + ", " + thread) <= room) {
                label += ", " + thread;
            } else {
                note = thread;
            }
        }
        return new HolderText.Row(
                label, isLast || !tellsType(step) ? "" : page.harmless(new ClassName(step.type()).simple()), note);
    }

    private static boolean tellsType(PathStep step) {
        return switch (step.kind()) {
            case THREAD -> !step.type().startsWith("java.") && !step.type().startsWith("jdk.");
            case OUTSIDE -> !step.member().isEmpty();
            default -> !step.type().equals(step.owner()) && !step.type().equals(step.holder());
        };
    }

    private String label(PathStep step) {
        String repeated = step.repeated() ? " (repeated)" : "";
        String member = step.member();
        return switch (step.kind()) {
            case STATIC -> named("static ", ownerOf(step), "." + member + repeated, true);
            case FIELD -> named("", ownerOf(step), "." + member + repeated, false);
            case LOCAL -> named("local of ", ownerOf(step), "." + member + repeated, true);
            case THREAD -> thread(step.holder()) + repeated;
            case OUTSIDE -> outside(step) + repeated;
            case NATIVE -> page.shortened(page.harmless(step.holder() + (member.isEmpty() ? "" : " " + member)), room);
            case ELEMENT, ENTRY -> named("", collection(step), "[" + key(member) + "]" + repeated, false);
            case KEY -> named("a key of ", collection(step), repeated, false);
            case THREAD_LOCAL ->
                step.owner().isEmpty()
                        ? "a thread-local" + repeated
                        : named("thread-local ", ownerOf(step), "." + member + repeated, false);
        };
    }

    private String outside(PathStep step) {
        String member = step.member().isEmpty() ? "" : "." + step.member();
        String type = step.owner().isEmpty() && step.member().isEmpty() ? step.type() : step.owner();
        return type.isEmpty()
                ? page.harmless(step.holder() + member)
                : named(step.holder() + " ", new ClassName(type), member, true);
    }

    private static ClassName ownerOf(PathStep step) {
        return new ClassName(step.owner().isEmpty() ? step.holder() : step.owner());
    }

    private static ClassName collection(PathStep step) {
        String holder = step.holder();
        return new ClassName(holder.endsWith("[]") ? holder.substring(0, holder.length() - 2) : holder);
    }

    private String key(String member) {
        String key = member;
        boolean isText = key.length() > 1 && key.startsWith("\"") && key.endsWith("\"");
        return isText
                ? quoted(key.substring(1, key.length() - 1), LONGEST_KEY)
                : page.shortened(page.harmless(key), LONGEST_KEY);
    }

    private String thread(String name) {
        return name.isBlank() ? "a thread without a name" : "thread " + quoted(name, LONGEST_THREAD);
    }

    private String quoted(String text, int longest) {
        // What is escaped already stays as it is.
        String escaped = page.harmless(text).replaceAll("(?<!\\\\)\"", "\\\\\"");
        return '"' + page.shortened(escaped, longest) + '"';
    }

    /** A member after its class; if that is too long, less of the class. */
    private String named(String before, ClassName type, String after, boolean isRoot) {
        String prefix = page.harmless(before);
        String suffix = page.harmless(after);
        List<String> names =
                isRoot ? List.of(type.qualified(), type.abbreviated(), type.simple()) : List.of(type.simple());
        for (String name : names) {
            String whole = prefix + page.harmless(name) + suffix;
            if (Page.columns(whole) <= room) {
                return whole;
            }
        }
        int left = room - Page.columns(prefix + suffix);
        int least = 2 + page.ellipsis.length();
        String name = page.shortened(page.harmless(type.simple()), Math.max(least, left));
        return page.shortened(prefix + name + suffix, room);
    }
}
