package io.github.retainless.internal.explain;

import static io.github.retainless.internal.explain.PathMatcher.isField;

import io.github.retainless.experiment.LikelyCause;
import io.github.retainless.experiment.PathStep;
import io.github.retainless.experiment.PathStep.Kind;
import io.github.retainless.experiment.Reachability;
import io.github.retainless.experiment.Signature;
import io.github.retainless.internal.dump.Anchor;
import io.github.retainless.internal.text.ClassName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What usually stands behind a path: a table of rules, of which the first that fits has the say. To extend it, add a
 * rule where no less specific one comes before it, and to its tests a path that it fits and one that it nearly fits.
 */
public final class LikelyCauses {
    static final List<Rule> RULES = List.of(
            // Doubles and recorders of tests: they keep by design, whatever else is on the path.
            rule(
                    through(
                            "org.mockito.internal.stubbing.answers.Throws",
                            "org.mockito.internal.stubbing.answers.AbstractThrows"),
                    "a Mockito stub throws one and the same exception at every call",
                    "Stub with thenAnswer and create the exception in it, or with thenThrow(Declined.class)."),
            rule(
                    lastCall(),
                    "a Mockito mock keeps its last call, with what it was given",
                    "It is one per mock, also with stubOnly(): allow it by maxRetained, or call reset(mock) in every attempt,"
                            + " which takes its stubs, too."),
            rule(
                    through("org.mockito.internal.verification."),
                    "a Mockito mock records its calls, with what they were given",
                    "Create it withSettings().stubOnly(), or call clearInvocations(mock) in every attempt."),
            rule(
                    through("io.mockk.impl."),
                    "a MockK mock records its calls, with what they were given",
                    "Call clearMocks(mock, answers = false) in every attempt, or exclude the call by excludeRecords."),
            rule(
                    through("ch.qos.logback.core.read.ListAppender"),
                    "Logback's ListAppender records every event, with its exception",
                    "Detach it for this task, or clear its list in every attempt."),
            rule(
                    through(
                            "org.apache.logging.log4j.core.test.appender.ListAppender",
                            "org.apache.logging.log4j.test.appender.ListAppender"),
                    "Log4j's ListAppender records every event, with its exception",
                    "Detach it for this task, or call its clear() in every attempt."),
            rule(
                    through("com.github.valfirst.slf4jtest.", "uk.org.lidalia.slf4jtest."),
                    "a TestLogger records every event, with its exception",
                    "Call TestLoggerFactory.clearAll() in every attempt."),
            rule(
                    through(
                            "io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter",
                            "io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter"),
                    "OpenTelemetry's in-memory exporter records all it is given, with the exceptions",
                    "Export to nowhere in this task, or call its reset() in every attempt."),
            rule(
                    through("brave.test.TestSpanHandler", "io.micrometer.observation.tck.TestObservationRegistry"),
                    "a recorder for tests keeps every span or observation, with its error",
                    "Do without it in this task, or call its clear() in every attempt."),
            rule(
                    through("io.opentracing.mock."),
                    "OpenTracing's MockTracer records every span, with what is logged to it",
                    "Do without it in this task, or call its reset() in every attempt."),
            rule(
                    through("org.springframework.test.context.event.DefaultApplicationEvents"),
                    "Spring's ApplicationEvents records every event of the test",
                    "Do without @RecordApplicationEvents for this task, or call its clear() in every attempt."),
            rule(
                    through("org.apache.kafka.clients.producer.MockProducer"),
                    "Kafka's MockProducer records what is sent and what is still to complete",
                    "Call its clear() in every attempt."),
            rule(
                    through("com.github.tomakehurst.wiremock.verification.", "com.github.tomakehurst.wiremock.store."),
                    "WireMock's journal records every request",
                    "Disable the request journal, or call resetRequests() in every attempt."),
            rule(
                    through("io.reactivex.rxjava3.observers.BaseTestConsumer", "reactor.test."),
                    "a stream's test subscriber or publisher records the errors it sees",
                    "Keep no more than one at a time: %s outlives the attempt."),
            rule(
                    through("org.assertj.core.api.DefaultAssertionErrorCollector"),
                    "soft assertions collect the errors of all attempts",
                    "Create them within the attempt."),

            // Not by strong references of the program.
            rule(
                    reachable(Reachability.SOFT),
                    "a cache holds failures by soft references, until memory runs out",
                    "Do not cache failures, or bound the cache by size or time."),
            rule(
                    reachable(Reachability.FINALIZER),
                    "something that has a finalizer holds the failure, and the finalizer has yet to run",
                    "Close it in the attempt; replace the finalizer by a Cleaner whose action holds no failure."),

            // One failure holds others.
            rule(
                    suppressing(),
                    "failures are added, as suppressed ones, to an exception that all attempts share",
                    "Create it anew for every attempt, or switch suppression off in its constructor."),
            rule(
                    chaining(),
                    "each failure has an earlier attempt's as its cause",
                    "Give a new failure only the first cause, or the last one's message."),

            // Logging and tracing.
            rule(
                    through("ch.qos.logback.core.BasicStatusManager"),
                    "an appender fails, and Logback's status list keeps its first 150 and last 150 errors",
                    "Repair the appender. The list does not grow further: allow it by maxRetained = 300."),
            rule(
                    through("ch.qos.logback.", "org.apache.logging.log4j.", "java.util.logging."),
                    "a logger's buffer keeps events, with their exceptions",
                    "Give the buffer a small capacity, flush it, or log the failure's text only."),
            rule(
                    through("io.opentelemetry.sdk.", "brave.", "io.micrometer.observation.", "io.micrometer.tracing."),
                    "a span or observation keeps its error, and is not ended or not yet exported",
                    "End it on failure, too, in a finally block, and close its scope."),
            rule(
                    through("io.github.resilience4j.consumer.", "io.github.resilience4j.circularbuffer."),
                    "a circular buffer of Resilience4j keeps the last events, with their exceptions",
                    "Give it a smaller capacity; it does not grow: allow it by maxRetained."),
            rule(
                    consumers(),
                    "each attempt registers a consumer of Resilience4j's events, which cannot be taken back",
                    "Register one for all attempts, where the instance is created."),

            // Threads.
            rule(
                    kind(Kind.THREAD_LOCAL),
                    "a thread-local keeps the failure for as long as its thread lives",
                    "Call remove() in a finally block before the task ends: %s."),
            rule(
                    through("io.netty.util.internal.InternalThreadLocalMap"),
                    "a FastThreadLocal keeps the failure for as long as its thread lives",
                    "Call its remove() in a finally block before the task ends."),
            rule(
                    local(),
                    "a local variable still refers to the failure while its thread waits",
                    "Declare it inside the loop, or set it to null before the thread waits: %s."),
            rule(
                    through("java.lang.ApplicationShutdownHooks"),
                    "each attempt adds a shutdown hook",
                    "Add one for all, or take it back by Runtime.removeShutdownHook."),
            rule(
                    through("jdk.internal.ref.CleanerImpl", "jdk.internal.ref.PhantomCleanable"),
                    "a Cleaner's action refers to what it waits for",
                    "Let the action hold only what it has to free; no lambda or inner class that captures more."),

            // Waiting for a time, or for somebody.
            rule(
                    delayedBy(step -> step.owner().equals("io.netty.util.HashedWheelTimer")),
                    "a timeout of Netty's HashedWheelTimer outlives the outcome it was for",
                    "Call cancel() on the Timeout once the outcome is known."),
            rule(
                    delayedBy(step -> true),
                    "a scheduled or delayed task outlives the outcome it was for",
                    "Cancel it once the outcome is there; a ScheduledThreadPoolExecutor needs setRemoveOnCancelPolicy(true),"
                            + " a Timer its purge(), to let it go at once."),
            rule(
                    field("java.util.concurrent.CompletableFuture", "stack"),
                    "dependents pile up on a future that does not complete",
                    "Complete %s, or do not chain onto it in every attempt: what is chained stays until then."),
            rule(
                    testInstance(),
                    "the test itself keeps the failures",
                    "Keep their messages only, or empty it in every attempt: %s."),
            rule(
                    uncollected(),
                    "completed tasks are not collected from their ExecutorCompletionService",
                    "Call take() or poll() for every task, also after one has failed."),
            rule(
                    field("java.util.concurrent.ThreadPoolExecutor", "workQueue"),
                    "tasks that hold a failure wait in the queue of an executor",
                    "See what its threads wait for, bound the queue, and capture no failure in a task."),
            rule(
                    circuitBreaker(),
                    "a circuit breaker of Spring Retry keeps its last failure",
                    "It is one per circuit breaker: allow it by maxRetained."),
            rule(
                    statefulRetry(),
                    "a stateful retry keeps the last failure of every key that has neither succeeded nor been exhausted",
                    "Drop stateful, or give each item a key that recurs until its retries succeed or are exhausted."),

            // Collections and fields of the program.
            rule(
                    ring(),
                    "a buffer keeps the newest failures",
                    "It makes room for new ones: allow it by maxRetained, or keep only type and message in %s."),
            rule(
                    lastFailure(),
                    "the last failure is kept until the next one",
                    "Keep its type and message only, or allow it by maxRetained = 1: %s."),
            rule(
                    replay(),
                    "a replaying stream keeps its failure for later subscribers",
                    "Let go of the stream once it has failed, retry before it is shared, or cache for a time: %s."),
            rule(cache(), "a cache keeps failures like results", "Remove what failed from %s, in whenComplete, say."),
            rule(
                    registry(step -> step.owner().equals("java.util.concurrent.CompletableFuture")),
                    "futures leave the registry only on success",
                    "Remove them from %s in whenComplete, not in thenRun."),
            rule(
                    registry(step -> step.owner().startsWith("kotlinx.coroutines.")),
                    "Deferreds or Jobs leave the registry only on success",
                    "Remove them from %s in invokeOnCompletion, or in a finally block."),
            rule(
                    registry(step -> true),
                    "futures stay in the registry after they have failed",
                    "Remove them from %s on every outcome, not only on success."),
            rule(
                    queue(),
                    "nobody takes the failures out of a queue",
                    "Drain %s also after a failure, or bound it and let the oldest go."),
            rule(
                    listeners(),
                    "each attempt registers a listener and does not take it back",
                    "Remove it from %s on every outcome."),
            rule(
                    PathMatcher::future,
                    "futures are kept after they have failed",
                    "Let go of each, and of what collects them, once its outcome is known: %s."),
            rule(
                    innerClass(),
                    "an inner class holds its enclosing instance, and with it the failure",
                    "Make it a static class that is given what it needs."),
            rule(
                    localCollection(),
                    "a local collection of a method that still runs holds the failures",
                    "Empty it, or keep their messages only: %s."),
            rule(
                    staticField(),
                    "a static field keeps what it leads to for as long as its class is loaded",
                    "Take failures out of %s, bound it, or keep only their type and message."));

