package io.github.retainless.lab.corpus;

import static io.github.retainless.experiment.Verdict.BOUNDED;
import static io.github.retainless.experiment.Verdict.GROWING;
import static io.github.retainless.experiment.Verdict.RELEASED;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.helpers.NOPAppender;
import ch.qos.logback.core.read.CyclicBufferAppender;
import ch.qos.logback.core.read.ListAppender;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.subjects.PaymentDeclined;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.function.Function;
import org.mockito.Mockito;

/** What records what happened: appenders of Logback, mocks of Mockito, spans of OpenTelemetry. */
enum RecorderSubject implements CorpusSubject {
    LIST_APPENDER(logback("a ListAppender", GROWING).issue("test appender")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            return logged(scope, context -> new ListAppender<>());
        }
    },
    CYCLIC_BUFFER_APPENDER_OF_64(logback("a cyclic buffer of the last 64 events", BOUNDED)) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            return logged(scope, context -> {
                CyclicBufferAppender<ILoggingEvent> last = new CyclicBufferAppender<>();
                last.setMaxSize(64);
                return last;
            });
        }
    },
    ASYNC_APPENDER(logback("an asynchronous appender", RELEASED).issue("control")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            return logged(scope, context -> {
                AsyncAppender async = new AsyncAppender();
                async.setContext(context);
                async.addAppender(started(context, new NOPAppender<>()));
                return async;
            });
        }
    },
    MOCK_THAT_RECORDS(mockito("a mock that is told of the failure records its invocations", GROWING)
            .issue("by design")
            .fixedIn("withSettings().stubOnly()")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            return called(scope, Mockito.mock(Gateway.class));
        }
    },
    MOCK_THAT_ONLY_STUBS(mockito("a stubOnly() mock that is told of the failure keeps its last invocation", BOUNDED)
            .issue("by design")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            return called(
                    scope, Mockito.mock(Gateway.class, Mockito.withSettings().stubOnly()));
        }
    },
    LONG_LIVED_SPAN(openTelemetry("a long-lived span records up to 128 exceptions", BOUNDED)) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            Span span = tracer(scope).spanBuilder("session").startSpan();
            scope.onClose(span::end);
            return RetentionExperiment.of((RetentionExperiment.Action) () -> {
                PaymentDeclined failure = new PaymentDeclined("declined");
                span.recordException(failure);
                throw failure;
            });
        }
    },
    EXPORTED_SPANS(openTelemetry("a span each, given to an exporter that drops it", RELEASED)
            .issue("control")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            Tracer tracer = tracer(scope);
            return RetentionExperiment.of((RetentionExperiment.Action) () -> {
                PaymentDeclined failure = new PaymentDeclined("declined");
                Span span = tracer.spanBuilder("charge").startSpan();
                span.recordException(failure);
                span.end();
                throw failure;
            });
        }
    };

    private final Entry entry;

    RecorderSubject(Entry entry) {
        this.entry = entry;
    }

    @Override
    public Entry entry() {
        return entry;
    }

    private static Entry logback(String task, Verdict right) {
        return Entry.of(Library.of("Logback", "1.5.6", LoggerContext.class), task, right);
    }

    private static Entry mockito(String task, Verdict right) {
        return Entry.of(Library.of("Mockito", "5.12.0", Mockito.class), task, right);
    }

    private static Entry openTelemetry(String task, Verdict right) {
        return Entry.of(Library.of("OpenTelemetry", "1.38.0", SdkTracerProvider.class), task, right);
    }

    private static RetentionExperiment logged(Scope scope, Function<LoggerContext, Appender<ILoggingEvent>> appender) {
        LoggerContext context = new LoggerContext();
        scope.onClose(context::stop);
        Logger logger = context.getLogger("payments");
        logger.addAppender(started(context, appender.apply(context)));
        return RetentionExperiment.of((RetentionExperiment.Action) () -> {
            PaymentDeclined failure = new PaymentDeclined("declined");
            logger.error("charge failed", failure);
            throw failure;
        });
    }

    private static <T extends Appender<ILoggingEvent>> T started(LoggerContext context, T appender) {
        appender.setContext(context);
        appender.start();
        return appender;
    }

    private static RetentionExperiment called(Scope scope, Gateway gateway) {
        scope.slot = gateway;
        Mockito.doAnswer(call -> {
                    throw call.<PaymentDeclined>getArgument(0);
                })
                .when(gateway)
                .report(Mockito.any());
        return RetentionExperiment.of(
                (RetentionExperiment.Action) () -> gateway.report(new PaymentDeclined("declined")));
    }

    private static Tracer tracer(Scope scope) {
        SpanExporter none = SpanExporter.composite();
        return scope.closing(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(none))
                        .build())
                .get("payments");
    }

    interface Gateway {
        void report(PaymentDeclined failure);
    }
}
