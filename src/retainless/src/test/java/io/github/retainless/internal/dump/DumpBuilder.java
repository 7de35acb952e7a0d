package io.github.retainless.internal.dump;

import io.github.retainless.experiment.RetainedPart;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds heap dumps by hand, record by record, as HotSpot writes them. Starts with the classes that every dump has. */
final class DumpBuilder {
    static final int WATCH = 7;

    private static final long FIRST_ADDRESS = 0x7_0000_0000L;

    private final int idBytes;
    private final String version;
    private final ByteArrayOutputStream texts = new ByteArrayOutputStream();
    private final ByteArrayOutputStream heap = new ByteArrayOutputStream();
    private final DataOutputStream textsOut = new DataOutputStream(texts);
    private final DataOutputStream heapOut = new DataOutputStream(heap);
    private final Map<String, Long> stringIds = new LinkedHashMap<>();
    private final List<Type> types = new ArrayList<>();
    private final Map<String, Long> charactersOf = new LinkedHashMap<>();
    private long nextAddress;
    private long nextString = 0x1000;

    final Type object;
    final Type throwable;
    final Type softReference;
    final Type finalizer;
    final Type thread;
    final Type string;
    final Type objects;
    private final Type tracked;
    private final Type anchor;

    /** A class, with the fields it declares, all of them references but those of which a type is given. */
    static final class Type {
        final long id;
        final int serial;
        private final Type superclass;
        private final List<Field> fields;
        private final Map<String, Long> statics = new LinkedHashMap<>();

        private Type(long id, int serial, Type superclass, List<Field> fields) {
            this.id = id;
            this.serial = serial;
            this.superclass = superclass;
            this.fields = fields;
        }

        void set(String staticField, long value) {
            statics.put(staticField, value);
        }
    }

    private record Field(String name, int type) {}

    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    DumpBuilder() {
        this(8, "1.0.2", FIRST_ADDRESS);
    }

    DumpBuilder(int idBytes, String version, long firstAddress) {
        this.idBytes = idBytes;
        this.version = version;
        nextAddress = firstAddress;
        object = type("java/lang/Object", null);
        type("java/lang/Class", object);
        string = type("java/lang/String", object, "value", "coder:8");
        throwable = type("java/lang/Throwable", object, "cause", "payload");
        thread = type("java/lang/Thread", object, "name", "threadLocals", "target");
        objects = type("[Ljava/lang/Object;", object);
        Type reference = type("java/lang/ref/Reference", object, "referent", "discovered");
        Type weakReference = type("java/lang/ref/WeakReference", reference);
        softReference = type("java/lang/ref/SoftReference", reference);
        finalizer = type("java/lang/ref/Finalizer", type("java/lang/ref/FinalReference", reference));
        tracked = type(
                DumpProtocol.TRACKED.replace('.', '/'),
                weakReference,
                "next",
                DumpProtocol.TRACKED_WATCH + ":10",
                DumpProtocol.TRACKED_ATTEMPT + ":10",
                DumpProtocol.TRACKED_PART + ":10");
        anchor = type(
                DumpProtocol.ANCHOR.replace('.', '/'),
                object,
                DumpProtocol.ANCHOR_OBJECT,
                DumpProtocol.ANCHOR_WATCH + ":10",
                DumpProtocol.ANCHOR_LABEL + ":10");
    }

    /** Adds a class; a field that is no reference is given as name and number of its type. */
    Type type(String name, Type superclass, String... fields) {
        List<Field> declared = new ArrayList<>();
        for (String field : fields) {
            int colon = field.indexOf(':');
            declared.add(
                    colon < 0
                            ? new Field(field, 2)
                            : new Field(field.substring(0, colon), Integer.parseInt(field.substring(colon + 1))));
        }
        Type type = new Type(address(), types.size() + 1, superclass, declared);
        types.add(type);
        long nameId = text(name);
        record(0x02, out -> {
            out.writeInt(type.serial);
            id(out, type.id);
            out.writeInt(0);
            id(out, nameId);
        });
        return type;
    }

    /** Goes on at another address. */
    void at(long address) {
        nextAddress = address;
    }

    private long address() {
        long address = nextAddress;
        nextAddress += 16;
        return address;
    }

    private long text(String text) {
        return stringIds.computeIfAbsent(text, unknown -> {
            long id = nextString++;
            record(0x01, out -> {
                id(out, id);
                out.write(text.getBytes(StandardCharsets.UTF_8));
            });
            return id;
        });
    }

    /** An object with the values of its fields, those of the class first, then those of its superclass. */
    long object(Type type, long... values) {
        long address = address();
        objectAt(address, type, values);
        return address;
    }

    /** An address for an object that others refer to before it is there itself. */
    long later() {
        return address();
    }

    void objectAt(long address, Type type, long... values) {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        int next = 0;
        for (Type at = type; at != null; at = at.superclass) {
            for (Field field : at.fields) {
                long value = next < values.length ? values[next++] : 0;
                write(new DataOutputStream(fields), out -> value(out, field.type(), value));
            }
        }
        write(heapOut, out -> {
            out.writeByte(0x21);
            id(out, address);
            out.writeInt(0);
            id(out, type.id);
            out.writeInt(fields.size());
            out.write(fields.toByteArray());
        });
    }

