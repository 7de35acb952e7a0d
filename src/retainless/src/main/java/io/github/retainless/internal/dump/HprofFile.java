package io.github.retainless.internal.dump;

import io.github.retainless.internal.dump.DumpVisitor.GcRoot.Kind;
import io.github.retainless.internal.dump.HprofRecord.SubTag;
import io.github.retainless.internal.dump.HprofRecord.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The format of HPROF heap dumps, versions 1.0.1 and 1.0.2, as HotSpot writes them (described in heapDumper.cpp of
 * OpenJDK). A pass goes through the file once.
 */
final class HprofFile {
    private static final Set<String> MAGIC = Set.of("JAVA PROFILE 1.0.1\0", "JAVA PROFILE 1.0.2\0");
    private static final int MAGIC_BYTES = 19;

    private final HprofInput input;
    private final long start;
    /** Where the record ends that is being read. */
    private long end;

    HprofFile(HprofInput input) throws IOException {
        this.input = input;
        input.position(0);
        String magic =
                new String(input.bytes((int) Math.min(MAGIC_BYTES, input.length())), StandardCharsets.ISO_8859_1);
        if (!MAGIC.contains(magic)) {
            throw new IOException("it does not begin as a heap dump of version 1.0.1 or 1.0.2 does");
        }
        int idBytes = input.i4();
        if (idBytes != 4 && idBytes != 8) {
            throw new IOException("its identifiers have " + idBytes + " bytes, not 4 or 8");
        }
        input.idBytes(idBytes);
        input.skip(8);
        start = input.position();
    }

    HprofInput input() {
        return input;
    }

    void pass(DumpVisitor visitor) throws IOException {
        input.position(start);
        boolean ended = false;
        while (input.position() < input.length()) {
            Tag tag = Tag.of(input.u1());
            input.skip(4);
            long bytes = input.u4();
            end = input.position() + bytes;
            if (end > input.length()) {
                throw new IOException(
                        "it ends after " + input.length() + " bytes, in the middle of a record of " + bytes + " bytes");
            }
            if (tag != null) {
                read(tag, bytes, visitor);
                ended |= tag == Tag.HEAP_DUMP_END;
            }
            checkEnd();
            input.position(end);
        }
        if (!ended) {
            throw new IOException("it ends after " + input.length() + " bytes, before its last record");
        }
    }

    private void read(Tag tag, long bytes, DumpVisitor visitor) throws IOException {
        switch (tag) {
            case UTF8 -> string(visitor, bytes);
            case LOAD_CLASS -> loadedClass(visitor);
            case FRAME -> frame(visitor);
            case TRACE -> trace(visitor);
            case HEAP_DUMP, HEAP_DUMP_SEGMENT -> segment(visitor);
            case HEAP_DUMP_END -> {}
        }
    }

    private void string(DumpVisitor visitor, long bytes) throws IOException {
        long id = input.id();
        visitor.string(id, input.position(), (int) Math.max(0, Math.min(Integer.MAX_VALUE, bytes - input.idBytes())));
    }

    private void loadedClass(DumpVisitor visitor) throws IOException {
        int serial = input.i4();
        long id = input.id();
        input.skip(4);
        visitor.loadedClass(serial, id, input.id());
    }

    private void frame(DumpVisitor visitor) throws IOException {
        long id = input.id();
        long method = input.id();
        input.id();
        long file = input.id();
        visitor.frame(new DumpVisitor.StackFrame(id, method, file, input.i4(), input.i4()));
    }

