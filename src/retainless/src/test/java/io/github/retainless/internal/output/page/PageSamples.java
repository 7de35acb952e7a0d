package io.github.retainless.internal.output.page;

import io.github.retainless.executor.FixedAsyncExecutor;
import io.github.retainless.experiment.Anatomy;
import io.github.retainless.experiment.Explanation;
import io.github.retainless.experiment.Jvm;
import io.github.retainless.experiment.LikelyCause;
import io.github.retainless.experiment.PathStep;
import io.github.retainless.experiment.Reachability;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Signature;
import io.github.retainless.internal.output.results.TestResult;
import io.github.retainless.internal.report.ReportValues;
import io.github.retainless.internal.text.ReportText;
import io.github.retainless.internal.verdict.Limits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Results of every verdict, of experiments that were really run. */
public final class PageSamples {
    private PageSamples() {}

    static final class PaymentDeclined extends RuntimeException {
        private static final long serialVersionUID = 1;

        final byte[] response;

        PaymentDeclined(int size) {
            super("card declined");
            response = new byte[size];
        }
    }

    /** Forgets charges only when they succeed. */
    static final class PaymentDispatcher {
        private final Map<Long, CompletableFuture<Void>> inFlight = new ConcurrentHashMap<>();
        private final AtomicLong ids = new AtomicLong();

        CompletableFuture<Void> charge() {
            long id = ids.incrementAndGet();
            CompletableFuture<Void> charge = CompletableFuture.runAsync(() -> {
                throw new PaymentDeclined(16 * 1024);
            });
            inFlight.put(id, charge);
            charge.thenRun(() -> inFlight.remove(id));
            return charge;
        }
    }

    static final class PaymentTest {
        final PaymentDispatcher dispatcher = new PaymentDispatcher();
    }

    /** Keeps the newest. */
    static final class RecentErrors {
        private final Deque<Throwable> errors = new ArrayDeque<>();

        synchronized void add(Throwable error) {
            if (errors.size() == 120) {
                errors.removeFirst();
            }
            errors.addLast(error);
        }
    }

    /** Keeps errors for a while, not all equally long, as caches do so that not all expire at once. */
    static final class ErrorCache {
        private final Map<Throwable, Long> expiries = new ConcurrentHashMap<>();
        private final Random jitter = new Random(1);

        synchronized void add(Throwable error) {
            long now = System.nanoTime();
            for (Iterator<Long> each = expiries.values().iterator(); each.hasNext(); ) {
                if (each.next() - now < 0) {
                    each.remove();
                }
            }
            expiries.put(error, now + TimeUnit.MILLISECONDS.toNanos(100 + jitter.nextInt(1_400)));
        }
    }

    static TestResult leak() {
        PaymentTest test = new PaymentTest();
        return result(
                "PaymentDispatcherTest",
                RetentionExperiment.of(test.dispatcher::charge)
                        .named("declinedCharge()")
                        .outside(test)
                        .failures(100)
                        .run(),
                false);
    }

    static TestResult sharedException() {
        IllegalStateException shared = new IllegalStateException("circuit is open");
        return result(
                "CircuitBreakerTest",
                RetentionExperiment.of((RetentionExperiment.Action) () -> {
                            shared.addSuppressed(new PaymentDeclined(256));
                            throw shared;
                        })
                        .named("rejectedWhileOpen()")
                        .failures(100)
                        .run(),
                false);
    }

    static TestResult ringBuffer() {
        RecentErrors recent = new RecentErrors();
        return result(
                "RecentErrorsTest",
                RetentionExperiment.of((RetentionExperiment.Action) () -> {
                            PaymentDeclined error = new PaymentDeclined(4096);
                            recent.add(error);
                            throw error;
                        })
                        .named("keepsTheLast120()")
                        .failures(50)
                        .rounds(8)
                        .run(),
                true);
    }

    static TestResult expiry() {
        ErrorCache cache = new ErrorCache();
        return result(
                "ErrorCacheTest",
                RetentionExperiment.of((RetentionExperiment.Action) () -> {
                            PaymentDeclined error = new PaymentDeclined(2048);
                            cache.add(error);
                            throw error;
                        })
                        .named("expiresWithinSeconds()")
                        .failures(50)
                        .rounds(12)
                        .run(),
                true);
    }