    private void value(DataOutputStream out, int type, long value) throws IOException {
        switch (type) {
            case 2 -> id(out, value);
            case 4, 8 -> out.writeByte((int) value);
            case 5, 9 -> out.writeShort((int) value);
            case 6, 10 -> out.writeInt((int) value);
            default -> out.writeLong(value);
        }
    }

    long array(long... elements) {
        long address = address();
        write(heapOut, out -> {
            out.writeByte(0x22);
            id(out, address);
            out.writeInt(0);
            out.writeInt(elements.length);
            id(out, objects.id);
            for (long element : elements) {
                id(out, element);
            }
        });
        return address;
    }

    long bytes(byte... elements) {
        long address = address();
        write(heapOut, out -> {
            out.writeByte(0x23);
            id(out, address);
            out.writeInt(0);
            out.writeInt(elements.length);
            out.writeByte(8);
            out.write(elements);
        });
        return address;
    }

    long javaString(String text) {
        long characters =
                charactersOf.computeIfAbsent(text, unknown -> bytes(text.getBytes(StandardCharsets.ISO_8859_1)));
        return object(string, characters, 0);
    }

    /** A failure of an attempt that is watched. */
    long retained(int attempt, long cause, long payload) {
        long failure = object(throwable, cause, payload);
        track(failure, attempt);
        return failure;
    }

    void track(long object, int attempt) {
        track(object, attempt, RetainedPart.FAILURE);
    }

    void track(long object, int attempt, RetainedPart part) {
        object(tracked, 0, WATCH, attempt, part.ordinal(), object, 0);
    }

    void anchor(String label, long object) {
        object(anchor, object, WATCH, Anchor.LABELS.indexOf(label));
    }

    /** A thread whose stack has one frame, which holds these. */
    long thread(int serial, String name, String method, long... locals) {
        long object = object(thread, javaString(name));
        long methodId = text(method);
        long fileId = text("Worker.java");
        long frame = 0x9000 + serial;
        record(0x04, out -> {
            for (long id : new long[] {frame, methodId, text("()V"), fileId}) {
                id(out, id);
            }
            out.writeInt(this.object.serial);
            out.writeInt(42);
        });
        record(0x05, out -> {
            out.writeInt(serial);
            out.writeInt(serial);
            out.writeInt(1);
            id(out, frame);
        });
        write(heapOut, out -> {
            out.writeByte(0x08);
            id(out, object);
            out.writeInt(serial);
            out.writeInt(serial);
        });
        for (long local : locals) {
            write(heapOut, out -> {
                out.writeByte(0x03);
                id(out, local);
                out.writeInt(serial);
                out.writeInt(0);
            });
        }
        return object;
    }

    /** A root with nothing but an id, and so many bytes more. */
    void root(int tag, long id, int more) {
        write(heapOut, out -> {
            out.writeByte(tag);
            id(out, id);
            out.write(new byte[more]);
        });
    }

    /** Anything at all among the records of the heap. */
    void heapRecord(int... bytes) {
        write(heapOut, out -> {
            for (int each : bytes) {
                out.writeByte(each);
            }
        });
    }

    /** Anything at all among the records of the file. */
    void topRecord(int tag, byte... body) {
        record(tag, out -> out.write(body));
    }

    byte[] build() {
        ByteArrayOutputStream classes = new ByteArrayOutputStream();
        for (Type type : types) {
            write(new DataOutputStream(classes), out -> classDump(out, type));
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        write(new DataOutputStream(all), out -> {
            out.writeBytes("JAVA PROFILE " + version + "\0");
            out.writeInt(idBytes);
            out.writeLong(0);
            out.write(texts.toByteArray());
            for (ByteArrayOutputStream segment : List.of(classes, heap)) {
                out.writeByte(0x1c);
                out.writeInt(0);
                out.writeInt(segment.size());
                out.write(segment.toByteArray());
            }
            out.writeByte(0x2c);
            out.writeLong(0);
        });
        return all.toByteArray();
    }

    private void classDump(DataOutputStream out, Type type) throws IOException {
        out.writeByte(0x20);
        id(out, type.id);
        out.writeInt(0);
        id(out, type.superclass == null ? 0 : type.superclass.id);
        for (int i = 0; i < 5; i++) {
            id(out, 0);
        }
        out.writeInt(0);
        out.writeShort(0);
        out.writeShort(type.statics.size());
        for (Map.Entry<String, Long> field : type.statics.entrySet()) {
            id(out, text(field.getKey()));
            out.writeByte(2);
            id(out, field.getValue());
        }
        out.writeShort(type.fields.size());
        for (Field field : type.fields) {
            id(out, text(field.name()));
            out.writeByte(field.type());
        }
    }

    Path write(Path file) {
        try {
            return Files.write(file, build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void record(int tag, Body body) {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        write(new DataOutputStream(record), body);
        write(textsOut, out -> {
            out.writeByte(tag);
            out.writeInt(0);
            out.writeInt(record.size());
            out.write(record.toByteArray());
        });
    }

    private void id(DataOutputStream out, long id) throws IOException {
        if (idBytes == 8) {
            out.writeLong(id);
        } else {
            out.writeInt((int) id);
        }
    }

    private static void write(DataOutputStream out, Body body) {
        try {
            body.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
