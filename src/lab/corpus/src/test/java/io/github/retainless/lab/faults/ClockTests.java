package io.github.retainless.lab.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.RetentionExperiment;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clocks may jump at any moment, so nothing measures time by them. */
@Tag("any-jdk")
class ClockTests {
    /** All that reads the clock of the system, or the times that it left on files. */
    private static final Map<String, Set<String>> READING = Map.of(
            "java/lang/System", Set.of("currentTimeMillis"),
            "java/time/Instant", Set.of("now"),
            "java/time/LocalDate", Set.of("now"),
            "java/time/LocalTime", Set.of("now"),
            "java/time/LocalDateTime", Set.of("now"),
            "java/time/OffsetDateTime", Set.of("now"),
            "java/time/ZonedDateTime", Set.of("now"),
            "java/time/Clock", Set.of("systemUTC", "systemDefaultZone", "system"),
            "java/io/File", Set.of("lastModified"),
            "java/nio/file/Files", Set.of("getLastModifiedTime"));

    @Test
    void clockIsRead_onlyForDatesThatArePrinted_andForTheLastDayOfKnownLeaks() throws Exception {
        assertThat(readers())
                .containsExactlyInAnyOrder(
                        // When an experiment began.
                        "io/github/retainless/experiment/ExperimentRun.<init> java/time/Instant.now",
                        // When a JVM began to write results: of those of the same test the newest is shown.
                        "io/github/retainless/results/Origin.ofThisJvm java/time/Instant.now",
                        // Up to which day a leak is known.
                        "io/github/retainless/KnownLeaks.of java/time/LocalDate.now",
                        // Which files were left in the middle, by the times of that file system.
                        "io/github/retainless/results/WholeFile.deleteAbandonedBeside java/nio/file/Files.getLastModifiedTime",
                        "io/github/retainless/results/WholeFile.isOlder java/nio/file/Files.getLastModifiedTime",
                        // When a snapshot was taken.
                        "io/github/retainless/watch/RetentionWatch.<init> java/time/Instant.now",
                        "io/github/retainless/watch/RetentionWatch.take java/time/Instant.now");
    }

    private static List<String> readers() throws IOException, URISyntaxException {
        Path place = Path.of(RetentionExperiment.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        if (Files.isDirectory(place)) {
            return readersIn(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + place.toUri()), Map.of())) {
            return readersIn(jar.getPath("/"));
        }
    }

    private static List<String> readersIn(Path place) throws IOException {
        List<String> readers = new ArrayList<>();
        int classes = 0;
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".class")).toList()) {
                new ClassReader(Files.readAllBytes(file)).accept(new Looking(readers), ClassReader.SKIP_DEBUG);
                classes++;
            }
        }
        assertThat(classes).isGreaterThan(200);
        return readers;
    }

    private static final class Looking extends ClassVisitor {
        private final List<String> readers;
        private String type = "";

        Looking(List<String> readers) {
            super(Opcodes.ASM9);
            this.readers = readers;
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            type = name;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String name, String of, boolean isInterface) {
                    if (READING.getOrDefault(owner, Set.of()).contains(name)
                            || owner.equals("java/util/Date") && name.equals("<init>") && of.equals("()V")) {
                        readers.add(type + "." + method + " " + owner + "." + name);
                    }
                }

                @Override
                public void visitInvokeDynamicInsn(String name, String of, Handle bootstrap, Object... arguments) {
                    for (Object argument : arguments) {
                        if (argument instanceof Handle handle) {
                            visitMethodInsn(
                                    handle.getTag(), handle.getOwner(), handle.getName(), handle.getDesc(), false);
                        }
                    }
                }
            };
        }
    }
}