    private LikelyCauses() {}

    /** The likely cause; null if no rule fits. What the signature already says about it is not looked at. */
    static @Nullable LikelyCause of(Signature signature) {
        PathMatcher path = new PathMatcher(signature);
        for (Rule rule : RULES) {
            int index = rule.clue().in(path);
            if (index >= 0) {
                return new LikelyCause(rule.cause(), rule.remedy().replace("%s", path.memberAt(index)));
            }
        }
        return null;
    }

    /** The same retained objects with the likely cause of each, where one is known. */
    public static List<Signature> name(List<Signature> signatures) {
        return signatures.stream()
                .map(signature -> isHeadOfAnother(signature, signatures) ? signature : withCause(signature))
                .toList();
    }

    private static Signature withCause(Signature signature) {
        return new Signature(
                signature.reachability(),
                signature.path(),
                signature.type(),
                signature.attempts(),
                signature.retainedBytes(),
                signature.cohorts(),
                of(signature));
    }

    /** Whether others hang on these retained objects: then that is what is wrong. */
    private static boolean isHeadOfAnother(Signature head, List<Signature> all) {
        int length = head.path().size();
        return all.stream()
                .filter(signature -> signature.reachability() == Reachability.THROUGH_ANOTHER)
                .anyMatch(signature -> signature.path().size() > length
                        && signature.path().subList(0, length).equals(head.path()));
    }

