package io.github.retainless.lab.flags;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.internal.heap.HeapCollector;
import io.github.retainless.internal.heap.Proof;
import io.github.retainless.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In JVMs whose flags change what a collection does. HeapCollectorTests of the library has the rest. */
class HeapCollectorFlagsTests {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-XX:+UseSerialGC -XX:+DisableExplicitGC | true, DiagnosticCommand gcRun, false",
                "-XX:+UseG1GC -XX:+ExplicitGCInvokesConcurrent | true",
                "-XX:+UnlockExperimentalVMOptions -XX:+UseEpsilonGC | false, this JVM runs the Epsilon collector, which"
                        + " frees nothing: run the tests without -XX:+UseEpsilonGC, true",
            })
    void collection_underOtherFlags_isProvenOrSaysWhyNot(String flags, String proof) throws Exception {
        List<String> all = new ArrayList<>(List.of("-Xmx64m", "-Xlog:disable"));
        all.addAll(List.of(flags.split(" ")));
        ChildJvm.Result result = ChildJvm.run(all, PrintProof.class);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out().lines()).anyMatch(line -> line.startsWith(proof));
    }

    static final class PrintProof {
        public static void main(String[] args) throws InterruptedException {
            HeapCollector.shared().prepare();
            Proof proof = HeapCollector.shared().collect();
            System.out.println(proof.proven() + ", " + proof.how() + ", " + proof.hopeless());
        }
    }
}
