package io.github.retainless.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.github.retainless.experiment.Anatomy;
import io.github.retainless.experiment.Anatomy.Kind;
import io.github.retainless.experiment.Anatomy.Part;
import io.github.retainless.testing.Soon;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnatomyMeterTests {
    private static final int PAYLOAD = 65_536;
    private static final Object[] NOTHING = {};
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AnatomyMeter meter = new AnatomyMeter();

    /** Without a backtrace, so that its size is known. */
    static class Bare extends Exception {
        private static final long serialVersionUID = 1;

        final transient @Nullable Object payload;

        Bare(@Nullable Object payload) {
            this(null, payload);
        }

        Bare(@Nullable String message, @Nullable Object payload) {
            super(message);
            this.payload = payload;
        }

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    static class Declined extends Exception {
        private static final long serialVersionUID = 1;

        final byte[] payload;

        Declined(String message, byte[] payload) {
            super(message);
            this.payload = payload;
        }
    }

    private Anatomy anatomy(Object retained) {
        List<Anatomy> anatomies = meter.dissect(new Object[] {retained}, NOTHING);
        assertThat(anatomies).hasSize(1);
        return anatomies.get(0);
    }

    private static long weight(Anatomy anatomy, Kind kind) {
        return anatomy.parts().stream()
                .filter(part -> part.kind() == kind)
                .mapToLong(Part::bytes)
                .sum();
    }

    private long weight(Object retained, Kind kind) {
        return weight(anatomy(retained), kind);
    }

    /** What the oracle of this package says; each object once. */
    private static long size(@Nullable Object... objects) {
        return new FootprintMeter().measure(objects, NOTHING).bytes();
    }

    /** Of the exception without what it shares with every other. */
    private static long exclusive(Throwable failure) {
        Bare shared = new Bare(null);
        return new FootprintMeter()
                .measure(new Object[] {failure}, new Object[] {shared, failure.getSuppressed()})
                .bytes();
    }

    private static long bare() {
        return exclusive(new Bare(null));
    }

    private static Exception deep(int frames) {
        return frames == 0 ? new Exception() : deep(frames - 1);
    }

    private static Exception inThreadOfItsOwn(Supplier<Exception> supplier) throws InterruptedException {
        List<Exception> made = new ArrayList<>();
        Thread thread = new Thread(() -> made.add(supplier.get()));
        thread.start();
        thread.join();
        return made.get(0);
    }

    @Test
    void dissect_payloadAndMessage_splitsExactly() {
        byte[] payload = new byte[PAYLOAD];
        String message = "declined " + PAYLOAD;

        assertThat(anatomy(new Bare(message, payload)))
                .isEqualTo(new Anatomy(
                        Bare.class.getName(),
                        1,
                        size(payload) + size(message) + bare(),
                        List.of(
                                new Part(Kind.PAYLOAD, "payload", "byte[65536]", size(payload)),
                                new Part(Kind.MESSAGE, "", "", size(message)),
                                new Part(Kind.REST, "", "", bare()))));
    }

    @Test
    void dissect_anyException_weighsWhatTheFootprintSays() {
        Exception failure = new Declined("declined", new byte[100]);
        failure.initCause(new IllegalStateException("cause", deep(40)));

        assertThat(anatomy(failure).bytes()).isEqualTo(exclusive(failure));
    }

    @Test
    void dissect_exceptionAsCreated_hasOneChunkOfBacktracePer32Frames() throws InterruptedException {
        Exception shallow = inThreadOfItsOwn(Exception::new);
        Exception deeper = inThreadOfItsOwn(() -> deep(64));

        assertThat(weight(shallow, Kind.BACKTRACE)).isIn(680L, 688L);
        assertThat(weight(deeper, Kind.BACKTRACE)).isEqualTo(3 * weight(shallow, Kind.BACKTRACE));
        assertThat(anatomy(shallow).parts()).extracting(Part::kind).containsExactly(Kind.BACKTRACE, Kind.REST);
    }

    @Test
    void dissect_stackTraceAskedFor_countsItsElementsAndKeepsTheBacktrace() {
        Exception failure = deep(50);
        long backtrace = weight(failure, Kind.BACKTRACE);
        int frames = failure.getStackTrace().length;

        StackTraceElement element = new StackTraceElement("", "", null, 1);
        long each = size(element, "") - size("");
        assertThat(weight(failure, Kind.STACK_TRACE)).isEqualTo(size((Object) new Object[frames]) + frames * each);
        assertThat(weight(failure, Kind.STACK_TRACE) / frames).isBetween(40L, 60L);
        assertThat(weight(failure, Kind.BACKTRACE)).isEqualTo(backtrace);
    }

    @Test
    void dissect_givenEmptyStackTrace_countsTheArray() {
        Exception failure = new Exception();
        failure.setStackTrace(new StackTraceElement[0]);

        assertThat(weight(failure, Kind.STACK_TRACE)).isEqualTo(size((Object) new Object[0]));
    }

    @Test
    void dissect_causeAndSuppressed_splitsThem() {
        Bare failure = new Bare(null);
        Bare cause = new Bare(new byte[1_000]);
        Bare suppressed = new Bare(new byte[3_000]);
        failure.initCause(cause);
        failure.addSuppressed(suppressed);

        List<Object> holder = new ArrayList<>(1);
        holder.add(new Object());
        long list = size(holder) - size(new Object());
        assertThat(anatomy(failure).parts())
                .containsExactly(
                        new Part(Kind.SUPPRESSED, "", "", list + exclusive(suppressed)),
                        new Part(Kind.CAUSE, "", "", exclusive(cause)),
                        new Part(Kind.REST, "", "", bare()));
    }

    @Test
    void dissect_cyclicCauses_countsEachOnce() {
        Bare failure = new Bare(null);
        Bare cause = new Bare(new byte[1_000]);
        failure.initCause(cause);
        cause.initCause(failure);
        cause.addSuppressed(failure);

        assertThat(anatomy(failure).bytes()).isEqualTo(exclusive(failure));
    }

    @Test
    void dissect_longCauseChain_doesNotOverflow() {
        int length = 100_000;
        Bare last = new Bare(null);
        for (int i = 1; i < length; i++) {
            Bare next = new Bare(null);
            next.initCause(last);
            last = next;
        }

        assertThat(weight(last, Kind.CAUSE)).isEqualTo((length - 1) * bare());
    }

    @Test
    void dissect_whatSeveralPartsReach_countsForTheFirst() {
        String shared = "x".repeat(1_000);
        Bare failure = new Bare(shared, new Object[] {shared});
        failure.initCause(new Bare(shared, shared));

        assertThat(weight(failure, Kind.PAYLOAD)).isEqualTo(size((Object) new Object[] {shared}));
        assertThat(weight(failure, Kind.MESSAGE)).isZero();
        assertThat(weight(failure, Kind.CAUSE)).isEqualTo(bare());
    }

    static class Detailed extends Bare {
        private static final long serialVersionUID = 1;

        final int[] ints = new int[10];
        final int code = 7;
        final long[][] grid = new long[3][10];
        final @Nullable String none = null;

        Detailed() {
            super(new Object());
        }
    }

    @Test
    void dissect_fieldsOfSeveralClasses_namesEachThatWeighs() {
        assertThat(anatomy(new Detailed()).parts().stream().filter(part -> part.kind() == Kind.PAYLOAD))
                .containsExactly(
                        new Part(Kind.PAYLOAD, "grid", "long[3][]", size((Object) new long[3][10])),
                        new Part(Kind.PAYLOAD, "ints", "int[10]", size(new int[10])),
                        new Part(Kind.PAYLOAD, "payload", "java.lang.Object", size(new Object())));
    }

    static class Claiming extends Bare {
        private static final long serialVersionUID = 1;

        final transient Object later;

        Claiming(Object payload) {
            super(payload);
            later = payload;
        }
    }

    @Test
    void dissect_sharedByFields_countsForTheOneDeclaredFirst() {
        assertThat(anatomy(new Claiming(new byte[100])).parts())
                .extracting(Part::field)
                .containsExactlyInAnyOrder("payload", "");
    }

    @Test
    void dissect_causeInFieldOfItsOwn_isACause() {
        Bare cause = new Bare(new byte[PAYLOAD]);
        SQLException first = new SQLException("first");
        first.setNextException(new SQLException("next"));

        assertThat(weight(new InvocationTargetException(cause), Kind.CAUSE)).isEqualTo(exclusive(cause));
        assertThat(weight(new InvocationTargetException(cause), Kind.PAYLOAD)).isZero();
        assertThat(weight(first, Kind.CAUSE)).isGreaterThan(600);
    }

    @Test
    void dissect_severalOfAClass_averages() {
        Object[] retained = {new Bare(new byte[1_000]), new Bare(new byte[2_000]), new Bare(null)};

        assertThat(meter.dissect(retained, NOTHING))
                .containsExactly(new Anatomy(
                        Bare.class.getName(),
                        3,
                        Math.round((3 * bare() + size(new byte[1_000], new byte[2_000])) / 3.0),
                        List.of(
                                new Part(
                                        Kind.PAYLOAD,
                                        "payload",
                                        "byte[]",
                                        Math.round(size(new byte[1_000], new byte[2_000]) / 3.0)),
                                new Part(Kind.REST, "", "", bare()))));
    }

    @Test
    void dissect_contentsOfDifferentClasses_namesTheDeclaredType() {
        Object[] retained = {new Bare(new byte[10]), new Bare("text"), new Bare(new byte[10])};

        assertThat(meter.dissect(retained, NOTHING).get(0).parts())
                .extracting(Part::content)
                .containsExactlyInAnyOrder("java.lang.Object", "");
    }

    @Test
    void dissect_payloadSharedByAll_countsForEach() {
        byte[] shared = new byte[PAYLOAD];
        Object[] retained = {new Bare(shared), new Bare(shared)};

        assertThat(weight(meter.dissect(retained, NOTHING).get(0), Kind.PAYLOAD))
                .isEqualTo(size(shared));
    }

    @Test
    void dissect_thousandOfAClass_looksAtAHundredSpreadOverAll() {
        Object[] retained = IntStream.range(0, 1_000)
                .mapToObj(i -> new Bare(i < 500 ? new byte[1_000] : new byte[3_000]))
                .toArray();

        Anatomy anatomy = meter.dissect(retained, NOTHING).get(0);

        assertThat(anatomy.instances()).isEqualTo(100);
        assertThat(weight(anatomy, Kind.PAYLOAD)).isEqualTo(size(new byte[1_000], new byte[3_000]) / 2);
    }

    @Test
    void dissect_severalClasses_theHeaviestInAllFirst() {
        Object[] retained = Stream.concat(
                        Stream.generate(() -> new Declined("many", new byte[1_000]))
                                .limit(10),
                        Stream.of(new Bare(new byte[5_000]), new Detailed()))
                .toArray();

        assertThat(meter.dissect(retained, NOTHING))
                .extracting(Anatomy::type)
                .containsExactly(Declined.class.getName(), Bare.class.getName(), Detailed.class.getName());
    }

    @Test
    void dissect_nullsAndTwins_leavesThemOut() {
        Bare failure = new Bare(null);

        assertThat(meter.dissect(NOTHING, NOTHING)).isEmpty();
        assertThat(meter.dissect(new Object[] {null, failure, failure}, new Object[] {null}))
                .containsExactly(anatomy(failure));
    }

    @Test
    void dissect_thingsOfTheProgram_leavesThemOut() {
        assertThat(meter.dissect(new Object[] {String.class, Thread.currentThread(), Kind.CAUSE}, NOTHING))
                .isEmpty();
        for (Object thing : List.of(String.class, new Thread(new byte[PAYLOAD]::hashCode), Kind.CAUSE)) {
            assertThat(anatomy(new Bare(thing)).parts()).extracting(Part::kind).containsExactly(Kind.REST);
        }
    }

    @Test
    void dissect_trackedObject_consistsOfItsFields() {
        Map<String, byte[]> result = new HashMap<>();
        result.put("body", new byte[PAYLOAD]);

        Anatomy anatomy = anatomy(result);

        assertThat(anatomy.type()).isEqualTo("java.util.HashMap");
        assertThat(anatomy.bytes()).isEqualTo(size(result));
        assertThat(anatomy.parts()).extracting(Part::kind).containsExactly(Kind.PAYLOAD, Kind.REST);
        assertThat(anatomy.parts().get(0).field()).isEqualTo("table");
        assertThat(anatomy.parts().get(0).content()).isEqualTo("java.util.HashMap$Node[16]");
    }

    @Test
    void dissect_trackedArrays_consistOfElementsAndThemselves() {
        byte[] element = new byte[PAYLOAD];

        assertThat(anatomy(new Object[] {element, element}))
                .isEqualTo(new Anatomy(
                        "java.lang.Object[]",
                        1,
                        size(element) + size((Object) new Object[2]),
                        List.of(
                                new Part(Kind.PAYLOAD, "[*]", "java.lang.Object", size(element)),
                                new Part(Kind.REST, "", "", size((Object) new Object[2])))));
        assertThat(anatomy(element))
                .isEqualTo(
                        new Anatomy("byte[]", 1, size(element), List.of(new Part(Kind.REST, "", "", size(element)))));
    }

    @Test
    void dissect_lambda_isNamedWithoutItsAddress() {
        byte[] captured = new byte[PAYLOAD];
        Supplier<byte[]> lambda = () -> captured;
        String name = AnatomyMeterTests.class.getName() + "$$Lambda";

        assertThat(anatomy(lambda).type()).isEqualTo(name);
        assertThat(anatomy(new Bare(lambda)).parts().get(0))
                .isEqualTo(new Part(Kind.PAYLOAD, "payload", name, size(lambda)));
    }

    @SuppressWarnings("serial")
    class Inner extends Bare {
        Inner(@Nullable Object payload) {
            super(payload);
        }

        AnatomyMeterTests test() {
            return AnatomyMeterTests.this;
        }
    }

    private final byte[] stateOfTheTest = new byte[PAYLOAD];

    @Test
    void dissect_innerClassOfTheTest_isNotChargedWithTheTest() {
        Inner failure = new Inner(stateOfTheTest);

        assertThat(failure.test()).isSameAs(this);
        assertThat(meter.dissect(new Object[] {failure}, new Object[] {this})
                        .get(0)
                        .parts())
                .extracting(Part::kind)
                .containsExactly(Kind.REST);
        assertThat(weight(failure, Kind.PAYLOAD)).isGreaterThan(PAYLOAD);
    }

    @Test
    void dissect_outsideHoldsTheRetainedObjectsAndTheirCauses_hidesNothing() {
        Bare cause = new Bare(new byte[PAYLOAD]);
        byte[] tracked = new byte[PAYLOAD];
        Bare failure = new Bare(tracked);
        failure.initCause(cause);
        Object[] retained = {failure, tracked};

        assertThat(meter.dissect(retained, new Object[] {List.of(failure, cause, tracked)}))
                .isEqualTo(meter.dissect(retained, NOTHING))
                .hasSize(2);
        assertThat(meter.weigh(failure, new Object[] {List.of(failure, cause)}))
                .contains(new AnatomyMeter.Weight(anatomy(failure), false));
    }

    static final class Hostile extends Bare {
        private static final long serialVersionUID = 1;

        Hostile() {
            super("hostile", new byte[1_000]);
        }

        private static Error called() {
            return new AssertionError("called");
        }

        @Override
        public String getMessage() {
            throw called();
        }

        @Override
        public synchronized Throwable getCause() {
            throw called();
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw called();
        }

        @Override
        public String toString() {
            throw called();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            throw called();
        }

        @Override
        public int hashCode() {
            throw called();
        }
    }

    @Test
    void dissect_hostileOverrides_callsNone() {
        Hostile hostile = new Hostile();
        Bare failure = new Bare(hostile);
        failure.initCause(new Hostile());
        failure.addSuppressed(new Hostile());

        Anatomy anatomy = anatomy(hostile);
        assertThat(anatomy.bytes()).isEqualTo(size(new byte[1_000]) + size("hostile") + bare());
        assertThat(weight(failure, Kind.CAUSE)).isEqualTo(size(new byte[1_000]) + bare());
    }

    @Test
    void dissect_limitReached_leavesOneOfEachClassAsFarAsItWent() {
        Object[] retained = {
            new Bare(new byte[10]), new Bare(new byte[20]), new Detailed(), new Declined("", new byte[PAYLOAD])
        };

        // Three belong to every Throwable: what stands for no stack and for nothing suppressed, with its array.
        List<Anatomy> cut = new AnatomyMeter(3 + 2 + 7 + 2, MINUTE).dissect(retained, NOTHING);

        assertThat(cut).extracting(Anatomy::instances).containsExactly(1L, 1L, 1L);
        assertThat(cut).contains(anatomy(retained[0]), anatomy(retained[2]));
        assertThat(cut.get(0).type()).isEqualTo(Declined.class.getName());
        assertThat(weight(cut.get(0), Kind.PAYLOAD)).isEqualTo(size(new byte[PAYLOAD]));
        assertThat(cut.get(0).bytes()).isLessThan(anatomy(retained[3]).bytes());
    }

    @Test
    void dissect_limitReachedWithTheSecondOfAClass_leavesThatOut() {
        Object[] retained = {new Bare(new byte[10]), new Bare(new Object[] {1.0, 2.0, 3.0, 4.0})};

        assertThat(new AnatomyMeter(3 + 2 + 3, MINUTE).dissect(retained, NOTHING))
                .containsExactly(anatomy(retained[0]));
    }

    @Test
    void dissect_longerThanMaxTime_leavesOneOfEachClassSeen() {
        Object[] retained = Stream.generate(() -> new Bare(null)).limit(50).toArray();

        assertThat(new AnatomyMeter(1_000_000, Duration.ofNanos(1)).dissect(retained, NOTHING))
                .extracting(Anatomy::instances)
                .containsExactly(1L);
    }

    @Test
    void dissect_outsideBeyondALimit_tellsNothing() {
        Object[] outside = Stream.generate(Object::new).limit(100).toArray();
        AnatomyMeter small = new AnatomyMeter(50, MINUTE);

        assertThat(small.dissect(new Object[] {new Bare(null)}, outside)).isEmpty();
        assertThat(small.weigh(new Bare(null), outside)).isEmpty();
        assertThat(small.weighAtMost(new Bare(null), outside).truncated()).isTrue();
    }

    @Test
    void weigh_ofWhatIsKnownWhole_isItsAnatomy() {
        Exception failure = new Declined("declined", new byte[PAYLOAD]);

        assertThat(meter.weigh(failure, NOTHING)).contains(new AnatomyMeter.Weight(anatomy(failure), false));
        assertThat(meter.weighAtMost(failure, NOTHING)).isEqualTo(new AnatomyMeter.Weight(anatomy(failure), false));
    }

    @Test
    void weigh_cut_saysSo() {
        Bare failure = new Bare(new Object[] {1.0, 2.0, 3.0, 4.0});

        AnatomyMeter.Weight cut =
                new AnatomyMeter(3 + 3, MINUTE).weigh(failure, NOTHING).orElseThrow();

        assertThat(cut.truncated()).isTrue();
        assertThat(cut.anatomy().bytes()).isLessThan(anatomy(failure).bytes()).isGreaterThan(bare());
    }

    @Test
    void weighAtMost_leavesOutTheOutsideButNotWhatItReaches() {
        Inner failure = new Inner(stateOfTheTest);

        assertThat(meter.weighAtMost(failure, new Object[] {this}).anatomy().bytes())
                .isEqualTo(size(stateOfTheTest) + exclusiveOfTheTest(new Inner(null)));
        assertThat(meter.weigh(failure, new Object[] {this})
                        .orElseThrow()
                        .anatomy()
                        .bytes())
                .isEqualTo(exclusiveOfTheTest(new Inner(null)));
    }

    private long exclusiveOfTheTest(Throwable failure) {
        return new FootprintMeter()
                .measure(new Object[] {failure}, new Object[] {new Bare(null), this})
                .bytes();
    }

    @Test
    void weigh_byReflectionOnly_tellsWhatIsOpenAndSaysSo() {
        AnatomyMeter fallback = new AnatomyMeter(1_000, MINUTE, ReflectiveFieldAccess::new);

        AnatomyMeter.Weight weight = fallback.weigh(new Declined("hidden", new byte[PAYLOAD]), NOTHING)
                .orElseThrow();

        assertThat(weight.truncated()).isTrue();
        assertThat(weight.anatomy().parts())
                .extracting(Part::kind, Part::field)
                .containsExactly(tuple(Kind.PAYLOAD, "payload"), tuple(Kind.REST, ""));
    }

    @Test
    void weigh_keepsNothing() {
        WeakReference<Object> failure = weighed();

        Soon.await().untilAsserted(() -> {
            System.gc();
            assertThat(failure.refersTo(null)).isTrue();
        });
    }

    private WeakReference<Object> weighed() {
        Bare failure = new Bare(new byte[PAYLOAD]);
        assertThat(meter.weigh(failure, new Object[] {this})).isPresent();
        assertThat(meter.dissect(new Object[] {failure}, NOTHING)).hasSize(1);
        return new WeakReference<>(failure);
    }

    @Test
    void new_limitsOutOfRange_namesThem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AnatomyMeter(0, MINUTE))
                .withMessage("maxObjects must be 1 or more, but is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AnatomyMeter(1, Duration.ZERO))
                .withMessage("maxTime must be more than zero, but is PT0S");
    }
}
