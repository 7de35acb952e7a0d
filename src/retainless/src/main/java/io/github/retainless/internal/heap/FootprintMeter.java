package io.github.retainless.internal.heap;

import io.github.retainless.experiment.Footprint;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Weighs what retained objects keep in the heap: the bytes of all objects that can be reached from them and not from
 * the outside, each object once, so that a payload shared by a thousand exceptions weighs once. Weigh before anything
 * prints: printing an exception makes it heavier.
 *
 * <p>Not followed and not counted, because they belong to the program and not to a failure:
 *
 * <ul>
 *   <li>classes, class loaders, modules, threads (and so the values of thread locals), thread groups;
 *   <li>{@code java.lang.reflect} and {@code java.lang.invoke}: methods, fields, method and var handles, call sites;
 *   <li>enum constants;
 *   <li>what a weak, soft or phantom reference refers to. The reference itself counts;
 *   <li>memory outside the heap, such as that of a direct buffer.
 * </ul>
 *
 * <p>A string literal, a cached {@code Integer} or another object that a static field also holds cannot be told from
 * others: it counts, once, unless the outside reaches it.
 *
 * <p>A footprint is {@linkplain Footprint#truncated() truncated}, and then a lower bound, when
 *
 * <ul>
 *   <li>more than {@code maxObjects} objects were met, those of the outside and those not counted included;
 *   <li>it took longer than {@code maxTime};
 *   <li>the table of the objects met, up to 26 bytes for each, 30 with uncompressed references, did not fit into half
 *       of the heap that was left. The walk causes no {@link OutOfMemoryError}, and survives one.
 * </ul>
 *
 * <p>If the limit was met while walking the outside, only the retained objects themselves were weighed, as anything
 * else might belong to the outside.
 *
 * <p>It is also truncated when a class hid some fields: because the class of a field is missing, as with an optional
 * dependency, or because this JVM does not let fields be read. What was visible is counted, and what only a hidden
 * field of the outside would have shown to belong there.
 *
 * <p>A meter keeps nothing of what it measures and may be used by several threads. The objects may change meanwhile;
 * the result then is that of some moment in between for each object.
 */
public final class FootprintMeter {
    static final long DEFAULT_MAX_OBJECTS = 10_000_000;
    static final Duration DEFAULT_MAX_TIME = Duration.ofSeconds(10);

    private final long maxObjects;
    private final long maxNanos;
    private final Supplier<FieldAccess> access;

    /** A meter that gives up after 10,000,000 objects or 10 seconds. */
    public FootprintMeter() {
        this(DEFAULT_MAX_OBJECTS, DEFAULT_MAX_TIME);
    }

    /**
     * A meter with limits of its own.
     *
     * @param maxObjects how many objects a measurement may meet, 1 or more
     * @param maxTime how long a measurement may take, more than zero. The clock is read every 4096 objects
     */
    public FootprintMeter(long maxObjects, Duration maxTime) {
        this(maxObjects, maxTime, FieldAccess::best);
    }

    FootprintMeter(long maxObjects, Duration maxTime, Supplier<FieldAccess> access) {
        this.maxObjects = checkedObjects(maxObjects);
        this.maxNanos = checkedNanos(maxTime);
        this.access = access;
    }

    /**
     * Weighs retained objects.
     *
     * @param retained what is weighed, with everything reachable from it. Null elements are ignored
     * @param outside what does not belong to the retained objects, such as the test instance and the executor: nothing
     *     reachable from it is counted, except through a retained object. That it holds retained objects hides nothing.
     *     Null elements are ignored
     * @return the bytes and objects that only the retained objects reach
     */
    public Footprint measure(@Nullable Object[] retained, @Nullable Object[] outside) {
        return new Walk(access.get(), maxObjects, maxNanos).measure(retained, outside);
    }

    /** By which means fields are read. */
    public String fieldAccess() {
        return access.get().name();
    }

    static long checkedObjects(long maxObjects) {
        if (maxObjects < 1) {
            throw new IllegalArgumentException("maxObjects must be 1 or more, but is " + maxObjects);
        }
        return maxObjects;
    }

    static long checkedNanos(Duration maxTime) {
        if (maxTime.isNegative() || maxTime.isZero()) {
            throw new IllegalArgumentException("maxTime must be more than zero, but is " + maxTime);
        }
        try {
            return maxTime.toNanos();
        } catch (ArithmeticException ignored) {
            // The limit is longer than any test.
            return Long.MAX_VALUE;
        }
    }
}