    static TestResult released() {
        ExecutorService executor = FixedAsyncExecutor.fixedPool(4);
        try {
            return result(
                    "PaymentExecutorTest",
                    RetentionExperiment.of((RetentionExperiment.Action) () -> {
                                throw new PaymentDeclined(64 * 1024);
                            })
                            .named("declinedPayment()")
                            .on(executor)
                            .run(),
                    true);
        } finally {
            executor.shutdown();
        }
    }

    static TestResult undecided() {
        return result(
                "RefundTest",
                RetentionExperiment.of(() -> CompletableFuture.completedFuture("refunded"))
                        .named("refusedRefund()")
                        .run(),
                false);
    }

    /** All at the same time, since experiments share their collections. */
    public static List<TestResult> everyVerdict() {
        List<CompletableFuture<TestResult>> samples = Stream.<Supplier<TestResult>>of(
                        PageSamples::leak,
                        PageSamples::sharedException,
                        PageSamples::undecided,
                        PageSamples::ringBuffer,
                        PageSamples::expiry,
                        PageSamples::released)
                .map(sample -> CompletableFuture.supplyAsync(sample, task -> new Thread(task).start()))
                .toList();
        return samples.stream().map(CompletableFuture::join).toList();
    }

    /** What exceptions, threads and map keys may be called that want to be more than text. */
    static final List<String> HOSTILE = List.of(
            "<script>window.harmed = 1</script>",
            "</script></style></title><img src=x onerror='window.harmed = 1'>",
            "\"onload=\"window.harmed = 1\" autofocus onfocus=\"window.harmed = 1",
            "' onmouseover='window.harmed = 1",
            "javascript:window.harmed=1",
            "&lt;b&gt; &amp; &#60;i&#62; &quot",
            "--> ]]> <!-- <![CDATA[",
            "${7*7} {{7*7}} @if(true) \\u003cb\\u003e",
            "line\u2028separator, paragraph\u2029separator",
            "lone \ud800 high, lone \udc00 low",
            "\u202egnp.tnemyap\u2066 turned round",
            "nul \u0000, bell \u0007",
            "w".repeat(10_000));

    /** How a browser shows it: what is no character at all it leaves out or replaces. */
    static String shown(String hostile) {
        return hostile.replace("\u0000", "").replaceAll("\\p{Cs}", "?");
    }

    /** A leak in which every text is hostile. */
    static TestResult hostile(TestResult leak, String text) {
        RetentionReport report = leak.report();
        Explanation explanation = new Explanation(
                List.of(new Signature(
                        Reachability.STRONG,
                        List.of(
                                new PathStep(PathStep.Kind.THREAD, text, "", "", "", false),
                                new PathStep(PathStep.Kind.ENTRY, "java.util.HashMap", "", text, text, false),
                                new PathStep(PathStep.Kind.FIELD, text, text, text, text, false)),
                        text,
                        100,
                        1 << 20,
                        List.of(100),
                        new LikelyCause(text, text))),
                List.of(new Anatomy(text, 1, 2048, List.of(new Anatomy.Part(Anatomy.Kind.PAYLOAD, text, text, 2048)))),
                text,
                text);
        RetentionReport hostile = new ReportValues(
                text,
                report.verdict(),
                report.growth(),
                text,
                text,
                report.rounds(),
                explanation,
                0,
                report.failureWeights(),
                report.retainedParts(),
                report.heapGain(),
                report.successComparison(),
                report.settings(),
                new Jvm(text, text, text, text, 1 << 30, 2),
                text,
                report.began(),
                report.took());
        return new TestResult(text, text, text, false, text, List.of(text), text, text, hostile);
    }

    private static TestResult result(String className, RetentionReport report, boolean passed) {
        String name = "io.acme.payments." + className;
        return new TestResult(
                name + "." + report.name().replace("()", ""),
                name,
                report.name(),
                passed,
                ReportText.of(report, Limits.NONE, ""),
                ReportText.message(report, Limits.NONE, "").remarks(),
                "",
                name + "." + report.name().replace("()", "") + ".csv",
                report);
    }
}
