package io.github.retainless.lab.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.watch.RetentionWatch;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

/** Clocks may jump at any moment, so nothing measures time by them. */
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

    /** Fewer would mean that the wrong place is looked at. */
    private static final int FEWEST_CLASSES = 30;

    @Test
    void clockIsRead_onlyForDatesThatArePrinted_andForTheLastDayOfABaseline() throws Exception {
        assertThat(readers(RetentionExperiment.class))
                .containsExactlyInAnyOrder(
                        // When an experiment began.
                        "io/github/retainless/internal/run/ExperimentRun reads java/time/Instant.now",
                        // When a JVM began to write results: of those of the same test the newest is shown.
                        "io/github/retainless/internal/output/results/Origin reads java/time/Instant.now",
                        // Up to which day a leak is known.
                        "io/github/retainless/TestBaseline reads java/time/LocalDate.now",
                        // Which files were left in the middle, by the times of that file system.
                        "io/github/retainless/internal/output/results/AtomicFile reads"
                                + " java/nio/file/Files.getLastModifiedTime");
        assertThat(readers(RetentionWatch.class))
                // When a snapshot was taken.
                .containsExactly("io/github/retainless/watch/RetentionWatch reads java/time/Instant.now");
    }

    /** The classes beside the given one, in their folder or jar, that read a clock. */
    private static Set<String> readers(Class<?> neighbour) throws IOException, URISyntaxException {
        Path place = Path.of(
                neighbour.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(place)) {
            return readersIn(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + place.toUri()), Map.of())) {
            return readersIn(jar.getPath("/"));
        }
    }

    private static Set<String> readersIn(Path place) throws IOException {
        Set<String> readers = new TreeSet<>();
        int classes = 0;
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".class")).toList()) {
                new ClassReader(Files.readAllBytes(file)).accept(new Looking(readers), ClassReader.SKIP_DEBUG);
                classes++;
            }
        }
        assertThat(classes).isGreaterThan(FEWEST_CLASSES);
        return readers;
    }

    private static final class Looking extends ClassVisitor {
        private final Set<String> readers;
        private String type = "";

        Looking(Set<String> readers) {
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
                        readers.add(type + " reads " + owner + "." + name);
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
