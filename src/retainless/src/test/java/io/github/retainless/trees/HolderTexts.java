package io.github.retainless.trees;

import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.internal.run.FastPacing;
import io.github.retainless.internal.text.Texts;
import io.github.retainless.trees.Holders.Holder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes what a JVM says about holders: files in a folder. */
final class HolderTexts {
    /** All, since experiments at the same time share their collections. */
    private static final int AT_A_TIME = 48;

    private HolderTexts() {}

    /** The folder; then names of holders, or all. */
    public static void main(String[] arguments) throws Exception {
        FastPacing.useIfAsked();
        Path folder = Path.of(arguments[0]);
        List<String> names = List.of(arguments).subList(1, arguments.length);
        List<Class<? extends Holder>> holders = Holders.all().stream()
                .filter(holder -> names.isEmpty() || names.contains(holder.getSimpleName()))
                .toList();
        for (Map.Entry<Class<? extends Holder>, RetentionReport> each :
                Holders.run(AT_A_TIME, holders).entrySet()) {
            write(folder, each.getKey(), each.getValue());
        }
        System.exit(0);
    }

    private static void write(Path folder, Class<? extends Holder> holder, RetentionReport report) throws IOException {
        Files.writeString(explanation(folder, holder), report + Texts.explanation(report));
        Files.writeString(trees(folder, holder), Texts.trees(report));
    }

    /** The verdict and all that is said about it. */
    static Path explanation(Path folder, Class<? extends Holder> holder) {
        return folder.resolve(holder.getSimpleName() + ".txt");
    }

    /** The bare trees. */
    static Path trees(Path folder, Class<? extends Holder> holder) {
        return folder.resolve(holder.getSimpleName() + ".trees.txt");
    }
}
