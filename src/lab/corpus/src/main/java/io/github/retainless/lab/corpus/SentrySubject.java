package io.github.retainless.lab.corpus;

import static io.github.retainless.experiment.Verdict.GROWING;
import static io.github.retainless.experiment.Verdict.RELEASED;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.subjects.PaymentDeclined;
import io.sentry.Hub;
import io.sentry.ISpan;
import io.sentry.NoOpTransportFactory;
import io.sentry.SentryOptions;
import io.sentry.SpanStatus;

/** Sentry's map from exceptions, its weak keys, to their spans, which hold the exceptions. */
enum SentrySubject implements CorpusSubject {
    SPANS_WITH_THEIR_EXCEPTION_6_4_0("6.4.0", GROWING, "sentry-6.4.0.jar"),
    SPANS_WITH_THEIR_EXCEPTION_6_4_1("6.4.1", RELEASED);

    private final Entry entry;

    SentrySubject(String version, Verdict right, String... jars) {
        Library library = Library.isolated("Sentry", version, Hub.class, jars);
        entry = Entry.of(library, "a task fails within a span that is told of it", right)
                .issue("getsentry/sentry-java#2225")
                .fixedIn("6.4.1");
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public RetentionExperiment experiment(Scope scope) {
        SentryOptions options = new SentryOptions();
        options.setDsn("https://key@sentry.invalid/1");
        options.setTracesSampleRate(1.0);
        options.setTransportFactory(NoOpTransportFactory.getInstance());
        options.setAttachServerName(false);
        Hub hub = new Hub(options);
        scope.onClose(hub::close);
        return RetentionExperiment.of(() -> {
            PaymentDeclined declined = new PaymentDeclined("declined");
            ISpan span = hub.startTransaction("charge", "task");
            span.setThrowable(declined);
            span.finish(SpanStatus.INTERNAL_ERROR);
            throw declined;
        });
    }
}
