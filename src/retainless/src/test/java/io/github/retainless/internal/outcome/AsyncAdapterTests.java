package io.github.retainless.internal.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.retainless.experiment.AsyncAdapter;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Verdict;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AsyncAdapterTests {
    private static final String FILE = "META-INF/services/io.github.retainless.experiment.AsyncAdapter";

    /** The names of classes of libraries whose types are known. */
    private static final Predicate<String> LIBRARIES = Pattern.compile(
                    "(org\\.reactivestreams|io\\.reactivex|io\\.smallrye|kotlin|kotlinx|io\\.vertx)\\..*")
            .asMatchPredicate();

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @TempDir
    Path directory;

    /** What the last copy of the library was asked for. */
    private Set<String> asked = Set.of();

    private void register(Class<?>... adapters) {
        String[] names = List.of(adapters).stream().map(Class::getName).toArray(String[]::new);
        use(new TestClassLoader(TestClassLoader.register(directory, names), name -> false, name -> false));
    }

    private static void use(ClassLoader loader) {
        Thread.currentThread().setContextClassLoader(loader);
    }

    @AfterEach
    void restore() {
        use(before);
    }

    private static RetentionReport run(Callable<Object> task) {
        return small(RetentionExperiment.of(task::call)).run();
    }

    private static RetentionExperiment small(RetentionExperiment experiment) {
        return experiment.warmup(1).failures(5).rounds(3).budget(1);
    }

    /** An async type that no library has. */
    static final class Promise {
        private final List<Consumer<Throwable>> callbacks = new ArrayList<>();

        void fail(Throwable failure) {
            callbacks.forEach(callback -> callback.accept(failure));
            callbacks.clear();
        }
    }

    public static final class PromiseAdapter implements AsyncAdapter {
        static final AtomicInteger INSTANCES = new AtomicInteger();
        static CompletableFuture<Object> last = new CompletableFuture<>();

        public PromiseAdapter() {
            INSTANCES.incrementAndGet();
        }

        @Override
        public boolean adapts(Object outcome) {
            return outcome instanceof Promise;
        }

        @Override
        public CompletionStage<?> toCompletionStage(Object outcome) {
            CompletableFuture<Object> stage = new CompletableFuture<>();
            ((Promise) outcome).callbacks.add(stage::completeExceptionally);
            last = stage;
            return stage;
        }
    }

    @Test
    void registeredAdapter_isUsed_andLoadedOnce() {
        register(PromiseAdapter.class);
        int instances = PromiseAdapter.INSTANCES.get();
        List<Throwable> failures = new ArrayList<>();
        RetentionReport report = RetentionExperiment.of(attempt -> {
                    Promise promise = new Promise();
                    attempt.observe(promise);
                    Exception failure = new Exception("declined");
                    failures.add(failure);
                    promise.fail(failure);
                })
                .warmup(0)
                .failures(5)
                .rounds(3)
                .budget(1)
                .explainUnless(any -> true)
                .run();

        assertThat(report.verdict()).as(report::reason).isEqualTo(Verdict.GROWING);
        assertThat(report.retained()).isEqualTo(failures.size());
        assertThat(PromiseAdapter.INSTANCES).hasValue(instances + 1);
    }

    @Test
    void adaptedOutcome_isReleased_whenNobodyKeepsIt() {
        register(PromiseAdapter.class);
        RetentionReport report = small(RetentionExperiment.of(attempt -> {
                    Promise promise = new Promise();
                    attempt.observe(promise);
                    PromiseAdapter.last = new CompletableFuture<>();
                    promise.fail(new Exception("declined"));
                }))
                .run();

        assertThat(report.verdict()).as(report::reason).isEqualTo(Verdict.RELEASED);
        assertThat(report.attempts()).isEqualTo(15);
    }

    @Test
    void adaptedOutcome_thatNeverSettles_timesOut_andItsStageIsCancelled() {
        register(PromiseAdapter.class);
        // Loads the adapter, which takes its time.
        AsyncOutcome.of(new Promise(), "");
        RetentionReport report =
                small(RetentionExperiment.of(Promise::new)).timeout("300 ms").run();

        assertThat(report.reason())
                .isEqualTo("attempt 1 returned, but 1 outcome it observed had not settled after 300 ms ("
                        + Promise.class.getName() + ")");
        await().until(() -> PromiseAdapter.last.isCancelled());
    }

    /** Sees futures as succeeded, whatever they are. */
    public static final class OptimisticAdapter implements AsyncAdapter {
        @Override
        public boolean adapts(Object outcome) {
            return outcome instanceof CompletableFuture<?>;
        }

        @Override
        public CompletionStage<?> toCompletionStage(Object outcome) {
            return CompletableFuture.completedStage("fine");
        }
    }

    @Test
    void registeredAdapter_comesBeforeTheBuiltInOnes() {
        register(PromiseAdapter.class, OptimisticAdapter.class);

        assertThat(run(() -> CompletableFuture.failedFuture(new Exception("declined")))
                        .reason())
                .isEqualTo("none of 1 attempts failed");
    }

    public static final class ThrowingAdapter implements AsyncAdapter {
        @Override
        public boolean adapts(Object outcome) {
            throw new IllegalStateException("cannot tell");
        }

        @Override
        public CompletionStage<?> toCompletionStage(Object outcome) {
            throw new AssertionError();
        }
    }

    public static final class RefusingAdapter implements AsyncAdapter {
        @Override
        public boolean adapts(Object outcome) {
            return true;
        }

        @Override
        public CompletionStage<?> toCompletionStage(Object outcome) {
            return toCompletionStage(outcome); // until the stack is full
        }
    }

    public static final class NullAdapter implements AsyncAdapter {
        @Override
        public boolean adapts(Object outcome) {
            return true;
        }

        @Override
        public CompletionStage<?> toCompletionStage(Object outcome) {
            return null;
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {ThrowingAdapter.class, RefusingAdapter.class, NullAdapter.class})
    void adapterThatMisbehaves_endsTheExperiment_andIsNamed(Class<?> adapter) {
        register(adapter);
        RetentionReport report = run(() -> CompletableFuture.failedFuture(new Exception("declined")));
        String what = adapter == ThrowingAdapter.class
                ? "adapts(..) threw java.lang.IllegalStateException: cannot tell"
                : adapter == RefusingAdapter.class
                        ? "toCompletionStage(..) threw java.lang.StackOverflowError"
                        : "toCompletionStage(..) returned null";

        assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(report.reason())
                .isEqualTo("attempt 1 cannot observe a java.util.concurrent.CompletableFuture: in its AsyncAdapter "
                        + adapter.getName() + ", " + what);
        assertThat(report.remedy()).isEqualTo("Repair the adapter, or remove it from " + FILE + ".");
    }

    @Test
    void adapterThatIsMissing_endsTheExperiment_andIsNamed() {
        use(new TestClassLoader(
                TestClassLoader.register(directory, "com.acme.MissingAdapter"), name -> false, name -> false));
        RetentionReport report = run(() -> CompletableFuture.failedFuture(new Exception("declined")));

        assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(report.reason())
                .isEqualTo(
                        "attempt 1 cannot observe a java.util.concurrent.CompletableFuture: its adapters cannot be loaded"
                                + " (java.util.ServiceConfigurationError: io.github.retainless.experiment.AsyncAdapter: Provider"
                                + " com.acme.MissingAdapter not found)");
        assertThat(report.remedy()).isEqualTo("Repair the entry in " + FILE + ".");
    }

    public static final class BrokenAdapter implements AsyncAdapter {
        public BrokenAdapter() {
            throw new IllegalStateException("no licence");
        }

        @Override
        public boolean adapts(Object outcome) {
            return false;
        }

        @Override
        public CompletionStage<?> toCompletionStage(Object outcome) {
            throw new AssertionError();
        }
    }

    @Test
    void adapterThatCannotBeMade_endsTheExperiment_andIsNamed() {
        register(PromiseAdapter.class, BrokenAdapter.class);

        for (int again = 0; again < 2; again++) {
            assertThat(run(Promise::new).reason())
                    .isEqualTo(
                            "attempt 1 cannot observe a " + Promise.class.getName() + ": its adapters cannot be loaded"
                                    + " (java.util.ServiceConfigurationError: io.github.retainless.experiment.AsyncAdapter: Provider "
                                    + BrokenAdapter.class.getName() + " could not be instantiated:"
                                    + " java.lang.IllegalStateException: no licence)");
        }
    }

    @Test
    void classLoader_isLetGo_withTheAdapterItDefines() throws Exception {
        WeakReference<ClassLoader> loader = observeInAnotherClassLoader();

        await().until(() -> {
            System.gc();
            return loader.refersTo(null);
        });
    }

    private WeakReference<ClassLoader> observeInAnotherClassLoader() throws Exception {
        String adapter = OptimisticAdapter.class.getName();
        try (TestClassLoader loader =
                new TestClassLoader(TestClassLoader.register(directory, adapter), adapter::equals, name -> false)) {
            use(loader);
            AsyncOutcome outcome = AsyncOutcome.of(new CompletableFuture<>(), "");
            List<Object> seen = new ArrayList<>();
            ((AsyncOutcome.Callback) outcome).subscription().accept(new Observation(() -> false, seen::add));
            assertThat(seen).as("the adapter of that class loader was used").hasSize(1);
            use(before);
            return new WeakReference<>(loader);
        }
    }

    /** What a copy of the library says in a class loader of its own, which is not that of the context. */
    private Object inACopy(String method, Predicate<String> hidden, String... adapters) throws Exception {
        Path services = adapters.length == 0 ? directory : TestClassLoader.register(directory, adapters);
        use(ClassLoader.getPlatformClassLoader());
        try (TestClassLoader copy =
                new TestClassLoader(services, name -> name.startsWith("io.github.retainless."), hidden)) {
            asked = copy.asked();
            return copy.loadClass(InACopy.class.getName()).getMethod(method).invoke(null);
        } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
        }
    }

    /** Runs beside a copy of the library. */
    public static final class InACopy {
        private InACopy() {}

        public static Object observesAFuture() {
            List<Object> seen = new ArrayList<>();
            ((AsyncOutcome.Callback) AsyncOutcome.of(CompletableFuture.failedFuture(new Exception("declined")), ""))
                    .subscription()
                    .accept(new Observation(() -> false, seen::add));
            return seen;
        }

        public static Object observesAPublisher() throws Exception {
            return AsyncOutcome.of(
                    fromElsewhere("io.reactivex.rxjava3.core.Flowable")
                            .getMethod("never")
                            .invoke(null),
                    "");
        }

        public static Object observesAUni() throws Exception {
            Object create = fromElsewhere("io.smallrye.mutiny.Uni")
                    .getMethod("createFrom")
                    .invoke(null);
            return AsyncOutcome.of(create.getClass().getMethod("nothing").invoke(create), "");
        }

        public static Object observesText() {
            return AsyncOutcome.of("text", "");
        }

        /** From where the library has not come. */
        private static Class<?> fromElsewhere(String name) throws ClassNotFoundException {
            return ClassLoader.getSystemClassLoader().loadClass(name);
        }
    }

    @Test
    void adapterThatOnlyTheLibrarySees_isUsed() throws Exception {
        List<Object> success = new ArrayList<>();
        success.add(null);

        assertThat(inACopy("observesAFuture", name -> false, OptimisticAdapter.class.getName()))
                .isEqualTo(success);
    }

    @Test
    void futureOfTheJdk_isObserved_whereNoLibraryIs() throws Exception {
        assertThat(inACopy("observesAFuture", LIBRARIES))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(1)
                .first()
                .isInstanceOf(Exception.class);
    }

    @Test
    void unknownType_loadsNoLibrary_thoughAllAreThere() {
        assertThatThrownBy(() -> inACopy("observesText", name -> false)).isInstanceOf(IllegalArgumentException.class);

        assertThat(asked).contains(LibraryType.class.getName()).noneMatch(LIBRARIES);
    }

    @Test
    void adapterOfOneLibrary_loadsNoOther() throws Exception {
        inACopy("observesAUni", name -> false);

        assertThat(asked)
                .contains(MutinyTypes.class.getName(), "io.smallrye.mutiny.Uni")
                .doesNotContain(
                        ReactiveStreamsTypes.class.getName(),
                        RxJavaTypes.class.getName(),
                        KotlinTypes.class.getName(),
                        VertxTypes.class.getName())
                .noneMatch(LIBRARIES.and(name -> !name.startsWith("io.smallrye.")));
    }

    @Test
    void typeOfALibraryThatWeDoNotSee_isRefused() {
        assertThatThrownBy(() -> inACopy("observesAPublisher", name -> name.startsWith("org.reactivestreams.")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "cannot observe a io.reactivex.rxjava3.internal.operators.flowable.FlowableNever: its org.reactivestreams.Publisher comes from"
                                + " a class loader whose classes Retainless does not see. Put the library and Retainless on the same"
                                + " class path, or turn the outcome into a CompletionStage in the task.");
    }

    @Test
    void typeOfALibraryThatIsTooOld_isRefused() {
        assertThatThrownBy(() -> inACopy("observesAPublisher", "org.reactivestreams.FlowAdapters"::equals))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "cannot observe a io.reactivex.rxjava3.internal.operators.flowable.FlowableNever: this version of"
                                + " org.reactivestreams.Publisher is not known (java.lang.NoClassDefFoundError:"
                                + " org/reactivestreams/FlowAdapters). Use a version of the library that Retainless is tested with,"
                                + " or turn the outcome into a CompletionStage in the task.");
    }

    @Test
    void typeOfAnotherCopyOfALibrary_isRefused() throws Exception {
        try (TestClassLoader other =
                new TestClassLoader(directory, name -> name.startsWith("io.smallrye.mutiny."), name -> false)) {
            Class<?> type = other.loadClass("io.smallrye.mutiny.Uni");
            Object create = type.getMethod("createFrom").invoke(null);
            Object uni = create.getClass().getMethod("nothing").invoke(create);

            assertThatThrownBy(() -> AsyncOutcome.of(uni, ""))
                    .isExactlyInstanceOf(UnobservableException.class)
                    .hasMessage(
                            "cannot observe a " + uni.getClass().getName() + ": its io.smallrye.mutiny.Uni comes from a"
                                    + " class loader whose classes Retainless does not see. Put the library and Retainless on the"
                                    + " same class path, or turn the outcome into a CompletionStage in the task.");
        }
    }
}
