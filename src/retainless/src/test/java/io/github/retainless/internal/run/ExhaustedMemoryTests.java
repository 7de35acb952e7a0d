package io.github.retainless.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.testing.ChildJvm;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExhaustedMemoryTests {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java.lang.OutOfMemoryError: Java heap space | Raise -Xmx, or make the payloads smaller.",
                "java.lang.OutOfMemoryError: GC overhead limit exceeded | Raise -Xmx, or make the payloads smaller.",
                "java.lang.OutOfMemoryError | Raise -Xmx, or make the payloads smaller.",
                "java.lang.OutOfMemoryError: Cannot reserve 1048576 bytes of direct buffer memory (allocated: 1, limit: 2) | Release direct buffers when an attempt fails, or raise -XX:MaxDirectMemorySize.",
                "io.netty.util.internal.OutOfDirectMemoryError: failed to allocate 16777216 byte(s) of direct memory | Release direct buffers when an attempt fails, or raise -Dio.netty.maxDirectMemory.",
                "java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory | End the threads that attempts start, or raise the system's limit.",
                "java.lang.OutOfMemoryError: Metaspace | Raise -XX:MaxMetaspaceSize, or define no classes in the task.",
                "java.lang.OutOfMemoryError: Compressed class space | Raise -XX:CompressedClassSpaceSize, or define no classes in the task."
            })
    void remedy_isThatOfTheMemory(String description, String remedy) {
        assertThat(ExhaustedMemory.remedy(description)).isEqualTo(remedy);
    }

    @Test
    void directMemory_isTold() {
        ChildJvm.Result child = ChildJvm.run(List.of("-XX:MaxDirectMemorySize=16m"), Main.class);

        assertThat(child.err()).isEmpty();
        assertThat(child.out())
                .startsWith(
                        "attempt 17 ran out of memory (java.lang.OutOfMemoryError: Cannot reserve 1048576 bytes of direct")
                .endsWith("\nRelease direct buffers when an attempt fails, or raise -XX:MaxDirectMemorySize.");
    }

    /** Keeps a direct buffer of each failure. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            List<ByteBuffer> buffers = new ArrayList<>();
            RetentionReport report = RetentionExperiment.of(() -> {
                        buffers.add(ByteBuffer.allocateDirect(1 << 20));
                        throw new IllegalStateException("declined");
                    })
                    .run();
            System.out.print(report.reason() + "\n" + report.remedy());
        }
    }
}
