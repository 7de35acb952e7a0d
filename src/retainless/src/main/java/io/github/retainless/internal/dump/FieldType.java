package io.github.retainless.internal.dump;

import io.github.retainless.internal.heap.HeapLayout;
import java.io.IOException;

/** The types of fields and elements, as a heap dump numbers them. */
enum FieldType {
    REFERENCE(2, 0, "Object"),
    BOOLEAN(4, 1, "boolean"),
    CHAR(5, 2, "char"),
    FLOAT(6, 4, "float"),
    DOUBLE(7, 8, "double"),
    BYTE(8, 1, "byte"),
    SHORT(9, 2, "short"),
    INT(10, 4, "int"),
    LONG(11, 8, "long");

    private static final FieldType[] BY_CODE = new FieldType[12];

    static {
        for (FieldType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;
    private final int bytes;
    private final String text;

    FieldType(int code, int bytes, String text) {
        this.code = code;
        this.bytes = bytes;
        this.text = text;
    }

    static FieldType read(HprofInput input) throws IOException {
        int code = input.u1();
        FieldType type = code < BY_CODE.length ? BY_CODE[code] : null;
        if (type == null) {
            throw new IOException("there is no type " + code + ", before byte " + input.position());
        }
        return type;
    }

    /** How many bytes a value takes in the dump. */
    int bytesInDump(HprofInput input) {
        return this == REFERENCE ? input.idBytes() : bytes;
    }

    /** How many bytes a value takes in the heap. */
    int bytesInHeap(HeapLayout layout) {
        return this == REFERENCE ? layout.referenceBytes() : bytes;
    }

    String text() {
        return text;
    }
}
