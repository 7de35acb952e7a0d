package io.github.retainless.internal.heap;

import io.github.retainless.experiment.Anatomy;
import io.github.retainless.experiment.Anatomy.Kind;
import io.github.retainless.experiment.Anatomy.Part;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the objects of one class, as far as they were taken apart, weigh together. */
final class Tally {
    private static final int DIFFERENT = -1;

    private final Class<?> type;
    private final List<Dissection.Slot> slots;
    private final long[] weights;
    private final List<@Nullable Class<?>> contents;
    private final int[] lengths;
    private long shallow;
    private int instances;

    Tally(Class<?> type, List<Dissection.Slot> slots) {
        this.type = type;
        this.slots = slots;
        weights = new long[slots.size()];
        contents = new ArrayList<>(Collections.nCopies(slots.size(), null));
        lengths = new int[slots.size()];
    }

    List<Dissection.Slot> slots() {
        return slots;
    }

    int instances() {
        return instances;
    }

    void add(Object whole, long shallowBytes, long[] weightsOfSlots, FieldAccess access) {
        instances++;
        shallow += shallowBytes;
        for (int i = 0; i < weights.length; i++) {
            weights[i] += weightsOfSlots[i];
            Dissection.Slot slot = slots.get(i);
            if (slot.handle() != FieldAccess.UNKNOWN) {
                sawContent(i, access.reference(whole, slot.handle()));
            }
        }
    }

    private void sawContent(int slot, @Nullable Object content) {
        if (content == null) {
            return;
        }
        Class<?> found = content.getClass();
        int length = found.isArray() ? Array.getLength(content) : 0;
        Class<?> known = contents.get(slot);
        if (known == null) {
            contents.set(slot, found);
            lengths[slot] = length;
        } else if (known != found) {
            contents.set(slot, slots.get(slot).type());
            lengths[slot] = DIFFERENT;
        } else if (lengths[slot] != length) {
            lengths[slot] = DIFFERENT;
        }
    }

    /** The average. */
    Anatomy anatomy() {
        long total = shallow;
        long cause = 0;
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            total += weights[i];
            Kind kind = slots.get(i).kind();
            if (kind == Kind.CAUSE) {
                cause += weights[i];
            } else if (kind == Kind.PAYLOAD) {
                parts.add(new Part(kind, slots.get(i).field(), content(i), average(weights[i])));
            } else {
                parts.add(new Part(kind, "", "", average(weights[i])));
            }
        }
        parts.add(new Part(Kind.CAUSE, "", "", average(cause)));
        parts.add(new Part(Kind.REST, "", "", average(shallow)));
        parts.removeIf(part -> part.bytes() == 0);
        parts.sort(Comparator.comparingLong(Part::bytes).reversed()); // stable
        return new Anatomy(name(type), instances, average(total), parts);
    }

    private long average(long sum) {
        return Math.round((double) sum / instances);
    }

    private String content(int slot) {
        Class<?> content = contents.get(slot);
        if (content == null) {
            return name(slots.get(slot).type());
        }
        String name = name(content);
        return content.isArray() && lengths[slot] != DIFFERENT ? name.replaceFirst("\\[", "[" + lengths[slot]) : name;
    }

    /** Without what differs from JVM to JVM in the name of a lambda's class. */
    private static String name(Class<?> type) {
        return type.getTypeName().replaceFirst("(\\$\\$Lambda)[^\\[]*", "$1");
    }
}
