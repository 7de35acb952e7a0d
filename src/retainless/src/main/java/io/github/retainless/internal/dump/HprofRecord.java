package io.github.retainless.internal.dump;

import org.jspecify.annotations.Nullable;

/** The records of an HPROF file, by the names of heapDumper.cpp of OpenJDK. */
final class HprofRecord {
    private HprofRecord() {}

    /** A record of the file. Those that are not read have no constant. */
    enum Tag {
        UTF8(0x01),
        LOAD_CLASS(0x02),
        FRAME(0x04),
        TRACE(0x05),
        HEAP_DUMP(0x0c),
        HEAP_DUMP_SEGMENT(0x1c),
        HEAP_DUMP_END(0x2c);

        private static final @Nullable Tag[] BY_CODE = new @Nullable Tag[0x100];

        static {
            for (Tag tag : values()) {
                BY_CODE[tag.code] = tag;
            }
        }

        private final int code;

        Tag(int code) {
            this.code = code;
        }

        /** The tag with this code; null if such records are not read. */
        static @Nullable Tag of(int code) {
            return BY_CODE[code];
        }
    }

    /** A record within a heap dump or a segment of one. */
    enum SubTag {
        ROOT_JNI_GLOBAL(0x01),
        ROOT_JNI_LOCAL(0x02),
        ROOT_JAVA_FRAME(0x03),
        ROOT_NATIVE_STACK(0x04),
        ROOT_STICKY_CLASS(0x05),
        ROOT_THREAD_BLOCK(0x06),
        ROOT_MONITOR_USED(0x07),
        ROOT_THREAD_OBJECT(0x08),
        CLASS_DUMP(0x20),
        INSTANCE_DUMP(0x21),
        OBJECT_ARRAY_DUMP(0x22),
        PRIMITIVE_ARRAY_DUMP(0x23),
        ROOT_UNKNOWN(0xff);

        private static final @Nullable SubTag[] BY_CODE = new @Nullable SubTag[0x100];

        static {
            for (SubTag tag : values()) {
                BY_CODE[tag.code] = tag;
            }
        }

        private final int code;

        SubTag(int code) {
            this.code = code;
        }

        /** The tag with this code; null if there is none. */
        static @Nullable SubTag of(int code) {
            return BY_CODE[code];
        }
    }
}