    /** What gives a cause away. */
    interface Clue {
        /** The index of the telling step; -1 if the path does not fit. */
        int in(PathMatcher path);
    }

    /** In the remedy, {@code %s} is the program's member that leads to the telling step. */
    record Rule(Clue clue, String cause, String remedy) {}

    private static Rule rule(Clue clue, String cause, String remedy) {
        return new Rule(clue, cause, remedy);
    }

    /** A step of a library's class, whose name begins so; telling is what leads to it. */
    private static Clue through(String... classes) {
        return path -> {
            int step = path.find(isOf(classes));
            return step > 0 ? step - 1 : step;
        };
    }

    private static Clue field(String owner, String member) {
        return path -> path.find(step -> isField(step, owner, member));
    }

    private static Clue kind(Kind kind) {
        return path -> path.find(step -> step.kind() == kind);
    }

    /** What piles up is in the first collection, or hangs on a structure of the program's own. */
    private static Clue staticField() {
        return path -> {
            int pile = path.find(step -> PathMatcher.isContained(step) || step.repeated());
            return !path.beginsWith(Kind.STATIC) ? -1 : pile > 0 ? pile - 1 : path.last();
        };
    }

    private static Clue reachable(Reachability reachability) {
        return path -> path.reachability() == reachability ? Math.max(0, path.last()) : -1;
    }

