package io.github.retainless.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.testing.ChildJvm;
import io.github.retainless.testing.Slow;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a capture does to its JVM as a whole, and what keeps it from working. */
@Slow("starts 19 JVMs. ThrowableCaptureTests has what can be tested in one")
class CaptureInOtherJvmsTests {
    private static final String UNAVAILABLE = "throwables cannot be captured where they are made: ";
    private static final String ON_THE_COMMAND_LINE =
            "start the tests with -javaagent:<path of byte-buddy-agent.jar>, which needs no loading at run time";

    /** Captures one exception and prints what was seen, or why not. */
    static final class Capturing {
        private Capturing() {}

        public static void main(String[] arguments) {
            List<Throwable> seen = Collections.synchronizedList(new ArrayList<>());
            Selection selection = Selection.of(List.of(IllegalStateException.class), List.of());
            try {
                ThrowableCapture capture = ThrowableCapture.start(selection, seen::add);
                Throwable made = new IllegalStateException("made");
                capture.close();
                System.out.println(seen.equals(List.of(made)) ? "captured" : "missed: " + seen);
            } catch (CaptureUnavailableException e) {
                System.out.println(e.getMessage());
            }
            System.exit(0);
        }
    }

    /** Runs an experiment without any capture. */
    static final class NotCapturing {
        private NotCapturing() {}

        public static void main(String[] arguments) {
            System.out.println(RetentionExperiment.of(() -> {
                        throw new IllegalStateException("thrown");
                    })
                    .failures(20)
                    .rounds(3)
                    .run()
                    .verdict());
            try {
                System.out.println(Class.forName("java.lang.RetainlessThrowableListener", false, null));
            } catch (ClassNotFoundException expected) {
                System.out.println("not instrumented");
            }
            System.exit(0);
        }
    }

    /** An agent that changes what must not be changed goes first. */
    static final class BesideAnotherAgent {
        private BesideAnotherAgent() {}

