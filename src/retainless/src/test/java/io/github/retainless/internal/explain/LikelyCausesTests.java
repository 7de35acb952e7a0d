package io.github.retainless.internal.explain;

import static io.github.retainless.internal.explain.Paths.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.LikelyCause;
import io.github.retainless.experiment.Reachability;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LikelyCausesTests {
    private static final String ARRAY_LIST = "java.util.ArrayList";
    private static final String MAP = "java.util.concurrent.ConcurrentHashMap";
    private static final String DISPATCHER = "io.acme.PaymentDispatcher";
    private static final String TEST = "io.acme.PaymentDispatcherTest";
    private static final String FUTURE = "java.util.concurrent.CompletableFuture";
    private static final String DELAYED = "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue";

    private static final String STATIC = "a static field keeps what it leads to for as long as its class is loaded";
    private static final String REGISTRY = "futures leave the registry only on success";
    private static final String FUTURES = "futures are kept after they have failed";

    /**
     * A path that a rule fits, and one that it nearly fits.
     *
     * @param cause what the rule says
     * @param remedy the whole of it, or its beginning
     * @param nearly what differs in the point that matters
     * @param otherwise what is said of that; null if nothing
     */
    private record Example(String cause, String remedy, Paths fits, Paths nearly, @Nullable String otherwise) {
        @Override
        public String toString() {
            return cause;
        }
    }

    private static Paths dispatcher() {
        return path().statically(DISPATCHER, "INSTANCE");
    }

    private static Paths mock() {
        return path().outside("instance of")
                .field(TEST, "gateway")
                .field("io.acme.Gateway$MockitoMock$1421", "mockitoInterceptor")
                .field("org.mockito.internal.creation.bytebuddy.MockMethodInterceptor", "handler")
                .field("org.mockito.internal.handler.MockHandlerImpl", "invocationContainer");
    }

    static Stream<Example> examples() {
        return Stream.of(
                new Example(
                        "a Mockito stub throws one and the same exception at every call",
                        "Stub with thenAnswer",
                        mock().field("org.mockito.internal.stubbing.InvocationContainerImpl", "stubbed")
                                .element("java.util.LinkedList", "0")
                                .field("org.mockito.internal.stubbing.StubbedInvocationMatcher", "answers")
                                .element("java.util.concurrent.ConcurrentLinkedQueue", "0")
                                .field("org.mockito.internal.stubbing.answers.ThrowsException", "throwable"),
                        mock().field("org.mockito.internal.stubbing.InvocationContainerImpl", "stubbed")
                                .element("java.util.LinkedList", "0")
                                .field("org.mockito.internal.stubbing.StubbedInvocationMatcher", "answers")
                                .element("java.util.concurrent.ConcurrentLinkedQueue", "0")
                                .field("org.mockito.internal.stubbing.answers.Returns", "value"),
                        null),
                new Example(
                        "a Mockito mock keeps its last call, with what it was given",
                        "It is one per mock, also with stubOnly(): allow it by maxRetained, or call reset(mock) in every attempt,"
                                + " which takes its stubs, too.",
                        mock().field("org.mockito.internal.stubbing.InvocationContainerImpl", "invocationForStubbing")
                                .field("org.mockito.internal.invocation.InvocationMatcher", "invocation")
                                .field("org.mockito.internal.invocation.InterceptedInvocation", "arguments")
                                .element("java.lang.Object[]", "0"),
                        mock().field("org.mockito.internal.stubbing.InvocationContainerImpl", "registeredInvocations")
                                .field("org.mockito.internal.verification.DefaultRegisteredInvocations", "invocations")
                                .element("java.util.LinkedList", "*"),
                        "a Mockito mock records its calls, with what they were given"),
                new Example(
                        "a Mockito mock records its calls, with what they were given",
                        "Create it withSettings().stubOnly(), or call clearInvocations(mock) in every attempt.",
                        mock().field("org.mockito.internal.stubbing.InvocationContainerImpl", "registeredInvocations")
                                .field("org.mockito.internal.verification.DefaultRegisteredInvocations", "invocations")
                                .element("java.util.LinkedList", "*")
                                .field("org.mockito.internal.invocation.InterceptedInvocation", "arguments")
                                .element("java.lang.Object[]", "0"),
                        path().statically("io.acme.mockito.Gateway", "seen").element(ARRAY_LIST, "*"),
                        STATIC),
                new Example(
                        "a MockK mock records its calls, with what they were given",
                        "Call clearMocks(mock, answers = false)",
                        path().outside("instance of")
                                .field("io.mockk.impl.stub.MockKStub", "recordedCalls")
                                .element(ARRAY_LIST, "*"),
                        path().outside("instance of")
                                .field(TEST, "recordedCalls")
                                .element(ARRAY_LIST, "*"),
                        "the test itself keeps the failures"),
                new Example(
                        "Logback's ListAppender records every event, with its exception",
                        "Detach it for this task, or clear its list in every attempt.",
                        path().outside("instance of")
                                .field(TEST, "appender")
                                .field("ch.qos.logback.core.read.ListAppender", "list")
                                .element(ARRAY_LIST, "*")
                                .field("ch.qos.logback.classic.spi.LoggingEvent", "throwableProxy")
                                .field("ch.qos.logback.classic.spi.ThrowableProxy", "throwable"),
                        dispatcher().field("io.acme.ListAppender", "list").element(ARRAY_LIST, "*"),
                        STATIC),
                new Example(
                        "Log4j's ListAppender records every event, with its exception",
                        "Detach it for this task, or call its clear() in every attempt.",
                        dispatcher()
                                .field("org.apache.logging.log4j.core.test.appender.ListAppender", "events")
                                .element(ARRAY_LIST, "*")
                                .field("org.apache.logging.log4j.core.impl.Log4jLogEvent", "thrown"),
                        dispatcher().field("org.apache.logging.log4j.core.impl.Log4jLogEvent", "thrown"),
                        "a logger's buffer keeps events, with their exceptions"),
                new Example(
                        "a TestLogger records every event, with its exception",
                        "Call TestLoggerFactory.clearAll() in every attempt.",
                        dispatcher()
                                .field("com.github.valfirst.slf4jtest.TestLogger", "allLoggingEvents")
                                .element("java.util.concurrent.CopyOnWriteArrayList", "*"),
                        dispatcher()
                                .field("io.acme.TestLogger", "allLoggingEvents")
                                .element(ARRAY_LIST, "*"),
                        STATIC),
                new Example(
                        "OpenTelemetry's in-memory exporter records all it is given, with the exceptions",
                        "Export to nowhere in this task, or call its reset() in every attempt.",
                        path().outside("instance of")
                                .field(TEST, "exporter")
                                .field(
                                        "io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter",
                                        "finishedSpanItems")
                                .element("java.util.concurrent.ConcurrentLinkedQueue", "*")
                                .field("io.opentelemetry.sdk.trace.SpanWrapper", "resolvedEvents"),
                        dispatcher()
                                .field("io.opentelemetry.sdk.trace.export.BatchSpanProcessor$Worker", "queue")
                                .element("java.util.concurrent.ArrayBlockingQueue", "*"),
                        "a span or observation keeps its error, and is not ended or not yet exported"),
                new Example(
                        "a recorder for tests keeps every span or observation, with its error",
                        "Do without it in this task, or call its clear() in every attempt.",
                        dispatcher()
                                .field("brave.test.TestSpanHandler", "spans")
                                .element(ARRAY_LIST, "*")
                                .field("brave.handler.MutableSpan", "error"),
                        dispatcher().field("brave.handler.MutableSpan", "error"),
                        "a span or observation keeps its error, and is not ended or not yet exported"),
                new Example(
                        "OpenTracing's MockTracer records every span, with what is logged to it",
                        "Do without it in this task, or call its reset() in every attempt.",
                        dispatcher()
                                .field("io.opentracing.mock.MockTracer", "finishedSpans")
                                .element(ARRAY_LIST, "*"),
                        dispatcher()
                                .field("io.acme.MockTracer", "finishedSpans")
                                .element(ARRAY_LIST, "*"),
                        STATIC),
                new Example(
                        "Spring's ApplicationEvents records every event of the test",
                        "Do without @RecordApplicationEvents",
                        path().thread("main")
                                .threadLocal(
                                        "org.springframework.test.context.event.ApplicationEventsHolder",
                                        "applicationEvents")
                                .field("org.springframework.test.context.event.DefaultApplicationEvents", "events")
                                .element(ARRAY_LIST, "*"),
                        path().thread("main")
                                .threadLocal("io.acme.Events", "EVENTS")
                                .element(ARRAY_LIST, "*"),
                        "a thread-local keeps the failure for as long as its thread lives"),
                new Example(
                        "Kafka's MockProducer records what is sent and what is still to complete",
                        "Call its clear() in every attempt.",
                        dispatcher()
                                .field("org.apache.kafka.clients.producer.MockProducer", "completions")
                                .element("java.util.ArrayDeque", "*"),
                        dispatcher()
                                .field("io.acme.MockProducer", "completions")
                                .element("java.util.ArrayDeque", "*"),
                        STATIC),
                new Example(
                        "WireMock's journal records every request",
                        "Disable the request journal, or call resetRequests() in every attempt.",
                        dispatcher()
                                .field(
                                        "com.github.tomakehurst.wiremock.store.InMemoryRequestJournalStore",
                                        "serveEvents")
                                .entry(MAP, "*"),
                        dispatcher()
                                .field("io.acme.InMemoryRequestJournalStore", "serveEvents")
                                .entry(MAP, "*"),
                        STATIC),
                new Example(
                        "a stream's test subscriber or publisher records the errors it sees",
                        "Keep no more than one at a time: PaymentDispatcherTest.subscribers outlives the attempt.",
                        path().outside("instance of")
                                .field(TEST, "subscribers")
                                .element(ARRAY_LIST, "*")
                                .inherited(
                                        "io.reactivex.rxjava3.observers.TestObserver",
                                        "io.reactivex.rxjava3.observers.BaseTestConsumer",
                                        "errors"),
                        path().outside("instance of").field(TEST, "subscribers").element(ARRAY_LIST, "*"),
                        "the test itself keeps the failures"),
                new Example(
                        "soft assertions collect the errors of all attempts",
                        "Create them within the attempt.",
                        path().outside("instance of")
                                .field(TEST, "softly")
                                .inherited(
                                        "org.assertj.core.api.SoftAssertions",
                                        "org.assertj.core.api.DefaultAssertionErrorCollector",
                                        "collectedAssertionErrors")
                                .element(ARRAY_LIST, "*"),
                        path().outside("instance of").field(TEST, "softly").element(ARRAY_LIST, "*"),
                        "the test itself keeps the failures"),
                new Example(
                        "a cache holds failures by soft references, until memory runs out",
                        "Do not cache failures, or bound the cache by size or time.",
                        dispatcher()
                                .field(DISPATCHER, "retries")
                                .entry(MAP, "*")
                                .reachable(Reachability.SOFT),
                        dispatcher().field(DISPATCHER, "retries").entry(MAP, "*"),
                        STATIC),
                new Example(
                        "something that has a finalizer holds the failure, and the finalizer has yet to run",
                        "Close it in the attempt",
                        path().reachable(Reachability.FINALIZER),
                        path().reachable(Reachability.NONE),
                        null),
                new Example(
                        "failures are added, as suppressed ones, to an exception that all attempts share",
                        "Create it anew for every attempt, or switch suppression off in its constructor.",
                        path().statically("io.acme.Errors", "SHARED")
                                .inherited("io.acme.Declined", "java.lang.Throwable", "suppressedExceptions")
                                .element(ARRAY_LIST, "*")
                                .reachable(Reachability.THROUGH_ANOTHER),
                        path().statically("io.acme.Errors", "SHARED")
                                .field("io.acme.Declined", "suppressedExceptions")
                                .element(ARRAY_LIST, "*"),
                        STATIC),
                new Example(
                        "each failure has an earlier attempt's as its cause",
                        "Give a new failure only the first cause, or the last one's message.",
                        dispatcher()
                                .field(DISPATCHER, "last")
                                .inherited("io.acme.Declined", "java.lang.Throwable", "cause")
                                .reachable(Reachability.THROUGH_ANOTHER),
                        // The wrapper of the same attempt, as of a stage that failed.
                        path().thread("worker")
                                .inherited("java.util.concurrent.CompletionException", "java.lang.Throwable", "cause"),
                        null),
                new Example(
                        "an appender fails, and Logback's status list keeps its first 150 and last 150 errors",
                        "Repair the appender.",
                        path().statically("org.slf4j.LoggerFactory", "PROVIDER")
                                .field("ch.qos.logback.core.ContextBase", "sm")
                                .field("ch.qos.logback.core.BasicStatusManager", "tailBuffer")
                                .field("ch.qos.logback.core.helpers.CyclicBuffer", "ea")
                                .element("java.lang.Object[]", "*")
                                .field("ch.qos.logback.core.status.StatusBase", "throwable"),
                        path().statically("org.slf4j.LoggerFactory", "PROVIDER")
                                .field("ch.qos.logback.core.read.CyclicBufferAppender", "cb")
                                .field("ch.qos.logback.core.helpers.CyclicBuffer", "ea")
                                .element("java.lang.Object[]", "*"),
                        "a logger's buffer keeps events, with their exceptions"),
                new Example(
                        "a logger's buffer keeps events, with their exceptions",
                        "Give the buffer a small capacity, flush it, or log the failure's text only.",
                        dispatcher()
                                .field("java.util.logging.MemoryHandler", "buffer")
                                .element("java.util.logging.LogRecord[]", "*")
                                .field("java.util.logging.LogRecord", "thrown"),
                        dispatcher().field("io.acme.MemoryHandler", "buffer").element("java.lang.Object[]", "*"),
                        STATIC),
                new Example(
                        "a span or observation keeps its error, and is not ended or not yet exported",
                        "End it on failure, too",
                        path().thread("worker")
                                .threadLocal(
                                        "io.micrometer.observation.SimpleObservationRegistry", "localObservationScope")
                                .field("io.micrometer.observation.SimpleObservation", "context")
                                .field("io.micrometer.observation.Observation$Context", "error"),
                        path().thread("worker").threadLocal("io.acme.Observation", "CURRENT"),
                        "a thread-local keeps the failure for as long as its thread lives"),
                new Example(
                        "a circular buffer of Resilience4j keeps the last events, with their exceptions",
                        "Give it a smaller capacity",
                        dispatcher()
                                .field("io.github.resilience4j.consumer.CircularEventConsumer", "eventFifo")
                                .element("java.lang.Object[]", "*"),
                        dispatcher()
                                .field(
                                        "io.github.resilience4j.circuitbreaker.internal.CircuitBreakerStateMachine",
                                        "lastError"),
                        STATIC),
                new Example(
                        "each attempt registers a consumer of Resilience4j's events, which cannot be taken back",
                        "Register one for all attempts, where the instance is created.",
                        dispatcher()
                                .field("io.github.resilience4j.core.EventProcessor", "onEventConsumers")
                                .element("java.util.concurrent.CopyOnWriteArraySet", "*")
                                .field("io.acme.Payments$$Lambda", "arg$1"),
                        // One consumer that collects them.
                        dispatcher()
                                .field("io.github.resilience4j.core.EventProcessor", "onEventConsumers")
                                .element("java.util.concurrent.CopyOnWriteArraySet", "0")
                                .field("io.acme.Payments$$Lambda", "arg$1")
                                .element(ARRAY_LIST, "*"),
                        STATIC),
                new Example(
                        "a thread-local keeps the failure for as long as its thread lives",
                        "Call remove() in a finally block before the task ends: Context.LAST.",
                        path().thread("pool-1-thread-*").threadLocal("io.acme.Context", "LAST"),
                        path().thread("pool-1-thread-*").field("io.acme.Worker", "last"),
                        null),
                new Example(
                        "a FastThreadLocal keeps the failure for as long as its thread lives",
                        "Call its remove() in a finally block before the task ends.",
                        path().thread("nioEventLoopGroup-2-*")
                                .field("io.netty.util.concurrent.FastThreadLocalThread", "threadLocalMap")
                                .field("io.netty.util.internal.InternalThreadLocalMap", "indexedVariables")
                                .element("java.lang.Object[]", "*"),
                        path().thread("nioEventLoopGroup-2-*")
                                .field("io.netty.util.concurrent.FastThreadLocalThread", "lastError"),
                        null),
                new Example(
                        "a local variable still refers to the failure while its thread waits",
                        "Declare it inside the loop, or set it to null before the thread waits: Worker.run(Worker.java:42).",
                        path().local("worker-1", "io.acme.Worker", "run(Worker.java:42)")
                                .failures(0, 0, 1),
                        // It refers to the subject, whose field holds the failure.
                        path().local("main", "io.acme.Main", "main(Main.java:7)")
                                .field(DISPATCHER, "last"),
                        null),
                new Example(
                        "each attempt adds a shutdown hook",
                        "Add one for all, or take it back by Runtime.removeShutdownHook.",
                        path().statically("java.lang.ApplicationShutdownHooks", "hooks")
                                .key("java.util.IdentityHashMap"),
                        path().statically("io.acme.ShutdownHooks", "all").key("java.util.IdentityHashMap"),
                        STATIC),
                new Example(
                        "a Cleaner's action refers to what it waits for",
                        "Let the action hold only what it has to free",
                        path().thread("Common-Cleaner")
                                .field("jdk.internal.ref.CleanerImpl", "phantomCleanableList")
                                .field("jdk.internal.ref.PhantomCleanable", "next")
                                .repeated()
                                .field("jdk.internal.ref.CleanerImpl$PhantomCleanableRef", "action"),
                        path().thread("Common-Cleaner").field("io.acme.Cleaner", "action"),
                        null),
                new Example(
                        "a timeout of Netty's HashedWheelTimer outlives the outcome it was for",
                        "Call cancel() on the Timeout once the outcome is known.",
                        dispatcher()
                                .field("io.netty.util.HashedWheelTimer", "wheel")
                                .element("io.netty.util.HashedWheelTimer$HashedWheelBucket[]", "*")
                                .field("io.netty.util.HashedWheelTimer$HashedWheelBucket", "head")
                                .field("io.netty.util.HashedWheelTimer$HashedWheelTimeout", "next")
                                .repeated()
                                .field("io.netty.util.HashedWheelTimer$HashedWheelTimeout", "task"),
                        path().thread("nioEventLoopGroup-2-*")
                                .inherited(
                                        "io.netty.channel.nio.NioEventLoop",
                                        "io.netty.util.concurrent.AbstractScheduledEventExecutor",
                                        "scheduledTaskQueue")
                                .element("io.netty.util.internal.DefaultPriorityQueue", "*"),
                        "a scheduled or delayed task outlives the outcome it was for"),
                new Example(
                        "a scheduled or delayed task outlives the outcome it was for",
                        "Cancel it once the outcome is there",
                        dispatcher()
                                .field(DISPATCHER, "timer")
                                .field("java.util.concurrent.ThreadPoolExecutor", "workQueue")
                                .element(DELAYED, "*")
                                .field("java.util.concurrent.FutureTask", "callable")
                                .field("java.util.concurrent.Executors$RunnableAdapter", "task")
                                .field("io.acme.PaymentDispatcher$$Lambda", "arg$1"),
                        // One periodic task with a list of its own.
                        dispatcher()
                                .field(DISPATCHER, "timer")
                                .field("java.util.concurrent.ThreadPoolExecutor", "workQueue")
                                .element(DELAYED, "0")
                                .field("java.util.concurrent.FutureTask", "callable")
                                .field("io.acme.Poller", "errors")
                                .element(ARRAY_LIST, "*"),
                        "tasks that hold a failure wait in the queue of an executor"),
                new Example(
                        "dependents pile up on a future that does not complete",
                        "Complete PaymentDispatcher.stopped, or do not chain onto it in every attempt: what is chained stays until"
                                + " then.",
                        dispatcher()
                                .field(DISPATCHER, "stopped")
                                .field(FUTURE, "stack")
                                .field("java.util.concurrent.CompletableFuture$Completion", "next")
                                .repeated()
                                .field("java.util.concurrent.CompletableFuture$UniCompletion", "dep")
                                .completableFuture(),
                        dispatcher().field(DISPATCHER, "stopped").completableFuture(),
                        FUTURES),
                new Example(
                        "the test itself keeps the failures",
                        "Keep their messages only, or empty it in every attempt: PaymentDispatcherTest.failures.",
                        path().outside("instance of")
                                .field(TEST, "failures")
                                .element(ARRAY_LIST, "*")
                                .completableFuture(),
                        // A field of the subject, which is in a field of the test.
                        path().outside("instance of")
                                .field(TEST, "dispatcher")
                                .field(DISPATCHER, "inFlight")
                                .entry(MAP, "*")
                                .completableFuture(),
                        REGISTRY),
                new Example(
                        "completed tasks are not collected from their ExecutorCompletionService",
                        "Call take() or poll() for every task, also after one has failed.",
                        dispatcher()
                                .field(DISPATCHER, "completion")
                                .field("java.util.concurrent.ExecutorCompletionService", "completionQueue")
                                .element("java.util.concurrent.LinkedBlockingQueue", "*")
                                .futureTask(),
                        dispatcher()
                                .field(DISPATCHER, "completionQueue")
                                .element("java.util.concurrent.LinkedBlockingQueue", "*")
                                .futureTask(),
                        "nobody takes the failures out of a queue"),
                new Example(
                        "tasks that hold a failure wait in the queue of an executor",
                        "See what its threads wait for",
                        dispatcher()
                                .field(DISPATCHER, "pool")
                                .field("java.util.concurrent.ThreadPoolExecutor", "workQueue")
                                .element("java.util.concurrent.LinkedBlockingQueue", "*")
                                .field("java.util.concurrent.FutureTask", "callable"),
                        dispatcher()
                                .field(DISPATCHER, "workQueue")
                                .element("java.util.concurrent.LinkedBlockingQueue", "*"),
                        "nobody takes the failures out of a queue"),
                new Example(
                        "a circuit breaker of Spring Retry keeps its last failure",
                        "It is one per circuit breaker: allow it by maxRetained.",
                        dispatcher()
                                .field("org.springframework.retry.policy.MapRetryContextCache", "map")
                                .entry("java.util.Collections$SynchronizedMap", "\"charge\"")
                                .inherited(
                                        "org.springframework.retry.policy.CircuitBreakerRetryPolicy$CircuitBreakerRetryContext",
                                        "org.springframework.retry.context.RetryContextSupport",
                                        "lastException"),
                        dispatcher().field("org.springframework.retry.context.RetryContextSupport", "lastException"),
                        STATIC),
                new Example(
                        "a stateful retry keeps the last failure of every key that has neither succeeded nor been exhausted",
                        "Drop stateful, or give each item a key that recurs until its retries succeed or are exhausted.",
                        dispatcher()
                                .field("org.springframework.retry.policy.MapRetryContextCache", "map")
                                .entry("java.util.Collections$SynchronizedMap", "*")
                                .field("org.springframework.retry.context.RetryContextSupport", "lastException"),
                        dispatcher()
                                .field(DISPATCHER, "contexts")
                                .entry("java.util.Collections$SynchronizedMap", "*")
                                .field("org.springframework.retry.context.RetryContextSupport", "lastException"),
                        STATIC),
                new Example(
                        "a buffer keeps the newest failures",
                        "It makes room for new ones: allow it by maxRetained, or keep only type and message in"
                                + " PaymentDispatcher.recent.",
                        dispatcher()
                                .field(DISPATCHER, "recent")
                                .element("java.util.ArrayDeque", "*")
                                .failures(0, 28, 100),
                        dispatcher()
                                .field(DISPATCHER, "recent")
                                .element("java.util.ArrayDeque", "*")
                                .failures(1, 28, 100),
                        STATIC),
                new Example(
                        "the last failure is kept until the next one",
                        "Keep its type and message only, or allow it by maxRetained = 1: PaymentDispatcher.last.",
                        dispatcher()
                                .field(DISPATCHER, "last")
                                .completableFuture()
                                .failures(0, 0, 1),
                        dispatcher()
                                .field(DISPATCHER, "last")
                                .completableFuture()
                                .failures(1, 0, 0),
                        FUTURES),
                new Example(
                        "a replaying stream keeps its failure for later subscribers",
                        "Let go of the stream once it has failed, retry before it is shared, or cache for a time:"
                                + " PaymentDispatcher.rates.",
                        dispatcher()
                                .field(DISPATCHER, "rates")
                                .entry(MAP, "*")
                                .field("reactor.core.publisher.MonoCacheTime", "state")
                                .field("reactor.core.publisher.ImmutableSignal", "throwable"),
                        dispatcher()
                                .field(DISPATCHER, "rates")
                                .entry(MAP, "*")
                                .field("reactor.core.publisher.MonoError", "error"),
                        STATIC),
                new Example(
                        "a cache keeps failures like results",
                        "Remove what failed from Rates.CACHE, in whenComplete, say.",
                        path().statically("io.acme.Rates", "CACHE")
                                .entry(MAP, "*")
                                .completableFuture(),
                        // Neither the word nor what is in it.
                        path().statically("io.acme.Rates", "inMemory")
                                .entry(MAP, "*")
                                .completableFuture(),
                        REGISTRY),
                new Example(
                        REGISTRY,
                        "Remove them from PaymentDispatcher.inFlight in whenComplete, not in thenRun.",
                        dispatcher()
                                .field(DISPATCHER, "inFlight")
                                .entry(MAP, "\"order-*\"")
                                .completableFuture(),
                        // One entry that all of them hang on is no registry of them.
                        dispatcher()
                                .field(DISPATCHER, "byCustomer")
                                .entry(MAP, "\"acme\"")
                                .element(ARRAY_LIST, "*")
                                .completableFuture(),
                        FUTURES),
                new Example(
                        "Deferreds or Jobs leave the registry only on success",
                        "Remove them from PaymentDispatcher.INSTANCE in invokeOnCompletion, or in a finally block.",
                        dispatcher()
                                .entry(MAP, "*")
                                .field("kotlinx.coroutines.JobSupport", "_state")
                                .field("kotlinx.coroutines.CompletedExceptionally", "cause"),
                        dispatcher()
                                .element(ARRAY_LIST, "*")
                                .field("kotlinx.coroutines.JobSupport", "_state")
                                .field("kotlinx.coroutines.CompletedExceptionally", "cause"),
                        FUTURES),
                new Example(
                        "futures stay in the registry after they have failed",
                        "Remove them from PaymentDispatcher.INSTANCE on every outcome, not only on success.",
                        dispatcher().entry(MAP, "*").futureTask(),
                        dispatcher().element(ARRAY_LIST, "*").futureTask(),
                        FUTURES),
                new Example(
                        "nobody takes the failures out of a queue",
                        "Drain PaymentDispatcher.results also after a failure, or bound it and let the oldest go.",
                        dispatcher()
                                .field(DISPATCHER, "results")
                                .element("java.util.concurrent.LinkedBlockingQueue", "*")
                                .futureTask(),
                        dispatcher()
                                .field(DISPATCHER, "results")
                                .element("java.util.LinkedList", "*")
                                .futureTask(),
                        FUTURES),
                new Example(
                        "each attempt registers a listener and does not take it back",
                        "Remove it from PaymentDispatcher.failureListeners on every outcome.",
                        dispatcher()
                                .field(DISPATCHER, "failureListeners")
                                .element("java.util.concurrent.CopyOnWriteArrayList", "*")
                                .field("io.acme.Charge$$Lambda", "arg$1"),
                        dispatcher()
                                .field(DISPATCHER, "listenersHolder")
                                .field("io.acme.Listeners", "items")
                                .element("java.util.concurrent.CopyOnWriteArrayList", "*"),
                        STATIC),
                new Example(
                        FUTURES,
                        "Let go of each, and of what collects them, once its outcome is known: PaymentDispatcher.submitted.",
                        dispatcher()
                                .field(DISPATCHER, "submitted")
                                .element(ARRAY_LIST, "*")
                                .futureTask(),
                        // A task that is not done holds it by what it captured.
                        dispatcher()
                                .field(DISPATCHER, "submitted")
                                .element(ARRAY_LIST, "*")
                                .field("java.util.concurrent.FutureTask", "callable"),
                        STATIC),
                new Example(
                        "an inner class holds its enclosing instance, and with it the failure",
                        "Make it a static class that is given what it needs.",
                        dispatcher().field("io.acme.Charge$Handler", "this$0").field("io.acme.Charge", "failure"),
                        // The JDK's own are nobody's to change.
                        dispatcher()
                                .field("java.util.concurrent.ThreadPoolExecutor$Worker", "this$0")
                                .field("io.acme.Pool", "failure"),
                        STATIC),
                new Example(
                        "a local collection of a method that still runs holds the failures",
                        "Empty it, or keep their messages only: Worker.run(Worker.java:42).",
                        path().local("worker-1", "io.acme.Worker", "run(Worker.java:42)")
                                .element(ARRAY_LIST, "*"),
                        path().local("worker-1", "io.acme.Worker", "run(Worker.java:42)")
                                .field("io.acme.Failures", "all")
                                .element(ARRAY_LIST, "*"),
                        null),
                new Example(
                        STATIC,
                        "Take failures out of Audit.Failures.all, bound it, or keep only their type and message.",
                        path().statically("io.acme.Audit$Failures", "all").element(ARRAY_LIST, "*"),
                        path().natively("a JNI global reference").element(ARRAY_LIST, "*"),
                        null));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void pathThatFits_hasItsCauseAndRemedy(Example example) {
        LikelyCause likely = LikelyCauses.of(example.fits().signature());

        assertThat(likely).isNotNull();
        assertThat(likely.cause()).isEqualTo(example.cause());
        assertThat(likely.remedy()).startsWith(example.remedy()).endsWith(".").doesNotContain("%");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void pathThatNearlyFits_hasNotThisCause(Example example) {
        LikelyCause likely = LikelyCauses.of(example.nearly().signature());

        assertThat(likely == null ? null : likely.cause())
                .isEqualTo(example.otherwise())
                .isNotEqualTo(example.cause());
    }

    @Test
    void everyRule_hasAnExample() {
        List<String> causes =
                LikelyCauses.RULES.stream().map(LikelyCauses.Rule::cause).toList();

        assertThat(examples().map(Example::cause)).containsExactlyElementsOf(causes);
    }

    static Stream<Paths> timers() {
        return Stream.of(
                path().statically("java.util.concurrent.CompletableFuture$Delayer", "delayer")
                        .field("java.util.concurrent.ThreadPoolExecutor", "workQueue")
                        .element(DELAYED, "*")
                        .field("java.util.concurrent.FutureTask", "callable"),
                path().local(
                                "CompletableFutureDelayScheduler",
                                "java.util.concurrent.DelayScheduler",
                                "loop(DelayScheduler.java:1)")
                        .element("java.util.concurrent.DelayScheduler$ScheduledForkJoinTask[]", "*")
                        .field("java.util.concurrent.DelayScheduler$ScheduledForkJoinTask", "callable"),
                dispatcher().field(DISPATCHER, "retries").element("java.util.concurrent.DelayQueue", "*"),
                path().thread("Timer-*")
                        .field("java.util.TimerThread", "queue")
                        .field("java.util.TaskQueue", "queue")
                        .element("java.util.TimerTask[]", "*")
                        .field("io.acme.Expiry", "failure"),
                path().thread("nioEventLoopGroup-2-*")
                        .inherited(
                                "io.netty.channel.nio.NioEventLoop",
                                "io.netty.util.concurrent.AbstractScheduledEventExecutor",
                                "scheduledTaskQueue")
                        .element("io.netty.util.internal.DefaultPriorityQueue", "*"));
    }

    @ParameterizedTest
    @MethodSource("timers")
    void timerOfAnyKind_isATaskNotCancelled(Paths timer) {
        assertThat(timer.explained().likely())
                .extracting(LikelyCause::cause)
                .isEqualTo("a scheduled or delayed task outlives the outcome it was for");
    }

    @Test
    void innerClassOfALibrary_isNotBlamed() {
        assertThat(dispatcher()
                        .field("org.springframework.retry.support.RetryTemplate$1", "this$0")
                        .field("org.springframework.retry.support.RetryTemplate", "failure")
                        .explained()
                        .likely())
                .extracting(LikelyCause::cause)
                .isEqualTo(STATIC);
    }

    @Test
    void threadWithoutAName_isCalledSo() {
        assertThat(path().thread("")
                        .field("java.lang.Thread", "target")
                        .field("java.util.concurrent.ConcurrentLinkedQueue", "head")
                        .completableFuture()
                        .explained()
                        .likely())
                .isEqualTo(
                        new LikelyCause(
                                FUTURES,
                                "Let go of each, and of what collects them, once its outcome is known: a thread without a name."));
    }

    static Stream<Paths> futures() {
        return Stream.of(
                path().completableFuture(),
                path().futureTask(),
                path().inherited(
                                "java.util.concurrent.ForkJoinTask$AdaptedCallable",
                                "java.util.concurrent.ForkJoinTask",
                                "aux")
                        .field("java.util.concurrent.ForkJoinTask$Aux", "ex"),
                path().inherited(
                                "com.google.common.util.concurrent.SettableFuture",
                                "com.google.common.util.concurrent.AbstractFuture",
                                "value")
                        .field("com.google.common.util.concurrent.AbstractFuture$Failure", "exception"),
                path().inherited(
                                "com.google.common.util.concurrent.SettableFuture",
                                "com.google.common.util.concurrent.AbstractFutureState",
                                "value")
                        .field("com.google.common.util.concurrent.AbstractFuture$Failure", "exception"),
                path().field("io.netty.util.concurrent.DefaultPromise", "result")
                        .field("io.netty.util.concurrent.DefaultPromise$CauseHolder", "cause"),
                path().field("io.acme.ChargeFuture", "failure"));
    }

    @ParameterizedTest
    @MethodSource("futures")
    void futureOfAnyKind_isKept(Paths future) {
        assertThat(future.explained().likely()).extracting(LikelyCause::cause).isEqualTo(FUTURES);
    }

    static Stream<Paths> sets() {
        return Stream.of(
                dispatcher().element("java.util.HashSet", "*").completableFuture(),
                dispatcher()
                        .element("java.util.concurrent.ConcurrentHashMap$KeySetView", "*")
                        .completableFuture(),
                dispatcher().element("java.util.Collections$SetFromMap", "*").completableFuture(),
                dispatcher().key("java.util.WeakHashMap").completableFuture(),
                dispatcher().entry(MAP, "*").field("io.acme.Call", "outcome").completableFuture());
    }

    @ParameterizedTest
    @MethodSource("sets")
    void mapOrSetOfFutures_isARegistry(Paths set) {
        assertThat(set.explained().likely())
                .isEqualTo(new LikelyCause(
                        REGISTRY, "Remove them from PaymentDispatcher.INSTANCE in whenComplete, not in thenRun."));
    }

    static Stream<Paths> caches() {
        return Stream.of(
                dispatcher().field(DISPATCHER, "cachedRates").entry(MAP, "*"),
                dispatcher().field("io.acme.RateCache", "entries").entry(MAP, "*"),
                dispatcher().field(DISPATCHER, "memo").entry(MAP, "*"),
                dispatcher()
                        .field("com.github.benmanes.caffeine.cache.UnboundedLocalCache", "data")
                        .entry(MAP, "*"),
                dispatcher()
                        .field("com.google.common.cache.LocalCache", "segments")
                        .element("com.google.common.cache.LocalCache$Segment[]", "*")
                        .field("com.google.common.cache.LocalCache$StrongValueReference", "referent"));
    }

    @ParameterizedTest
    @MethodSource("caches")
    void cacheByNameOrLibrary_isACache(Paths cache) {
        assertThat(cache.explained().likely())
                .extracting(LikelyCause::cause)
                .isEqualTo("a cache keeps failures like results");
    }

    @Test
    void cacheOnTheWayWithoutAnythingInIt_isNone() {
        assertThat(dispatcher()
                        .field(DISPATCHER, "cacheSettings")
                        .field("io.acme.Settings", "failure")
                        .explained()
                        .likely())
                .extracting(LikelyCause::cause)
                .isEqualTo(STATIC);
    }
}
