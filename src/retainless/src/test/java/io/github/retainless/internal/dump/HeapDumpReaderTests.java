package io.github.retainless.internal.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.retainless.testing.Mutations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dumps that are not as they must be: there is a result, or an IOException that says what is wrong; nothing else. */
class HeapDumpReaderTests {
    private static byte[] real = {};
    private static byte[] built = {};

    @TempDir
    Path folder;

    @BeforeAll
    static void takeDumps() throws IOException {
        real = LeakingDump.bytes();
        built = built().build();
    }

    /** One with every kind of record, a few kilobytes small. */
    private static DumpBuilder built() {
        return built(new DumpBuilder(), 8);
    }

    static DumpBuilder built(DumpBuilder dump, int idBytes) {
        dump.topRecord(0x0e, new byte[8]);
        long failure = dump.retained(11, dump.retained(12, 0, 0), dump.bytes(new byte[20]));
        long soft = dump.object(dump.softReference, dump.retained(13, 0, 0));
        long ended = dump.object(dump.finalizer, dump.retained(14, 0, 0));
        DumpBuilder.Type map = dump.type("java/util/HashMap", dump.type("java/util/AbstractMap", dump.object), "table");
        DumpBuilder.Type node = dump.type("java/util/HashMap$Node", dump.object, "key", "value", "next");
        dump.type("Registry", dump.object)
                .set(
                        "kept",
                        dump.object(
                                map,
                                dump.array(dump.object(node, dump.javaString("order-1"), failure, 0), soft, ended)));
        dump.thread(1, "worker-1", "run", dump.retained(15, 0, 0));
        dump.anchor(Anchor.TASK, dump.array(dump.retained(16, 0, 0)));
        dump.root(0x01, dump.retained(17, 0, 0), idBytes);
        dump.root(0x02, dump.retained(18, 0, 0), 8);
        dump.root(0x04, dump.array(), 4);
        dump.root(0x05, dump.array(), 0);
        dump.root(0x06, dump.array(), 4);
        dump.root(0x07, dump.array(), 0);
        dump.root(0xff, dump.array(), 0);
        return dump;
    }

    /** Several times as large as the reader's buffer; the same in every run, which a dump of a JVM is not. */
    static byte[] large() {
        DumpBuilder dump = built();
        long[] some = new long[8_000];
        for (int i = 0; i < some.length; i++) {
            some[i] = dump.array(dump.bytes(new byte[i % 64]));
        }
        long listed = dump.array(dump.retained(19, 0, 0), dump.retained(20, 0, 0));
        dump.type("Cache", dump.object).set("some", dump.array(some));
        dump.type("Shop", dump.object).set("listed", listed);
        return dump.build();
    }

    private Path file(byte[] bytes) throws IOException {
        return Mutations.replace(folder.resolve("heap.hprof"), bytes);
    }

    private DumpResult read(byte[] bytes, DumpQuery query) throws IOException {
        return HeapDumpReader.read(file(bytes), query);
    }

    private static DumpQuery ofReal() {
        return LeakingDump.query(1);
    }

    private static byte[] cut(byte[] dump, int length) {
        return Arrays.copyOf(dump, length);
    }

    @Test
    void realDump_isRead() throws IOException {
        assertThat(DumpSearchTests.text(read(real, ofReal())))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("STRONG 10 [5, 5] java.lang.IllegalStateException")
                        .endsWith(" | STATIC io.github.retainless.internal.dump.LeakingDump.LISTED"
                                + " | ELEMENT java.util.ArrayList.*"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("STRONG 10 [5, 5] java.lang.IllegalStateException")
                        .endsWith(" | STATIC io.github.retainless.internal.dump.LeakingDump.MAPPED"
                                + " | ENTRY java.util.HashMap.*"));
    }

