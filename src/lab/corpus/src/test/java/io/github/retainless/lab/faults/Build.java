package io.github.retainless.lab.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.AsyncTask;
import io.github.retainless.NoExceptionRetention;
import io.github.retainless.testing.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Builds in a folder of their own: each runs tests in a JVM to which something happens. */
final class Build {
    private static final long TIMEOUT_SECONDS = 240;

    /** What became of a test: its status, its verdict, and why it failed. */
    record Outcome(String status, String verdict, String message) {
        static final Outcome SOUND = new Outcome("SUCCESSFUL", "RELEASED", "");
    }

    /**
     * What became of a JVM.
     *
     * @param tests by name
     * @param threads those that were left, or empty if it did not get to tell
     */
    record Ended(int exitCode, Map<String, Outcome> tests, String threads, String out) {
        Outcome test(String name) {
            assertThat(tests).as(out).containsKey(name);
            return tests.get(name);
        }

        /** The later test was none the worse for it, and nothing of ours is left in the JVM. */
        Ended assertHarmless() {
            assertThat(test("sound")).as(out).isEqualTo(Outcome.SOUND);
            assertThat(threads).isEqualTo("[]");
            assertThat(exitCode).isZero();
            return this;
        }
    }

    private final Path folder;

    Build(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(temporary());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code java.io.tmpdir} is. */
    Path temporary() {
        return folder.resolve("tmp");
    }

    Path reports() {
        return folder.resolve("reports");
    }

    /** Runs test classes one after the other in one JVM, and a sound one after them. */
    Ended run(List<String> flags, Class<?>... fixtures) {
        return runAs(List.of(), flags, fixtures);
    }

    /** The same, by a command that runs what follows it. */
    Ended runAs(List<String> before, List<String> flags, Class<?>... fixtures) {
        List<Class<?>> all = new ArrayList<>(List.of(fixtures));
        all.add(SoundTestCases.class);
        return await(start(before, flags, Launches.class, all));
    }

    /** Starts a JVM of a main class that runs test classes. */
    Process start(List<String> before, List<String> flags, Class<?> main, Collection<Class<?>> fixtures) {
        List<String> allFlags = new ArrayList<>(List.of("-Djava.io.tmpdir=" + temporary()));
        allFlags.addAll(flags);
        List<String> arguments = new ArrayList<>(List.of(reports().toString()));
        fixtures.forEach(fixture -> arguments.add(fixture.getName()));
        ProcessBuilder jvm = ChildJvm.prepare(allFlags, main, arguments.toArray(String[]::new));
        jvm.command().addAll(0, before);
        try {
            return jvm.redirectErrorStream(true).redirectOutput(out().toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path out() {
        return folder.resolve("out");
    }

    /** Waits for the end of a JVM, and kills one that does not end. */
    Ended await(Process jvm) {
        try {
            boolean hasEnded = jvm.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            String out = Files.readString(out());
            assertThat(hasEnded).as(out).isTrue();
            Map<String, Outcome> tests = new LinkedHashMap<>();
            String threads = "";
            for (String line :
                    out.lines().filter(line -> line.startsWith("told:")).toList()) {
                List<String> told =
                        Stream.of(line.split(":")).skip(1).map(Build::decode).toList();
                if (told.get(0).equals("threads")) {
                    threads = told.get(1);
                } else {
                    tests.put(told.get(0), new Outcome(told.get(1), told.get(2), told.get(3)));
                }
            }
            return new Ended(jvm.exitValue(), tests, threads, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            jvm.destroyForcibly().onExit().join();
        }
    }

    private static String decode(String word) {
        return new String(Base64.getDecoder().decode(word), StandardCharsets.UTF_8).substring(1);
    }

    /** What later tests are like. */
    @NoExceptionRetention(failures = 5, rounds = 3, warmup = 2, budget = 1)
    static class SoundTestCases {
        @AsyncTask
        void sound() {
            throw new IllegalStateException("sound");
        }
    }
}
