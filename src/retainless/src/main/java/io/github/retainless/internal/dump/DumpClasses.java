package io.github.retainless.internal.dump;

import io.github.retainless.internal.heap.HeapLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The classes of a dump, and the texts it names things by. */
final class DumpClasses {
    /** What the JVM adds to the names of hidden classes, such as those of lambdas; it differs from run to run. */
    private static final Pattern HIDDEN = Pattern.compile("(?:(?<=\\$\\$Lambda)\\$\\d+)?[+./]0x\\p{XDigit}+");

    private final Map<Long, DumpClass> byId = new HashMap<>();
    private final Map<Integer, Long> idsBySerial = new HashMap<>();
    private final Map<Long, Long> nameIds = new HashMap<>();
    private final Map<Long, String> texts = new HashMap<>();
    private final HprofInput input;

    /** Where the texts are, position and length in one number; parallel to the ids. */
    private long[] stringIds = new long[1 << 14];

    private long[] stringPlaces = new long[1 << 14];
    private int strings;
    private int[] slots = {};

    DumpClasses(HprofInput input) {
        this.input = input;
    }

    void addString(long id, long position, int bytes) {
        if (strings == stringIds.length) {
            stringIds = Arrays.copyOf(stringIds, 2 * strings);
            stringPlaces = Arrays.copyOf(stringPlaces, 2 * strings);
        }
        stringIds[strings] = id;
        stringPlaces[strings++] = position << 16 | Math.min(bytes, 0xffff);
    }

    void addLoaded(int serial, long id, long nameId) {
        idsBySerial.put(serial, id);
        nameIds.put(id, nameId);
    }

    void add(DumpClass type) {
        byId.put(type.id, type);
    }

    Collection<DumpClass> all() {
        return byId.values();
    }

    @Nullable
    DumpClass find(long id) {
        return byId.get(id);
    }

    DumpClass get(long id) throws IOException {
        DumpClass type = byId.get(id);
        if (type == null) {
            throw new IOException("an object before byte " + input.position() + " is of a class that is not there");
        }
        return type;
    }

    @Nullable
    DumpClass bySerial(int serial) {
        Long id = idsBySerial.get(serial);
        return id == null ? null : byId.get(id);
    }

    /** Ends the adding: names the classes and lays them out. */
    void link(HeapLayout layout) throws IOException {
        for (DumpClass type : inOrderOfNames()) {
            Long nameId = nameIds.get(type.id);
            type.name = nameId == null ? "a class without a name" : typeName(text(nameId));
            type.superclass = byId.get(type.superId);
        }
        checkHierarchy();
        for (DumpClass type : byId.values()) {
            type.use = use(type);
            List<DumpClass.Reference> references = new ArrayList<>();
            int offset = 0;
            long heapBytes = 0;
            for (DumpClass at = type; at != null; at = at.superclass) {
                for (int i = 0; i < at.fieldTypes.length; i++) {
                    FieldType field = at.fieldTypes[i];
                    if (field == FieldType.REFERENCE && !isFollowedApart(type, at, i)) {
                        references.add(new DumpClass.Reference(at, i, offset));
                    }
                    offset += field.bytesInDump(input);
                    heapBytes += field.bytesInHeap(layout);
                }
            }
            type.references = references.toArray(DumpClass.Reference[]::new);
            type.dumpBytes = offset;
            type.instanceBytes = layout.instance(heapBytes);
        }
    }

    /** In the order in which their names are in the dump, so that the names are read from front to back. */
    private List<DumpClass> inOrderOfNames() {
        List<DumpClass> classes = new ArrayList<>(byId.values());
        classes.sort(Comparator.comparingLong(this::placeOfName));
        return classes;
    }

    private long placeOfName(DumpClass type) {
        Long nameId = nameIds.get(type.id);
        int index = nameId == null ? -1 : indexOf(nameId);
        return index < 0 ? -1 : stringPlaces[index];
    }

    /** In a corrupt dump a class may be its own superclass; whoever looks for an inherited field would look forever. */
    private void checkHierarchy() throws IOException {
        for (DumpClass type : byId.values()) {
            int depth = 0;
            for (DumpClass at = type; at != null; at = at.superclass) {
                if (depth++ > byId.size()) {
                    throw new IOException("its class " + type + " is its own superclass");
                }
            }
        }
    }

    private static DumpClass.Use use(DumpClass type) {
        if (type.name.equals(DumpProtocol.TRACKED)) {
            return DumpClass.Use.TRACKED;
        }
        if (type.name.equals(DumpProtocol.ANCHOR)) {
            return DumpClass.Use.ANCHOR;
        }
        if (!type.isKindOf(DumpProtocol.REFERENCE)) {
            return DumpClass.Use.PLAIN;
        }
        if (type.isKindOf("java.lang.ref.SoftReference")) {
            return DumpClass.Use.SOFT;
        }
        return type.isKindOf("java.lang.ref.FinalReference") ? DumpClass.Use.FINAL : DumpClass.Use.WEAK;
    }

    /** What a reference object refers to is not held by it, or not as other fields hold. */
    private boolean isFollowedApart(DumpClass type, DumpClass owner, int field) throws IOException {
        if (type.use == DumpClass.Use.PLAIN || !owner.name.equals(DumpProtocol.REFERENCE)) {
            return false;
        }
        String name = text(owner.fieldNameIds[field]);
        return name.equals(DumpProtocol.REFERENT) || name.equals("discovered");
    }

    /** The text with an id; a question mark if there is none. */
    String text(long id) throws IOException {
        String known = texts.get(id);
        if (known != null) {
            return known;
        }
        int index = indexOf(id);
        String text = index < 0 ? "?" : input.utf8(stringPlaces[index] >>> 16, (int) (stringPlaces[index] & 0xffff));
        texts.put(id, text);
        return text;
    }

    /** Hashed when the first text is asked for; there are a hundred thousand of them, of which few are needed. */
    private int indexOf(long id) {
        if (slots.length == 0) {
            slots = new int[Integer.highestOneBit(Math.max(1, strings)) * 4];
            for (int i = 0; i < strings; i++) {
                slots[slot(stringIds[i])] = i + 1;
            }
        }
        return slots[slot(id)] - 1;
    }

    /** The slot of an id, or where it would be. */
    private int slot(long id) {
        int slot = (int) (id * 0x9E37_79B9_7F4A_7C15L >>> 40) & slots.length - 1;
        while (slots[slot] != 0 && stringIds[slots[slot] - 1] != id) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    /** A name as {@link Class#getTypeName} writes it, without what differs from run to run. */
    static String typeName(String internal) {
        int dimensions = 0;
        while (dimensions < internal.length() && internal.charAt(dimensions) == '[') {
            dimensions++;
        }
        String element = internal.substring(dimensions);
        if (dimensions > 0) {
            element = switch (element.isEmpty() ? ' ' : element.charAt(0)) {
                case 'L' -> element.substring(1, element.length() - (element.endsWith(";") ? 1 : 0));
                case 'Z' -> "boolean";
                case 'C' -> "char";
                case 'F' -> "float";
                case 'D' -> "double";
                case 'B' -> "byte";
                case 'S' -> "short";
                case 'I' -> "int";
                case 'J' -> "long";
                default -> element;
            };
        }
        return HIDDEN.matcher(element).replaceAll("").replace('/', '.') + "[]".repeat(dimensions);
    }
}
