package io.github.retainless.internal.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.PathStep;
import io.github.retainless.experiment.RetainedPart;
import io.github.retainless.experiment.Signature;
import io.github.retainless.internal.heap.HeapLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in dumps built by hand, to the byte. A throwable has two references: 24 bytes. */
class DumpSearchTests {
    private static final String FAILURE = "java.lang.Throwable";
    private static final String HELD = " | STATIC Registry.kept";

    @TempDir
    Path folder;

    private DumpBuilder dump = new DumpBuilder();

    static DumpQuery query() {
        return new DumpQuery(DumpBuilder.WATCH, 10, 20, 10, new HeapLayout(12, 4, 16, 8, false));
    }

    /** Each signature in a line. */
    static List<String> text(DumpResult found) {
        return found.signatures().stream().map(DumpSearchTests::text).toList();
    }

    private static String text(Signature signature) {
        return signature.reachability() + " " + signature.attempts() + " " + signature.cohorts() + " "
                + signature.type() + " " + signature.retainedBytes() + " B"
                + signature.path().stream().map(DumpSearchTests::text).collect(Collectors.joining());
    }

    private static String text(PathStep step) {
        return " | " + step.kind() + " " + step.holder() + (step.member().isEmpty() ? "" : "." + step.member())
                + (step.repeated() ? " again" : "");
    }

    private DumpResult read() throws IOException {
        return HeapDumpReader.read(dump.write(folder.resolve("built.hprof")), query());
    }

    /** Holds an object by a static field. */
    private void keep(long object) {
        dump.type("Registry", dump.object).set("kept", object);
    }

    @Test
    void carriedByRetainedException_andOtherAttempts_areLeftOut() throws IOException {
        long failure = dump.retained(11, 0, 0);
        long carried = dump.object(dump.object);
        long carriedByCollected = dump.object(dump.object);
        dump.track(carried, 11, RetainedPart.CARRIED);
        dump.track(carriedByCollected, 12, RetainedPart.CARRIED);
        dump.type("Failures", dump.object).set("kept", failure);
        dump.type("Carried", dump.object).set("kept", carried);
        dump.type("CarriedByCollected", dump.object).set("kept", carriedByCollected);

        assertThat(types(read())).containsExactlyInAnyOrder(FAILURE, "java.lang.Object");

        BitSet last = new BitSet();
        last.set(12);
        DumpQuery onlyLast = new DumpQuery(DumpBuilder.WATCH, 10, 20, 10, last, query().layout());
        assertThat(types(HeapDumpReader.read(folder.resolve("built.hprof"), onlyLast)))
                .containsExactly("java.lang.Object");
    }

    private static List<String> types(DumpResult found) {
        return found.signatures().stream().map(Signature::type).toList();
    }

    @Test
    void twoWaysFromStatics_shorterWins() throws IOException {
        long failure = dump.retained(11, 0, 0);
        dump.type("Registry", dump.object).set("longer", dump.array(dump.array(failure)));
        dump.type("Slot", dump.object).set("last", failure);

        assertThat(text(read())).containsExactly("STRONG 1 [1, 0] " + FAILURE + " 24 B | STATIC Slot.last");
    }

    @Test
    void staticHoldsFromAfarAndFrameAtOnce_staticWins() throws IOException {
        long failure = dump.retained(11, 0, 0);
        dump.thread(1, "worker-1", "run", failure);
        keep(dump.array(dump.array(failure)));

        assertThat(text(read()))
                .containsExactly(
                        "STRONG 1 [1, 0] " + FAILURE + " 24 B" + HELD + " | ELEMENT java.lang.Object[].0 again");
    }

    @Test
    void onlyFramesHold_localsOfLikeThreadsAreOneSignature() throws IOException {
        dump.thread(1, "worker-1", "run", dump.retained(11, 0, 0));
        dump.thread(2, "worker-2", "run", dump.retained(21, 0, 0));

        assertThat(text(read()))
                .containsExactly("STRONG 2 [1, 1] " + FAILURE + " 48 B | LOCAL worker-*.run(Worker.java:42)");
    }

    @Test
    void threadHoldsByAField_pathBeginsAtThread() throws IOException {
        long failure = dump.retained(11, 0, 0);
        long thread = dump.later();
        dump.objectAt(thread, dump.thread, dump.javaString("poller"), 0, failure);
        dump.root(0x08, thread, 8);

        assertThat(text(read()))
                .containsExactly(
                        "STRONG 1 [1, 0] " + FAILURE + " 24 B | THREAD poller | FIELD java.lang.Thread.target");
    }

    @ParameterizedTest
    @CsvSource({"255, 0, the JVM", "1, 8, JNI global reference", "2, 8, JNI local reference", "7, 0, monitor in use"})
    void jvmHolds_pathSaysHow(int tag, int more, String holder) throws IOException {
        dump.root(tag, dump.retained(11, 0, 0), more);

        assertThat(text(read())).containsExactly("STRONG 1 [1, 0] " + FAILURE + " 24 B | NATIVE " + holder);
    }