    private static Clue suppressing() {
        return field("java.lang.Throwable", "suppressedExceptions");
    }

    private static Clue chaining() {
        return path -> path.find(step -> isField(step, "java.lang.Throwable", "cause")
                && (step.repeated() || path.reachability() == Reachability.THROUGH_ANOTHER));
    }

    /** A local variable that refers to the failure itself, or to a box of the JDK's around it. */
    private static Clue local() {
        return path -> {
            boolean isDirect = path.beginsWith(Kind.LOCAL) && path.isPlainAfter(0);
            return isDirect
                            && path.future() < 0
                            && path.find(PathMatcher::isContained) < 0
                            && !isScheduler(path.step(0))
                    ? 0
                    : -1;
        };
    }

    private static Clue localCollection() {
        return path -> path.beginsWith(Kind.LOCAL) && path.isPlainAfter(0) ? 0 : -1;
    }

    private static Clue delayedBy(Predicate<PathStep> scheduler) {
        return path -> {
            int timer = path.find(step -> isScheduler(step)
                    && scheduler.test(step)
                    && (!PathMatcher.isContained(step) || path.isCollection(step)));
            if (timer < 0) {
                return -1;
            }
            // One task that gathers many failures would gather them uncancelled or not.
            int tasks =
                    PathMatcher.isContained(path.step(timer)) ? timer : path.findAfter(timer, PathMatcher::isContained);
            boolean isGathering = tasks >= 0
                    && path.attempts() > 1
                    && (!path.isCollection(path.step(tasks)) || path.findAfter(tasks, path::isCollection) >= 0);
            return isGathering ? -1 : timer;
        };
    }

    private static boolean isScheduler(PathStep step) {
        String holder = step.holder();
        return holder.equals("java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue")
                || holder.equals("java.util.concurrent.DelayQueue")
                || holder.equals("java.util.TaskQueue")
                || step.owner().equals("java.util.concurrent.DelayScheduler")
                || isField(step, "io.netty.util.HashedWheelTimer", "wheel")
                || isField(step, "io.netty.util.HashedWheelTimer", "timeouts")
                || isField(step, "io.netty.util.concurrent.AbstractScheduledEventExecutor", "scheduledTaskQueue");
    }

    /** A field of the test, or of the task, that leads to the failures through nothing of the program. */
    private static Clue testInstance() {
        return path -> {
            if (!path.beginsWith(Kind.OUTSIDE) || path.step(0).holder().equals(Anchor.EXECUTOR)) {
                return -1;
            }
            boolean isItsField = path.last() > 0
                    && path.step(1).kind() == Kind.FIELD
                    && path.step(0).member().isEmpty();
            int field = isItsField ? 1 : 0;
            return path.isPlainAfter(field) ? field : -1;
        };
    }

    private static Clue uncollected() {
        return path ->
                path.find(step -> isField(step, "java.util.concurrent.ExecutorCompletionService*", "completionQueue"));
    }

    private static Clue ring() {
        return path -> path.attempts() > 1 && path.isOfTheNewest() ? path.find(path::isCollection) : -1;
    }

    private static Clue lastFailure() {
        return path -> {
            boolean isSlot = path.attempts() == 1 && path.isOfTheNewest() && path.find(PathMatcher::isContained) < 0;
            return isSlot && !path.beginsWith(Kind.LOCAL) ? path.last() : -1;
        };
    }

    private static Clue replay() {
        return through(
                "reactor.core.publisher.FluxReplay",
                "reactor.core.publisher.SinkManyReplayProcessor",
                "reactor.core.publisher.MonoCache",
                "reactor.core.publisher.SinkEmptyMulticast",
                "reactor.core.publisher.NextProcessor",
                "io.reactivex.rxjava3.subjects.",
                "io.reactivex.rxjava3.processors.",
                "io.reactivex.rxjava3.internal.operators.completable.CompletableCache",
                "io.reactivex.rxjava3.internal.operators.flowable.FlowableCache",
                "io.reactivex.rxjava3.internal.operators.flowable.FlowableReplay",
                "io.reactivex.rxjava3.internal.operators.maybe.MaybeCache",
                "io.reactivex.rxjava3.internal.operators.observable.ObservableCache",
                "io.reactivex.rxjava3.internal.operators.observable.ObservableReplay",
                "io.reactivex.rxjava3.internal.operators.single.SingleCache");
    }