        public static void main(String[] arguments) {
            ClassFileTransformer another = new ClassFileTransformer() {
                @Override
                public byte[] transform(
                        ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] file) {
                    return redefined != Throwable.class
                            ? null
                            : new ByteBuddy()
                                    .redefine(
                                            Throwable.class,
                                            ClassFileLocator.Simple.of(Throwable.class.getName(), file))
                                    .defineField("added", int.class, Modifier.PUBLIC)
                                    .make()
                                    .getBytes();
                }
            };
            ByteBuddyAgent.install().addTransformer(another, true);
            Capturing.main(arguments);
        }
    }

    /** Then the class file comes back as it was, as from an agent that keeps a copy. */
    static final class UndoneByAnotherAgent {
        private UndoneByAnotherAgent() {}

        public static void main(String[] arguments) throws Exception {
            Selection selection = Selection.of(List.of(IllegalStateException.class), List.of());
            ThrowableCapture.start(selection, made -> {}).close();
            Instrumentation instrumentation = ByteBuddyAgent.getInstrumentation();
            byte[] original =
                    Object.class.getResourceAsStream("Throwable.class").readAllBytes();
            ClassFileTransformer another = new ClassFileTransformer() {
                @Override
                public byte[] transform(
                        ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] file) {
                    return redefined == Throwable.class ? original : null;
                }
            };
            instrumentation.addTransformer(another, true);
            instrumentation.retransformClasses(Throwable.class);
            Capturing.main(arguments);
        }
    }

    private static String classPath(Predicate<String> wanted) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(wanted)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isAgent(String entry) {
        return entry.contains("byte-buddy-agent");
    }

    private static boolean isByteBuddy(String entry) {
        return new File(entry).getName().startsWith("byte-buddy") && !isAgent(entry);
    }

    private static String agentJar() throws Exception {
        return Path.of(ByteBuddyAgent.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    private static ChildJvm.Result run(List<String> flags, Class<?> main) {
        return run(classPath(entry -> true), flags, main);
    }

    /** With the first compiler only: these JVMs end before the second has paid for itself. */
    private static ChildJvm.Result run(String classPath, List<String> flags, Class<?> main) {
        List<String> all = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1"));
        all.addAll(flags);
        return ChildJvm.run(classPath, all, main);
    }

    private static void assertPrints(ChildJvm.Result result, String text) {
        assertThat(result.out().strip()).as(result.err()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:+UseSerialGC",
                "-XX:+UseParallelGC",
                "-XX:+UseG1GC",
                "-XX:+UseZGC",
                "-XX:+UseShenandoahGC",
                "-XX:+DisableAttachMechanism",
                "-Xint"
            })
    void flag_captures(String flag) {
        ChildJvm.Result result = run(List.of(flag, "-Xmx128m"), Capturing.class);
        assumeTrue(!result.err().contains("not supported"), () -> "this JDK has no such collector: " + result.err());

        assertPrints(result, "captured");
        assertThat(result.err().lines())
                .allMatch(line -> Runtime.version().feature() >= 21 && line.startsWith("WARNING: "));
    }

    @Test
    void agentOnTheCommandLine_capturesAndTheJvmPrintsNothing() throws Exception {
        ChildJvm.Result result =
                run(List.of("-javaagent:" + agentJar(), "-XX:-EnableDynamicAgentLoading"), Capturing.class);

        assertPrints(result, "captured");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void nothingCaptured_throwableIsNotInstrumented_andNoAgentIsNeeded() {
        ChildJvm.Result result = run(classPath(entry -> !isAgent(entry)), List.of("-Xmx128m"), NotCapturing.class);

        assertThat(result.out().lines()).as(result.err()).containsExactly("RELEASED", "not instrumented");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void agentMissing_errorNamesIt() {
        assertPrints(
                run(classPath(entry -> !isAgent(entry)), List.of(), Capturing.class),
                UNAVAILABLE + "byte-buddy-agent is not on the class path; add the test dependency"
                        + " net.bytebuddy:byte-buddy-agent, in the version of your other Byte Buddy artifacts");
    }

    @Test
    void byteBuddyMissing_errorNamesIt() {
        assertPrints(
                run(classPath(entry -> !isByteBuddy(entry)), List.of(), Capturing.class),
                UNAVAILABLE + "byte-buddy is not on the class path; add the test dependency"
                        + " net.bytebuddy:byte-buddy, in the version of your other Byte Buddy artifacts");
    }

    @Test
    void dynamicLoadingOff_errorNamesTheFlag() {
        assertPrints(
                run(List.of("-XX:-EnableDynamicAgentLoading"), Capturing.class),
                UNAVAILABLE + "this JVM runs with -XX:-EnableDynamicAgentLoading; " + ON_THE_COMMAND_LINE
                        + ", or without that flag");
    }

    @Test
    void agentInNoJar_isAttached_orErrorSaysWhatToDo(@TempDir Path directory) throws Exception {
        unpack(agentJar(), directory);
        String classPath = directory + File.pathSeparator + classPath(entry -> !isAgent(entry));

        assertPrints(run(classPath, List.of(), Capturing.class), "captured");
        assertPrints(
                run(classPath, List.of("-XX:+DisableAttachMechanism"), Capturing.class),
                UNAVAILABLE + "this JVM does not load agents while it runs; " + ON_THE_COMMAND_LINE);
    }

    @Test
    void agentOnTheCommandLineMayNotRetransform_errorSaysSo(@TempDir Path directory) throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", "net.bytebuddy.agent.Installer");
        Path agent = directory.resolve("agent.jar");
        new JarOutputStream(Files.newOutputStream(agent), manifest).close();

        assertPrints(
                run(List.of("-javaagent:" + agent), Capturing.class),
                UNAVAILABLE + "the agent that is loaded for Byte Buddy may not retransform classes; replace it with"
                        + " -javaagent:<path of byte-buddy-agent.jar>");
    }

    @Test
    void anotherAgentMakesTheChangeImpossible_errorSaysSo() {
        assertPrints(
                run(List.of(), BesideAnotherAgent.class),
                UNAVAILABLE + "java.lang.Throwable could not be instrumented (java.lang.UnsupportedOperationException:"
                        + " class redefinition failed: attempted to change the schema (add/remove fields)); use Byte"
                        + " Buddy 1.14 or newer, and run the tests without agents that change java.lang.Throwable");
    }

    @Test
    void anotherAgentUndoesIt_nextCaptureSaysSo() {
        assertPrints(
                run(List.of(), UndoneByAnotherAgent.class),
                UNAVAILABLE + "java.lang.Throwable could not be instrumented; use Byte Buddy 1.14 or newer, and run the"
                        + " tests without agents that change java.lang.Throwable");
    }

    private static void unpack(String jar, Path directory) throws IOException {
        try (JarFile file = new JarFile(jar)) {
            for (JarEntry entry : Collections.list(file.entries())) {
                Path target = directory.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    try (InputStream in = file.getInputStream(entry)) {
                        Files.copy(in, target);
                    }
                }
            }
        }
    }
}