    @Test
    void builtDumpCutAnywhere_saysThatItEnds() {
        List<String> wrong = new ArrayList<>();
        for (int length = 0; length < built.length; length += 7) {
            byte[] dump = cut(built, length);
            Throwable failed = catchThrowable(() -> read(dump, DumpSearchTests.query()));
            if (!(failed instanceof IOException) || !saysThatItEnds(failed.getMessage(), length)) {
                wrong.add("cut after " + length + " of " + built.length + " bytes: " + failed);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean saysThatItEnds(String message, int length) {
        return message.startsWith("it ends ") && message.contains(" " + length)
                || length < 19 && message.equals("it does not begin as a heap dump of version 1.0.1 or 1.0.2 does");
    }

    @Test
    void realDumpCutInTheMiddle_saysThatItEnds() {
        int length = real.length / 2;

        assertThatIOException()
                .isThrownBy(() -> read(cut(real, length), ofReal()))
                .satisfies(failed -> assertThat(saysThatItEnds(failed.getMessage(), length))
                        .as(failed.getMessage())
                        .isTrue());
    }

    @Test
    void largeDump_isRead() throws IOException {
        assertThat(DumpSearchTests.text(read(large(), DumpSearchTests.query()))).anySatisfy(line -> assertThat(line)
                .startsWith("STRONG 2 [2, 0] java.lang.Throwable")
                .endsWith(" | STATIC Shop.listed | ELEMENT java.lang.Object[].*"));
    }

    @Test
    void largeDumpCutAnywhere_saysThatItEnds() {
        byte[] large = large();
        Random random = new Random(4);
        for (int i = 0; i < 100; i++) {
            // Nearer to the end every time.
            int length = large.length - 1 - random.nextInt(large.length >> i / 5);
            assertThatIOException()
                    .as("cut after %d bytes", length)
                    .isThrownBy(() -> read(cut(large, length), DumpSearchTests.query()))
                    .satisfies(failed -> assertThat(saysThatItEnds(failed.getMessage(), length))
                            .as(failed.getMessage())
                            .isTrue());
        }
    }

    @Test
    void builtDumpWithAByteChanged_resultOrClearMessage() throws IOException {
        List<String> wrong = new ArrayList<>();
        Path file = file(built);
        Random random = new Random(4);
        for (int at = random.nextInt(6); at < built.length; at += 1 + random.nextInt(12)) {
            byte[] dump = built.clone();
            int change = 1 + random.nextInt(255);
            dump[at] ^= (byte) change;
            Mutations.replace(file, dump);
            check("byte " + at + " changed by " + change, file, DumpSearchTests.query(), wrong);
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void largeDumpWithAByteChanged_resultOrClearMessage() throws IOException {
        List<String> wrong = new ArrayList<>();
        byte[] large = large();
        Path file = file(large);
        Random random = new Random(4);
        for (int i = 0; i < 40; i++) {
            byte[] dump = large.clone();
            int at = random.nextInt(large.length);
            int change = 1 + random.nextInt(255);
            dump[at] ^= (byte) change;
            Mutations.replace(file, dump);
            check("byte " + at + " changed by " + change, file, DumpSearchTests.query(), wrong);
        }
        assertThat(wrong).isEmpty();
    }

    private static void check(String what, Path dump, DumpQuery query, List<String> wrong) {
        try {
            assertThat(HeapDumpReader.read(dump, query).signatures()).isNotNull();
        } catch (IOException clear) {
            if (clear.getMessage() == null
                    || !clear.getMessage().matches("(?s)(it |its |there |something |a record |an object |a root ).*")) {
                wrong.add(what + ": " + clear);
            }
        } catch (RuntimeException | Error never) {
            wrong.add(what + ": " + never + " at " + never.getStackTrace()[0]);
        }
    }

    @Test
    void builtDumpWithAnyLengthTooLarge_resultOrClearMessage() throws IOException {
        List<String> wrong = new ArrayList<>();
        Path file = file(built);
        for (int at = 31; at < built.length - 4; at += 5) {
            byte[] dump = built.clone();
            ByteBuffer.wrap(dump).putInt(at, Integer.MAX_VALUE);
            Mutations.replace(file, dump);
            check("length at byte " + at, file, DumpSearchTests.query(), wrong);
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void moreFramesThanTheRecordHas_refusedThoughTheFileIsLongEnough() {
        DumpBuilder dump = built();
        dump.topRecord(0x05, new byte[] {0, 0, 0, 9, 0, 0, 0, 9, 0, 0, 4, 0});
        dump.bytes(new byte[100_000]);

        assertThatIOException()
                .isThrownBy(() -> read(dump.build(), ofReal()))
                .withMessageMatching(
                        "something at byte \\d+ claims to have 1024 elements, more than its record has room" + " for");
    }

    @Test
    void objectThatGoesOnBehindItsSegment_refused() {
        DumpBuilder dump = built();
        // The root of a class, cut in the middle of its id.
        dump.heapRecord(0x05, 0, 0, 0);
        byte[] bytes = dump.build();
        int end = bytes.length - 9;

        assertThatIOException()
                .isThrownBy(() -> read(bytes, ofReal()))
                .withMessage("a record that ends at byte " + end + " goes on to byte " + (end + 5));
    }

    @Test
    void emptyFile_saysWhatIsWrong() {
        assertThatIOException()
                .isThrownBy(() -> read(new byte[0], ofReal()))
                .withMessage("it does not begin as a heap dump of version 1.0.1 or 1.0.2 does");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Lorem ipsum dolor sit amet", "JAVA PROFILE 1.0.3\0", "JAVA PROFILE 1.0.2 ", "\u001f\u008b"})
    void otherFiles_saysWhatIsWrong(String text) {
        assertThatIOException()
                .isThrownBy(() -> read(text.getBytes(StandardCharsets.ISO_8859_1), ofReal()))
                .withMessage("it does not begin as a heap dump of version 1.0.1 or 1.0.2 does");
    }

    @Test
    void identifiersOfAnotherWidth_saysWhatIsWrong() {
        byte[] dump = built.clone();
        dump[22] = 16;

        assertThatIOException()
                .isThrownBy(() -> read(dump, ofReal()))
                .withMessage("its identifiers have 16 bytes, not 4 or 8");
    }

    @Test
    void unknownRecordInTheHeap_saysWhatIsWrong() {
        DumpBuilder dump = built();
        dump.heapRecord(0x7f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        byte[] bytes = dump.build();

        assertThatIOException()
                .isThrownBy(() -> read(bytes, ofReal()))
                .withMessage("there is no record 127, before byte " + (bytes.length - 9 - 2 * 8));
    }

    @Test
    void objectOfAClassThatIsNotThere_saysWhatIsWrong() {
        DumpBuilder dump = built();
        dump.heapRecord(0x21, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0);
        byte[] bytes = dump.build();

        assertThatIOException()
                .isThrownBy(() -> read(bytes, ofReal()))
                .withMessage("an object before byte " + (bytes.length - 9) + " is of a class that is not there");
    }

    @Test
    void classThatIsItsOwnSuperclass_saysWhatIsWrongAndEnds() {
        DumpBuilder dump = built();
        long id = dump.object.id;
        int[] classDump = new int[1 + 8 + 4 + 7 * 8 - 8 + 4 + 6];
        classDump[0] = 0x20;
        for (int i = 0; i < 8; i++) {
            classDump[1 + i] = (int) (id >>> 56 - 8 * i) & 0xff;
            classDump[13 + i] = classDump[1 + i];
        }
        dump.heapRecord(classDump);

        assertThatIOException()
                .isThrownBy(() -> read(dump.build(), ofReal()))
                .withMessageMatching("its class java\\.lang\\.\\w+ is its own superclass");
    }

    @Test
    void attemptThatNeverWas_saysWhatIsWrong() {
        DumpBuilder dump = built();
        dump.retained(Integer.MAX_VALUE, 0, 0);

        assertThatIOException()
                .isThrownBy(() -> read(dump.build(), DumpSearchTests.query()))
                .withMessage("it has something of attempt 2147483647, of which there were only 20");
    }

    @Test
    void noFile_saysSo() {
        Path gone = folder.resolve("gone.hprof");

        assertThatIOException()
                .isThrownBy(() -> HeapDumpReader.read(gone, ofReal()))
                .withMessage("there is no file " + gone + ". Does anything clean up there?");
    }

    @Test
    void folderInItsPlace_saysSo() {
        assertThatIOException()
                .isThrownBy(() -> HeapDumpReader.read(folder, ofReal()))
                .withMessage("there is no file " + folder + ". Does anything clean up there?");
    }

    @Test
    void afterwards_fileIsClosedAndCanBeDeleted() throws IOException {
        Path dump = file(cut(built, built.length / 2));
        Throwable failed = catchThrowable(() -> HeapDumpReader.read(dump, ofReal()));

        assertThat(failed).isInstanceOf(IOException.class);
        Files.delete(dump);
        assertThat(dump).doesNotExist();
    }
}