    @Test
    void executorHoldsAndAStaticIsAsNear_pathBeginsAtExecutor() throws IOException {
        long failure = dump.retained(11, 0, 0);
        dump.anchor(Anchor.EXECUTOR, dump.array(failure));
        keep(failure);

        assertThat(text(read()))
                .containsExactly(
                        "STRONG 1 [1, 0] " + FAILURE + " 24 B | OUTSIDE executor | ELEMENT java.lang.Object[].0");
    }

    @Test
    void instanceAndTaskHold_pathBeginsAtInstance() throws IOException {
        long failure = dump.retained(11, 0, 0);
        long holder = dump.array(failure);
        dump.anchor(Anchor.TASK, holder);
        dump.anchor(Anchor.INSTANCE, holder);

        assertThat(text(read()))
                .containsExactly(
                        "STRONG 1 [1, 0] " + FAILURE + " 24 B | OUTSIDE instance of | ELEMENT java.lang.Object[].0");
    }

    @Test
    void anotherFailureIsNearerAsHolder_wayAroundItIsFound() throws IOException {
        long cause = dump.retained(12, 0, 0);
        long failure = dump.retained(11, cause, 0);
        dump.type("Slot", dump.object).set("last", failure);
        keep(dump.array(dump.array(dump.array(cause))));

        assertThat(text(read()))
                .containsExactlyInAnyOrder(
                        "STRONG 1 [1, 0] " + FAILURE + " 24 B | STATIC Slot.last",
                        "STRONG 1 [1, 0] " + FAILURE + " 24 B" + HELD + " | ELEMENT java.lang.Object[].0 again");
    }

    @Test
    void onlyAnotherFailureHolds_saysSo() throws IOException {
        keep(dump.retained(11, dump.retained(12, 0, 0), 0));

        assertThat(text(read()))
                .containsExactly(
                        "STRONG 1 [1, 0] " + FAILURE + " 24 B" + HELD,
                        "THROUGH_ANOTHER 1 [1, 0] " + FAILURE + " 24 B" + HELD + " | FIELD java.lang.Throwable.cause");
    }

    @Test
    void causeOfTheSameAttempt_belongsToIt() throws IOException {
        keep(dump.retained(11, dump.retained(11, 0, 0), 0));

        assertThat(text(read())).containsExactly("STRONG 1 [1, 0] " + FAILURE + " 48 B" + HELD);
    }

    @Test
    void failuresHoldEachOther_endsAndBothAreFound() throws IOException {
        long one = dump.later();
        long other = dump.retained(12, one, 0);
        dump.objectAt(one, dump.throwable, other, 0);
        dump.track(one, 11);
        keep(other);

        assertThat(text(read()))
                .containsExactly(
                        "STRONG 1 [1, 0] " + FAILURE + " 24 B" + HELD,
                        "THROUGH_ANOTHER 1 [1, 0] " + FAILURE + " 24 B" + HELD + " | FIELD java.lang.Throwable.cause");
    }

    /** 24 for the throwable, 16 and 100 for the payload, aligned to 8. */
    @Test
    void payload_isRetained() throws IOException {
        keep(dump.retained(11, 0, dump.bytes(new byte[100])));

        assertThat(text(read())).containsExactly("STRONG 1 [1, 0] " + FAILURE + " 144 B" + HELD);
    }

    @Test
    void payloadThatSomebodyElseHolds_isNotRetained() throws IOException {
        long payload = dump.bytes(new byte[100]);
        keep(dump.array(dump.array(payload)));
        dump.type("Slot", dump.object).set("last", dump.retained(11, 0, payload));

        assertThat(text(read())).containsExactly("STRONG 1 [1, 0] " + FAILURE + " 24 B | STATIC Slot.last");
    }

    @Test
    void payloadThatTwoFailuresShare_isRetainedOnce() throws IOException {
        long payload = dump.bytes(new byte[100]);
        keep(dump.array(dump.retained(11, 0, payload), dump.retained(12, 0, payload)));

        assertThat(text(read()))
                .containsExactly("STRONG 2 [2, 0] " + FAILURE + " 168 B" + HELD + " | ELEMENT java.lang.Object[].*");
    }

    @Test
    void onlySoftReferencesHold_areSoftAndNotHeldStrongly() throws IOException {
        keep(dump.object(dump.softReference, dump.retained(11, 0, 0)));

        DumpResult found = read();

        assertThat(text(found))
                .containsExactly(
                        "SOFT 1 [1, 0] " + FAILURE + " 24 B" + HELD + " | FIELD java.lang.ref.SoftReference.referent");
        assertThat(found.soft().stream()).containsExactly(11);
        assertThat(found.heldByJvm().stream()).isEmpty();
    }

