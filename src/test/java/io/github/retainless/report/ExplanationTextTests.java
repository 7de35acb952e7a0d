package io.github.retainless.report;

import static io.github.retainless.report.Reports.growing;
import static io.github.retainless.trace.Paths.path;

import io.github.retainless.heap.*;
import io.github.retainless.trace.*;
import io.github.retainless.verdict.Growth;
import java.nio.charset.StandardCharsets;
import java.util.*;
import org.junit.jupiter.api.Test;

class ExplanationTextTests {
    @Test
    void show() {
        var a = new Anatomy(
                "io.acme.PaymentDeclined",
                300,
                66_000,
                List.of(
                        new Anatomy.Part(Anatomy.Kind.PAYLOAD, "payload", "byte[65536]", 65552),
                        new Anatomy.Part(Anatomy.Kind.BACKTRACE, "", "", 720),
                        new Anatomy.Part(Anatomy.Kind.REST, "", "", 200)));
        var s = path().statically("io.acme.PaymentDispatcher", "INSTANCE")
                .field("io.acme.PaymentDispatcher", "inFlight")
                .entry("java.util.concurrent.ConcurrentHashMap", "*")
                .completableFuture()
                .explained();
        var e = new Explanation(List.of(s), List.of(a), "", "");
        for (var cs : List.of(StandardCharsets.UTF_8, StandardCharsets.US_ASCII))
            System.out.println(ReportText.of(
                    growing(Growth.COUNT)
                            .failuresPerRound(100)
                            .round(100, 100, 6_645_800)
                            .round(300, 300, 19_937_400)
                            .explained(e)
                            .report(),
                    Bounds.NONE,
                    "",
                    cs));
    }
}