    private void trace(DumpVisitor visitor) throws IOException {
        int serial = input.i4();
        input.skip(4);
        long[] frames = new long[count(input.i4(), input.idBytes())];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = input.id();
        }
        visitor.trace(serial, frames);
    }

    private void segment(DumpVisitor visitor) throws IOException {
        while (input.position() < end) {
            int code = input.u1();
            SubTag tag = SubTag.of(code);
            if (tag == null) {
                throw new IOException("there is no record " + code + ", before byte " + input.position());
            }
            switch (tag) {
                case CLASS_DUMP -> visitor.classDump(classDump());
                case INSTANCE_DUMP -> instance(visitor);
                case OBJECT_ARRAY_DUMP -> objectArray(visitor);
                case PRIMITIVE_ARRAY_DUMP -> primitiveArray(visitor);
                default -> visitor.root(root(tag));
            }
            checkEnd();
        }
    }

    private DumpVisitor.GcRoot root(SubTag tag) throws IOException {
        long id = input.id();
        switch (tag) {
            case ROOT_JNI_GLOBAL:
                input.id();
                return root(Kind.JNI_GLOBAL, id);
            case ROOT_JNI_LOCAL:
                return onStack(Kind.JNI_LOCAL, id);
            case ROOT_JAVA_FRAME:
                return onStack(Kind.FRAME, id);
            case ROOT_NATIVE_STACK, ROOT_THREAD_BLOCK:
                return new DumpVisitor.GcRoot(Kind.OTHER, id, input.i4(), 0, 0);
            case ROOT_STICKY_CLASS:
                return root(Kind.CLASS, id);
            case ROOT_MONITOR_USED:
                return root(Kind.MONITOR, id);
            case ROOT_THREAD_OBJECT:
                return new DumpVisitor.GcRoot(Kind.THREAD, id, input.i4(), input.i4(), 0);
            case ROOT_UNKNOWN:
                return root(Kind.OTHER, id);
            default:
                throw new IllegalStateException(tag + " is no root");
        }
    }

    private static DumpVisitor.GcRoot root(Kind kind, long id) {
        return new DumpVisitor.GcRoot(kind, id, 0, 0, 0);
    }

    private DumpVisitor.GcRoot onStack(Kind kind, long id) throws IOException {
        return new DumpVisitor.GcRoot(kind, id, input.i4(), 0, input.i4());
    }

    private DumpClass classDump() throws IOException {
        long id = input.id();
        input.skip(4);
        long superId = input.id();
        input.skip(5L * input.idBytes() + 4);
        for (int constants = input.u2(); constants > 0; constants--) {
            input.skip(2);
            input.skip(FieldType.read(input).bytesInDump(input));
        }
        List<DumpClass.Static> statics = new ArrayList<>();
        for (int fields = input.u2(); fields > 0; fields--) {
            long name = input.id();
            FieldType type = FieldType.read(input);
            if (type == FieldType.REFERENCE) {
                statics.add(new DumpClass.Static(name, input.id()));
            } else {
                input.skip(type.bytesInDump(input));
            }
        }
        int count = input.u2();
        long[] names = new long[count];
        FieldType[] types = new FieldType[count];
        for (int i = 0; i < count; i++) {
            names[i] = input.id();
            types[i] = FieldType.read(input);
        }
        return new DumpClass(id, superId, statics.toArray(DumpClass.Static[]::new), names, types);
    }

    private void instance(DumpVisitor visitor) throws IOException {
        long id = input.id();
        input.skip(4);
        long classId = input.id();
        int bytes = count(input.i4(), 1);
        long next = input.position() + bytes;
        visitor.instance(id, classId, bytes, input);
        input.position(next);
    }

    private void objectArray(DumpVisitor visitor) throws IOException {
        long id = input.id();
        input.skip(4);
        int length = count(input.i4(), input.idBytes());
        long classId = input.id();
        long next = input.position() + (long) length * input.idBytes();
        visitor.objectArray(id, classId, length, input);
        input.position(next);
    }

    private void primitiveArray(DumpVisitor visitor) throws IOException {
        long id = input.id();
        input.skip(4);
        int length = input.i4();
        FieldType type = FieldType.read(input);
        count(length, type.bytesInDump(input));
        long next = input.position() + (long) length * type.bytesInDump(input);
        visitor.primitiveArray(id, type, length, input);
        input.position(next);
    }

    /** A length that the rest of the record has room for: otherwise a wrong one could take all the heap. */
    private int count(int length, int bytesEach) throws IOException {
        if (length < 0 || (long) length * bytesEach > end - input.position()) {
            throw new IOException("something at byte " + input.position() + " claims to have "
                    + Integer.toUnsignedString(length) + " elements, more than its record has room for");
        }
        return length;
    }

    private void checkEnd() throws IOException {
        if (input.position() > end) {
            throw new IOException("a record that ends at byte " + end + " goes on to byte " + input.position());
        }
    }
}