    @Test
    void softAndStrong_strongCounts() throws IOException {
        long failure = dump.retained(11, 0, 0);
        dump.type("Slot", dump.object).set("last", dump.object(dump.softReference, failure));
        keep(dump.array(dump.array(dump.array(failure))));

        DumpResult found = read();

        assertThat(text(found))
                .containsExactly(
                        "STRONG 1 [1, 0] " + FAILURE + " 24 B" + HELD + " | ELEMENT java.lang.Object[].0 again");
        assertThat(found.soft().stream()).isEmpty();
    }

    @Test
    void softReferenceBehindASoftReference_isFollowed() throws IOException {
        long inner = dump.object(dump.softReference, dump.retained(11, 0, 0));
        keep(dump.object(dump.softReference, inner));

        assertThat(read().soft().stream()).containsExactly(11);
    }

    @Test
    void onlyTheFinalizerQueueHolds_saysSo() throws IOException {
        keep(dump.object(dump.finalizer, dump.retained(11, 0, 0)));

        assertThat(text(read()))
                .containsExactly(
                        "FINALIZER 1 [1, 0] " + FAILURE + " 24 B" + HELD + " | FIELD java.lang.ref.Finalizer.referent");
    }

    @Test
    void nothingHolds_weighsAndIsHeldByJvm() throws IOException {
        dump.retained(11, 0, dump.bytes(new byte[100]));

        DumpResult found = read();

        assertThat(text(found)).containsExactly("NONE 1 [1, 0] " + FAILURE + " 144 B");
        assertThat(found.heldByJvm().stream()).containsExactly(11);
    }

    @Test
    void noRetainedObject_nothingIsFound() throws IOException {
        assertThat(read()).isEqualTo(new DumpResult(List.of(), new BitSet(), new BitSet()));
    }

    @Test
    void warmUp_isNotMeant() throws IOException {
        keep(dump.retained(10, 0, 0));

        assertThat(text(read())).isEmpty();
    }

    @Test
    void attemptThatWasStillRunning_countsInTheLastCohort() throws IOException {
        keep(dump.retained(31, 0, 0));

        assertThat(text(read())).containsExactly("STRONG 1 [0, 1] " + FAILURE + " 24 B" + HELD);
    }

    @Test
    void referencesToWhatIsNotThere_areIgnored() throws IOException {
        keep(dump.array(0xdead_0000L, dump.retained(11, 0x1234_5678L, 0x70), 0xffff_ffff_ffff_fff8L));
        dump.root(0xff, 0xdead_0010L, 0);

        assertThat(text(read()))
                .containsExactly("STRONG 1 [1, 0] " + FAILURE + " 24 B" + HELD + " | ELEMENT java.lang.Object[].1");
    }

    @ParameterizedTest
    @ValueSource(longs = {0x8, 0x7_0080_0000L, 0x4_0000_0000_0000L, 0x1000_0000_0000_0000L, 0xffff_ffff_ff00_0000L})
    void addressesFarApart_areFollowed(long far) throws IOException {
        long near = dump.later();
        dump.at(far);
        long payload = dump.bytes(new byte[100]);
        long failure = dump.retained(11, 0, payload);
        dump.objectAt(near, dump.softReference, 0, 0);
        keep(dump.array(near, failure));

        assertThat(text(read()))
                .containsExactly("STRONG 1 [1, 0] " + FAILURE + " 144 B" + HELD + " | ELEMENT java.lang.Object[].1");
    }

    @Test
    void objectsInManyPlaces_areFound() throws IOException {
        long[] failures = new long[200];
        for (int i = 0; i < failures.length; i++) {
            dump.at(0x8_0000_0000L + i * 0x80_0000L);
            failures[i] = dump.retained(11 + i % 20, 0, 0);
        }
        keep(dump.array(failures));

        assertThat(text(read()))
                .containsExactly(
                        "STRONG 20 [10, 10] " + FAILURE + " 4800 B" + HELD + " | ELEMENT java.lang.Object[].*");
    }

    @ParameterizedTest
    @CsvSource({"4, 1.0.1", "4, 1.0.2", "8, 1.0.1"})
    void otherWidthsAndVersions_areRead(int idBytes, String version) throws IOException {
        dump = new DumpBuilder(idBytes, version, 0x7000_0000L);
        dump.thread(1, "worker-1", "run", dump.retained(11, 0, dump.bytes(new byte[100])));
        keep(dump.array(dump.retained(12, 0, 0)));

        assertThat(text(read()))
                .containsExactly(
                        "STRONG 1 [1, 0] " + FAILURE + " 144 B | LOCAL worker-1.run(Worker.java:42)",
                        "STRONG 1 [1, 0] " + FAILURE + " 24 B" + HELD + " | ELEMENT java.lang.Object[].0");
    }

    @Test
    void recordsThatAreNotKnown_areSkipped() throws IOException {
        dump.topRecord(0x0e, new byte[100]);
        dump.topRecord(0x77);
        keep(dump.retained(11, 0, 0));

        assertThat(text(read())).containsExactly("STRONG 1 [1, 0] " + FAILURE + " 24 B" + HELD);
    }
}