    /** A cache by library or by name, with something in it. */
    private static Clue cache() {
        Clue ofLibrary = through(
                "com.github.benmanes.caffeine.cache.",
                "com.google.common.cache.",
                "org.springframework.cache.",
                "org.ehcache.",
                "org.cache2k.");
        return path -> {
            int called = path.find(LikelyCauses::isCalledCache);
            int cache = called >= 0 ? called : ofLibrary.in(path);
            boolean isFilled = path.findAfter(cache, path::isCollection) >= 0 || path.future() > cache;
            return isFilled ? cache : -1;
        };
    }

    private static boolean isCalledCache(PathStep step) {
        return isProgramField(step)
                && (words(step.member()).stream().anyMatch(LikelyCauses::meansCache)
                        || words(new ClassName(ownerOf(step)).simple()).stream().anyMatch(LikelyCauses::meansCache));
    }

    private static boolean meansCache(String word) {
        return word.startsWith("cache") || word.equals("memo") || word.startsWith("memoiz");
    }

    private static Clue registry(Predicate<PathStep> isOfKind) {
        return path -> {
            int entry = path.find(step -> PathMatcher.isInMapOrSet(step) && path.isCollection(step));
            int future = path.future();
            return entry >= 0 && future > entry && isOfKind.test(path.step(future)) ? entry : -1;
        };
    }

    private static Clue queue() {
        return path -> path.find(step -> PathMatcher.isInQueue(step) && path.isCollection(step));
    }

    private static Clue listeners() {
        return path -> {
            int field = path.find(step ->
                    isProgramField(step) && words(step.member()).stream().anyMatch(LikelyCauses::meansListeners));
            return field >= 0 && path.findAfter(field, path::isCollection) == field + 1 ? field : -1;
        };
    }

    private static boolean meansListeners(String word) {
        return List.of("listeners", "observers", "subscribers", "callbacks", "hooks")
                .contains(word);
    }

    /** One of the program's own: nobody can change a library's who only uses it. */
    private static Clue innerClass() {
        return path -> path.find(step -> isProgramField(step)
                && !new ClassName(ownerOf(step)).isLibrary()
                && step.member().startsWith("this$"));
    }

    /** What Mockito keeps to be able to stub it, and what it keeps instead of a record with {@code stubOnly()}. */
    private static Clue lastCall() {
        return path -> path.find(
                step -> isField(step, "org.mockito.internal.stubbing.InvocationContainerImpl", "invocationForStubbing")
                        || isField(step, "org.mockito.internal.verification.SingleRegisteredInvocation", "invocation"));
    }

    /** A consumer for each failure; one that collects them has another place for that. */
    private static Clue consumers() {
        return path -> {
            int field =
                    path.find(step -> isField(step, "io.github.resilience4j.core.EventProcessor", "onEventConsumers")
                            || isField(step, "io.github.resilience4j.core.EventProcessor", "eventConsumerMap"));
            int consumer = path.findAfter(field, step -> !PathMatcher.isContained(step));
            boolean isOneEach = path.attempts() > 1 && consumer > field + 1 && !path.isPileAfter(consumer - 1);
            return field >= 0 && isOneEach ? field : -1;
        };
    }

    private static Clue circuitBreaker() {
        return path -> path.find(
                isOf("org.springframework.retry.policy.CircuitBreakerRetryPolicy$CircuitBreakerRetryContext"));
    }

    private static Clue statefulRetry() {
        return path -> {
            int map = path.find(step -> isField(step, "org.springframework.retry.policy.MapRetryContextCache", "map"));
            boolean isOfKeys = map >= 0
                    && path.attempts() > 1
                    && path.findAfter(map, step -> PathMatcher.isInMapOrSet(step) && path.isCollection(step))
                            == map + 1;
            return isOfKeys ? map : -1;
        };
    }

    private static boolean isProgramField(PathStep step) {
        return (step.kind() == Kind.FIELD || step.kind() == Kind.STATIC) && !new ClassName(ownerOf(step)).isJdk();
    }

    private static String ownerOf(PathStep step) {
        return step.owner().isEmpty() ? step.holder() : step.owner();
    }

    private static Predicate<PathStep> isOf(String... classes) {
        Predicate<String> isOne = name -> Arrays.stream(classes).anyMatch(name::startsWith);
        return step -> isOne.test(step.owner()) || isHeldByClass(step) && isOne.test(step.holder());
    }

    private static boolean isHeldByClass(PathStep step) {
        return switch (step.kind()) {
            case THREAD, LOCAL, OUTSIDE, NATIVE -> false;
            default -> true;
        };
    }

    /** The words of a camel-case or upper-case name, in lower case. */
    private static List<String> words(String name) {
        return Arrays.stream(name.split("(?<=\\p{Ll})(?=\\p{Lu})|[^\\p{L}]+"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }
}
