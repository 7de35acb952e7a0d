package io.github.retainless.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.retainless.experiment.Footprint;
import io.github.retainless.internal.runtime.JdkInternals;
import io.github.retainless.testing.Soon;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Cleaner;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FootprintMeterTests {
    private static final int PAYLOAD = 100_000;
    private static final Object[] NOTHING = {};

    private final FootprintMeter meter = new FootprintMeter();

    static class Light extends Exception {
        private static final long serialVersionUID = 1;

        transient @Nullable Object held;

        Light(@Nullable Object held) {
            super(null, null, true, false);
            this.held = held;
        }
    }

    private long bytes(Object retained) {
        return meter.measure(new Object[] {retained}, NOTHING).bytes();
    }

    @Test
    void measure_nothing_weighsNothing() {
        assertThat(meter.measure(NOTHING, NOTHING)).isEqualTo(Footprint.NONE);
    }

    @Test
    void measure_nullElements_ignoresThem() {
        Footprint footprint = meter.measure(new Object[] {null, new Object(), null}, new Object[] {null});

        assertThat(footprint.objects()).isEqualTo(1);
    }

    @Test
    void measure_sameRetainedObjectTwice_countsItOnce() {
        Light retained = new Light(null);

        assertThat(meter.measure(new Object[] {retained, retained}, NOTHING))
                .isEqualTo(meter.measure(new Object[] {retained}, NOTHING));
    }

    @Test
    void measure_sharedPayload_countsItOnce() {
        byte[] payload = new byte[PAYLOAD];
        Object[] retained = {new Light(payload), new Light(payload), new Light(payload)};

        assertThat(meter.measure(retained, NOTHING).bytes()).isBetween((long) PAYLOAD, PAYLOAD + 1000L);
    }

    @Test
    void measure_backtrace_countsItButNoMirror() {
        Exception deep = deep(200);
        long light = bytes(new Light(null));

        // Per 32 frames: 32 shorts, ints, longs and references, five headers.
        assertThat(bytes(deep) - light).isBetween(200L * 18, 200L * 26 + 2000);
    }

    private static Exception deep(int frames) {
        return frames == 0 ? new Exception() : deep(frames - 1);
    }

    @Test
    void measure_materialisedStack_weighsMore() {
        Exception exception = deep(50);
        long before = bytes(exception);
        exception.getStackTrace();

        assertThat(bytes(exception)).isGreaterThan(before + 50 * 32);
    }

    @Test
    void measure_exceptionOfPackageThatIsPruned_followsIt() {
        assertThat(bytes(new InvocationTargetException(new Light(new byte[PAYLOAD]))))
                .isGreaterThan(PAYLOAD);
    }

    enum Kind {
        DECLINED(new byte[PAYLOAD]),
        OVERRIDDEN(new byte[PAYLOAD]) {
            @Override
            public String toString() {
                return "";
            }
        };

        final byte[] payload;

        Kind(byte[] payload) {
            this.payload = payload;
        }
    }

    static Stream<Arguments> thingsOfTheProgram() throws Exception {
        ThreadLocal<Object> local = new ThreadLocal<>();
        local.set(new byte[PAYLOAD]);
        Thread thread = new Thread(new byte[PAYLOAD]::hashCode);
        return Stream.of(
                Arguments.of("class", FootprintMeterTests.class),
                Arguments.of("class loader", FootprintMeterTests.class.getClassLoader()),
                Arguments.of("module", Object.class.getModule()),
                Arguments.of("module layer", ModuleLayer.boot()),
                Arguments.of("thread", thread),
                Arguments.of("thread group", Thread.currentThread().getThreadGroup()),
                Arguments.of("method", Object.class.getMethod("hashCode")),
                Arguments.of(
                        "parameter",
                        Object.class.getMethod("equals", Object.class).getParameters()[0]),
                Arguments.of("method type", MethodType.methodType(void.class)),
                Arguments.of("lookup", MethodHandles.lookup()),
                Arguments.of("method handle", MethodHandles.constant(byte[].class, new byte[PAYLOAD])),
                Arguments.of("var handle", MethodHandles.arrayElementVarHandle(int[].class)),
                Arguments.of("enum constant", Kind.DECLINED),
                Arguments.of("enum constant with a body", Kind.OVERRIDDEN));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("thingsOfTheProgram")
    void measure_thingOfTheProgram_neitherCountsNorEntersIt(String name, Object thing) {
        assertThat(meter.measure(new Object[] {new Light(thing)}, NOTHING))
                .as(name)
                .isEqualTo(meter.measure(new Object[] {new Light(null)}, NOTHING));
    }

    @Test
    void measure_threadLocal_leavesItsValuesToTheThreads() {
        ThreadLocal<byte[]> local = ThreadLocal.withInitial(() -> new byte[PAYLOAD]);
        local.get();

        assertThat(bytes(new Light(local))).isLessThan(1000);
    }

    @Test
    void measure_lambda_followsWhatItCaptured() {
        byte[] payload = new byte[PAYLOAD];
        Supplier<byte[]> lambda = () -> payload;

        assertThat(bytes(lambda)).isBetween((long) PAYLOAD, PAYLOAD + 100L);
    }

    @Test
    void measure_proxy_followsItsHandler() {
        byte[] payload = new byte[PAYLOAD];
        Object proxy = Proxy.newProxyInstance(
                FootprintMeterTests.class.getClassLoader(),
                new Class<?>[] {Runnable.class},
                (self, method, arguments) -> payload);

        assertThat(bytes(proxy)).isBetween((long) PAYLOAD, PAYLOAD + 100L);
    }

    static Stream<Object> references() {
        Object payload = new byte[PAYLOAD];
        return Stream.of(
                new WeakReference<>(payload),
                new SoftReference<>(payload),
                new PhantomReference<>(payload, new ReferenceQueue<>()),
                new WeakReference<>(payload) {});
    }

    @ParameterizedTest
    @MethodSource("references")
    void measure_reference_countsItWithoutItsReferent(Object reference) {
        assertThat(bytes(reference)).isBetween(24L, 1000L);
    }

    @Test
    void measure_cleanable_followsItsActionButNotTheCleanersOfOthers() {
        Cleaner cleaner = Cleaner.create();
        List<Object> owners = new ArrayList<>();
        List<Cleaner.Cleanable> cleanables = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            byte[] payload = new byte[PAYLOAD];
            Object owner = new Object();
            owners.add(owner);
            cleanables.add(cleaner.register(owner, () -> payload[0]++));
        }

        assertThat(bytes(cleanables.get(1))).isBetween((long) PAYLOAD, PAYLOAD + 2000L);
        assertThat(owners).hasSize(3);
    }

    @Test
    void measure_outsideHoldsTheRetainedObjects_hidesNothing() {
        List<Object> registry = new ArrayList<>();
        registry.add(new Light(new byte[PAYLOAD]));
        Object[] retained = registry.toArray();

        assertThat(meter.measure(retained, new Object[] {registry})).isEqualTo(meter.measure(retained, NOTHING));
    }

    @Test
    void measure_outsideIsRetainedObject_countsIt() {
        Light retained = new Light(new byte[PAYLOAD]);

        assertThat(meter.measure(new Object[] {retained}, new Object[] {retained}))
                .isEqualTo(meter.measure(new Object[] {retained}, NOTHING));
    }

    @Test
    void measure_retainedObjectPointsOutside_isNotChargedWithIt() {
        Object[] test = {new byte[PAYLOAD], new byte[PAYLOAD]};

        assertThat(meter.measure(new Object[] {new Light(test), new Light(test[0])}, new Object[] {test})
                        .bytes())
                .isLessThan(1000);
    }

    @Test
    void measure_retainedObjectHoldsRetainedObject_countsEachOnce() {
        Light cause = new Light(new byte[PAYLOAD]);
        Light effect = new Light(cause);

        assertThat(meter.measure(new Object[] {effect, cause}, NOTHING))
                .isEqualTo(meter.measure(new Object[] {effect}, NOTHING));
    }

    @Test
    void measure_longCauseChain_doesNotOverflow() {
        int length = 100_000;
        Light last = new Light(null);
        for (int i = 1; i < length; i++) {
            last = new Light(last);
        }

        Footprint footprint = meter.measure(new Object[] {last}, NOTHING);

        // Beside the exceptions: the one sentinel for "nothing suppressed" and its empty array.
        assertThat(footprint.objects()).isBetween((long) length, length + 10L);
        assertThat(footprint.truncated()).isFalse();
    }

    @Test
    void measure_millionOfNodes_countsEach() {
        LinkedList<Integer> list = new LinkedList<>();
        for (int i = 0; i < 1_000_000; i++) {
            list.add(0);
        }

        assertThat(meter.measure(new Object[] {list}, NOTHING).objects()).isEqualTo(1_000_002);
    }

    @Test
    void measure_moreThanMaxObjects_isTruncated() {
        Object[] retained = {new Object[] {1.0, 2.0, 3.0, 4.0}};

        assertThat(new FootprintMeter(5, Duration.ofMinutes(1)).measure(retained, NOTHING))
                .isEqualTo(new Footprint(bytes(retained[0]), 5, false));
        Footprint cut = new FootprintMeter(3, Duration.ofMinutes(1)).measure(retained, NOTHING);
        assertThat(cut.truncated()).isTrue();
        assertThat(cut.bytes()).isLessThan(bytes(retained[0]));
        assertThat(cut.objects()).isBetween(3L, 4L);
    }

    @Test
    void measure_longerThanMaxTime_isTruncated() {
        Object[] many = Stream.generate(Object::new).limit(10_000).toArray();

        Footprint cut = new FootprintMeter(1_000_000, Duration.ofNanos(1)).measure(new Object[] {many}, NOTHING);

        assertThat(cut.truncated()).isTrue();
        assertThat(cut.objects()).isBetween(1L, 9_999L);
    }

    @Test
    void measure_cutOutside_weighsTheRetainedObjectsOnly() {
        Object[] retained = {new Light(new byte[PAYLOAD]), new Light(null)};
        Object[] outside = Stream.generate(Object::new).limit(100).toArray();

        Footprint cut = new FootprintMeter(50, Duration.ofMinutes(1)).measure(retained, outside);

        assertThat(cut.truncated()).isTrue();
        assertThat(cut.objects()).isEqualTo(2);
        assertThat(cut.bytes()).isLessThan(200);
    }

    @Test
    void measure_outOfMemoryInTheWalk_isTruncated() {
        FootprintMeter starved = new FootprintMeter(1000, Duration.ofMinutes(1), () -> new StarvedAccess());

        assertThat(starved.measure(new Object[] {new Light(new byte[PAYLOAD])}, NOTHING)
                        .truncated())
                .isTrue();
    }

    @Test
    void measure_fieldWhoseClassIsMissing_countsTheRestAndSaysSo() throws Exception {
        Object retained = new HidingLoader().instanceOf(WithOptional.class);

        Footprint footprint = meter.measure(new Object[] {retained}, NOTHING);

        assertThat(footprint.truncated()).isTrue();
        assertThat(footprint.bytes()).isBetween((long) PAYLOAD, PAYLOAD + 100L);
    }

    @Test
    void measure_byReflectionOnly_countsWhatIsOpenAndSaysSo() {
        FootprintMeter fallback = new FootprintMeter(1000, Duration.ofMinutes(1), ReflectiveFieldAccess::new);

        Footprint footprint = fallback.measure(new Object[] {new Light(new byte[PAYLOAD])}, NOTHING);

        assertThat(fallback.fieldAccess()).isEqualTo("reflection");
        assertThat(footprint.truncated()).isTrue();
        assertThat(footprint.bytes()).isBetween((long) PAYLOAD, PAYLOAD + 100L);
    }

    static Stream<Object> subjectsWithOpenClasses() {
        return Stream.of(new Object(), new WithPayload(), new boolean[3], new long[3], new Object[] {
            new WithPayload[5], new char[7]
        });
    }

    @ParameterizedTest
    @MethodSource("subjectsWithOpenClasses")
    void measure_byReflectionOnly_simulatesTheSameLayout(Object subject) {
        FootprintMeter fallback = new FootprintMeter(1000, Duration.ofMinutes(1), ReflectiveFieldAccess::new);

        assertThat(fallback.measure(new Object[] {subject}, NOTHING))
                .isEqualTo(meter.measure(new Object[] {subject}, NOTHING));
    }

    @Test
    void fieldAccess_ofThisJvm_seesEverything() {
        assertThat(meter.fieldAccess()).isEqualTo("jdk.internal.misc.Unsafe");
    }

    @Test
    void fieldAccess_libraryLoadedTwice_worksInBoth() throws Exception {
        try (URLClassLoader other = loaderOfALibraryOfItsOwn()) {
            Class<?> second = other.loadClass(FootprintMeter.class.getName());
            var access = second.getDeclaredMethod("fieldAccess");
            access.setAccessible(true);

            assertThat(second).isNotEqualTo(FootprintMeter.class);
            assertThat(access.invoke(second.getConstructor().newInstance())).isEqualTo(meter.fieldAccess());
        }
    }

    @Test
    void measure_byALibraryLoadedTwice_doesNotPinItsLoader() throws Exception {
        WeakReference<ClassLoader> loader = loaderOfAMeterThatMeasured();

        Soon.await().untilAsserted(() -> {
            System.gc();
            assertThat(loader.refersTo(null)).isTrue();
        });
    }

    private static URLClassLoader loaderOfALibraryOfItsOwn() {
        URL library = FootprintMeter.class.getProtectionDomain().getCodeSource().getLocation();
        URL jol = org.openjdk.jol.datamodel.DataModel.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation();
        URL runtime = JdkInternals.class.getProtectionDomain().getCodeSource().getLocation();
        return new URLClassLoader(new URL[] {library, runtime, jol}, ClassLoader.getPlatformClassLoader());
    }

    private static WeakReference<ClassLoader> loaderOfAMeterThatMeasured() throws Exception {
        try (URLClassLoader other = loaderOfALibraryOfItsOwn()) {
            Class<?> second = other.loadClass(FootprintMeter.class.getName());
            Object measured = second.getMethod("measure", Object[].class, Object[].class)
                    .invoke(second.getConstructor().newInstance(), new Object[] {new Exception()}, NOTHING);
            assertThat(measured.toString()).endsWith("truncated=false]");
            return new WeakReference<>(other);
        }
    }

    @Test
    void measure_classOfAnotherLoader_isNotPinned() throws Exception {
        WeakReference<ClassLoader> loader = loaderOfSomethingMeasured();

        Soon.await().untilAsserted(() -> {
            System.gc();
            assertThat(loader.refersTo(null)).isTrue();
        });
        assertThat(bytes(new Object())).isPositive();
    }

    private WeakReference<ClassLoader> loaderOfSomethingMeasured() throws Exception {
        HidingLoader loader = new HidingLoader();
        assertThat(bytes(loader.instanceOf(WithOptional.class))).isPositive();
        return new WeakReference<>(loader);
    }

    @Test
    void measure_printsNothing() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true));
        System.setErr(new PrintStream(printed, true));
        try {
            bytes(deep(10));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }

        assertThat(printed.toString()).isEmpty();
    }

    @Test
    void new_limitsOutOfRange_namesThem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FootprintMeter(0, Duration.ofSeconds(1)))
                .withMessageContaining("maxObjects")
                .withMessageContaining("0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FootprintMeter(1, Duration.ZERO))
                .withMessageContaining("maxTime")
                .withMessageContaining("PT0S");
    }

    @Test
    void new_endlessTime_isNoLimit() {
        assertThat(new FootprintMeter(10, Duration.ofSeconds(Long.MAX_VALUE))
                        .measure(new Object[] {new Object()}, NOTHING)
                        .truncated())
                .isFalse();
    }

    static class WithPayload {
        final byte[] payload = new byte[PAYLOAD];
        final double ratio = 0.5;
        final boolean settled = true;
    }

    static class Optional {}

    static class WithOptional extends WithPayload {
        @Nullable
        Optional optional;
    }

    /** Loads {@link WithOptional} itself and cannot find {@link Optional}. */
    private static final class HidingLoader extends ClassLoader {
        HidingLoader() {
            super(FootprintMeterTests.class.getClassLoader());
        }

        Object instanceOf(Class<?> type) throws Exception {
            var constructor = loadClass(type.getName()).getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(Optional.class.getName())) {
                throw new ClassNotFoundException(name);
            }
            if (!name.equals(WithOptional.class.getName()) && !name.equals(WithPayload.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    /** Has no memory left for the second look. */
    private static final class StarvedAccess extends FieldAccess {
        private final FieldAccess real = FieldAccess.best();

        @Override
        String name() {
            return "starved";
        }

        @Override
        long handle(Field field) {
            return real.handle(field);
        }

        @Override
        Object reference(Object holder, long handle) {
            throw new OutOfMemoryError("provoked by a test");
        }

        @Override
        long offset(Field field) {
            return real.offset(field);
        }

        @Override
        long arrayBase(Class<?> array) {
            return real.arrayBase(array);
        }

        @Override
        long arrayScale(Class<?> array) {
            return real.arrayScale(array);
        }
    }
}
