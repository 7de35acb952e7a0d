package io.github.retainless.internal.heap;

import java.io.Serializable;
import java.nio.ByteOrder;

/**
 * How a JVM lays objects out. A heap dump does not tell: it has neither headers nor the real width of references.
 *
 * @param headerBytes the header of an object
 * @param referenceBytes a reference
 * @param arrayBaseBytes where the elements of an array begin
 * @param alignment to what objects are aligned
 * @param bigEndian whether the machine is
 */
public record HeapLayout(int headerBytes, int referenceBytes, int arrayBaseBytes, int alignment, boolean bigEndian)
        implements Serializable {
    private static final long serialVersionUID = 1;

    /** That of this JVM. */
    public static HeapLayout current() {
        return new HeapLayout(
                Shapes.MODEL.headerSize(),
                Shapes.REFERENCE_BYTES,
                Shapes.MODEL.arrayHeaderSize(),
                Shapes.MODEL.objectAlignment(),
                ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN);
    }

    /** The size of an object with fields of so many bytes; the JVM leaves hardly a gap between them. */
    public long instance(long fieldBytes) {
        return align(headerBytes + fieldBytes);
    }

    /** The size of an array of so many elements of so many bytes each. */
    public long array(long length, int elementBytes) {
        // Elements of 8 bytes begin at a multiple of 8.
        long base = elementBytes == Long.BYTES ? (arrayBaseBytes + 7) / 8 * 8L : arrayBaseBytes;
        return align(base + length * elementBytes);
    }

    private long align(long bytes) {
        return (bytes + alignment - 1) / alignment * alignment;
    }
}
