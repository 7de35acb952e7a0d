package io.github.retainless.lab.peers;

import io.github.retainless.experiment.PathStep;
import io.github.retainless.experiment.Signature;
import io.github.retainless.internal.dump.DumpQuery;
import io.github.retainless.internal.dump.HeapDumpReader;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Our own reader of heap dumps. */
final class RetainlessReader {
    private RetainlessReader() {}

    /**
     * What only the JVM that leaks knows goes with the dump, as it does when an experiment has its dump read elsewhere.
     */
    static void ask(Path dump, DumpQuery query) throws IOException {
        try (ObjectOutputStream question = new ObjectOutputStream(Files.newOutputStream(question(dump)))) {
            question.writeObject(query);
        }
    }

    static List<Finding> read(Path dump) throws IOException {
        try (ObjectInputStream question = new ObjectInputStream(Files.newInputStream(question(dump)))) {
            return HeapDumpReader.read(dump, (DumpQuery) question.readObject()).signatures().stream()
                    .map(RetainlessReader::finding)
                    .toList();
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    private static Path question(Path dump) {
        return dump.resolveSibling("question");
    }

    private static Finding finding(Signature signature) {
        return new Finding(
                signature.attempts(),
                signature.path().stream().flatMap(RetainlessReader::nodes).toList());
    }

    private static Stream<String> nodes(PathStep step) {
        String member = Names.simple(step.owner()) + "." + step.member();
        return switch (step.kind()) {
            case STATIC -> Stream.of("static " + member);
            case THREAD -> Stream.of("thread " + step.holder());
            // The line is right there, but moves.
            case LOCAL -> Stream.of("thread " + step.holder(), "local " + member.replaceFirst("\\(.*", ""));
            case THREAD_LOCAL -> Stream.of("thread-local " + member);
            case FIELD -> Stream.of(member);
            case ELEMENT, ENTRY -> Stream.of("[]");
            case KEY -> Stream.of("[key]");
            case OUTSIDE, NATIVE -> Stream.of("other " + step.holder());
        };
    }
}
