package io.github.retainless.internal.dump;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A class in a heap dump. Its name, its superclass and what it inherits are known once all classes have been read. */
final class DumpClass {
    /** A static field of reference type: the id of its name, the id of what it refers to. */
    record Static(long nameId, long value) {}

    /**
     * A field of reference type: the class that declares it, its number there, and where it is in the dump of an
     * instance.
     */
    record Reference(DumpClass owner, int number, int offset) {}

    final long id;
    final long superId;
    final Static[] statics;
    final long[] fieldNameIds;
    final FieldType[] fieldTypes;

    String name = "";

    @Nullable
    DumpClass superclass;

    Reference[] references = {};
    Use use = Use.PLAIN;
    long instanceBytes;
    /** In a dump of an instance. */
    int dumpBytes;

    /** What the search must know of a class. */
    enum Use {
        PLAIN,
        WEAK,
        SOFT,
        FINAL,
        TRACKED,
        ANCHOR
    }

    DumpClass(long id, long superId, Static[] statics, long[] fieldNameIds, FieldType[] fieldTypes) {
        this.id = id;
        this.superId = superId;
        this.statics = statics;
        this.fieldNameIds = fieldNameIds;
        this.fieldTypes = fieldTypes;
    }

    boolean isKindOf(String className) {
        for (DumpClass at = this; at != null; at = at.superclass) {
            if (at.name.equals(className)) {
                return true;
            }
        }
        return false;
    }

    boolean isArray() {
        return name.endsWith("[]");
    }

    /** Where a field lies in the dump of an instance. */
    int offset(DumpClasses classes, String declaring, String field, HprofInput input) throws IOException {
        int offset = 0;
        for (DumpClass at = this; at != null; at = at.superclass) {
            for (int i = 0; i < at.fieldTypes.length; i++) {
                if (at.name.equals(declaring)
                        && classes.text(at.fieldNameIds[i]).equals(field)) {
                    return offset;
                }
                offset += at.fieldTypes[i].bytesInDump(input);
            }
        }
        throw new IOException("its class " + name + " has no field " + declaring + "." + field);
    }

    @Override
    public String toString() {
        return name;
    }
}
