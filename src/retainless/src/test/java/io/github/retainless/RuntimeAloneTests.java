package io.github.retainless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.executor.FailureSummary;
import io.github.retainless.executor.FixedAsyncExecutor;
import io.github.retainless.testing.ChildJvm;
import io.github.retainless.watch.RetentionWatch;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Production code has the runtime artifact and nothing else; a whole build finds it as a jar. */
class RuntimeAloneTests {
    /** What a production program does with it. */
    static final class Program {
        public static void main(String[] args) throws Exception {
            FixedAsyncExecutor executor = FixedAsyncExecutor.fixedPool(2);
            Future<Object> charge = executor.submit(() -> {
                throw new IllegalStateException("declined");
            });
            System.out.println(causeOf(charge).getClass().getSimpleName());
            System.out.println(causeOf(charge) instanceof FailureSummary);
            executor.close();

            try (RetentionWatch watch = RetentionWatch.builder("payments").build()) {
                ExecutorService pool = watch.around(Executors.newSingleThreadExecutor());
                System.out.println(causeOf(pool.submit(() -> Integer.parseInt("none")))
                        .getClass()
                        .getSimpleName());
                pool.shutdown();
            }
        }

        private static Throwable causeOf(Future<?> future) throws InterruptedException {
            try {
                future.get();
                throw new AssertionError("did not fail");
            } catch (ExecutionException failure) {
                return failure.getCause();
            }
        }
    }

    @Test
    void executorAndWatch_withNothingElseOnTheClassPath_run(@TempDir Path programOnly) throws Exception {
        ChildJvm.Result result = ChildJvm.run(
                runtime() + File.pathSeparator + copyOf(Program.class, programOnly), List.of(), Program.class);

        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines()).containsExactly("IllegalStateException", "true", "NumberFormatException");
        assertThat(result.exitCode()).isZero();
    }

    private static String runtime() throws Exception {
        return Path.of(FixedAsyncExecutor.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    private static Path copyOf(Class<?> type, Path folder) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (InputStream in = RuntimeAloneTests.class.getClassLoader().getResourceAsStream(name)) {
            Files.copy(in, file);
        }
        return folder;
    }
}
