package io.github.retainless.internal.dump;

import java.io.IOException;

/** What a pass over a heap dump wants to see; what it does not read is skipped. */
interface DumpVisitor {
    default void string(long id, long position, int bytes) {}

    default void loadedClass(int serial, long id, long nameId) {}

    default void frame(StackFrame frame) {}

    default void trace(int serial, long[] frameIds) {}

    default void root(GcRoot root) {}

    default void classDump(DumpClass type) throws IOException {}

    default void instance(long id, long classId, int bytes, HprofInput input) throws IOException {}

    default void objectArray(long id, long classId, int length, HprofInput input) throws IOException {}

    default void primitiveArray(long id, FieldType type, int length, HprofInput input) throws IOException {}

    /**
     * A frame of a stack trace; all but the line, which is positive if it is known, are ids of strings and the class's
     * serial.
     */
    record StackFrame(long id, long methodId, long fileId, int classSerial, int line) {}

    /**
     * A GC root; the thread's serial, its stack trace's serial and the number of the frame are 0 where there is none.
     */
    record GcRoot(Kind kind, long id, int thread, int trace, int frame) {
        enum Kind {
            THREAD,
            FRAME,
            JNI_LOCAL,
            JNI_GLOBAL,
            MONITOR,
            CLASS,
            OTHER
        }
    }
}
