package io.github.retainless.internal.heap;

import io.github.retainless.experiment.Anatomy;
import io.github.retainless.experiment.Footprint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what exceptions consist of: which of their parts weighs how much. What belongs to the program and not to a
 * failure is left out as by {@link FootprintMeter}, which tells how much retained objects keep together; so is what the
 * outside reaches.
 *
 * <p>Here each object is weighed by itself, with its causes and suppressed exceptions. What several exceptions share,
 * such as a payload, a cause or the literal of a message, counts for each of them: so the sizes do not add up to a
 * footprint, and a shared part costs no more with every failure. Within one exception each object counts once, for the
 * first part that reaches it, in this order:
 *
 * <ol>
 *   <li>the fields of the exception's own classes, as they are declared, superclasses first;
 *   <li>the message;
 *   <li>the backtrace;
 *   <li>the stack trace elements, without the names in them, which belong to the classes;
 *   <li>the suppressed exceptions;
 *   <li>the cause, and fields of the exception's own that are declared as a kind of {@link Throwable}, such as the
 *       target of an {@link java.lang.reflect.InvocationTargetException};
 *   <li>the exception object itself.
 * </ol>
 *
 * <p>An object that is no exception consists of its fields and itself, an array of references of its elements
 * ({@code [*]}) and itself. No method of what is measured is ever called. A Throwable never counts as outside, whoever
 * holds it.
 *
 * <p>A meter keeps nothing of what it measures and may be used by several threads.
 */
public final class AnatomyMeter {
    private static final int MOST_PER_CLASS = 100;

    private final long maxObjects;
    private final long maxNanos;
    private final Supplier<FieldAccess> access;

    /** A meter that gives up after 10,000,000 objects or 10 seconds, those of the outside included. */
    public AnatomyMeter() {
        this(FootprintMeter.DEFAULT_MAX_OBJECTS, FootprintMeter.DEFAULT_MAX_TIME);
    }

    /**
     * A meter with limits of its own.
     *
     * @param maxObjects how many objects a measurement may meet, 1 or more
     * @param maxTime how long a measurement may take, more than zero. The clock is read every 4096 objects and after
     *     each retained object
     */
    public AnatomyMeter(long maxObjects, Duration maxTime) {
        this(maxObjects, maxTime, FieldAccess::best);
    }

    AnatomyMeter(long maxObjects, Duration maxTime, Supplier<FieldAccess> access) {
        this.maxObjects = FootprintMeter.checkedObjects(maxObjects);
        this.maxNanos = FootprintMeter.checkedNanos(maxTime);
        this.access = access;
    }

    /**
     * Dissects retained objects, at most 100 of each class, spread over the array. Where a limit is met, fewer; where
     * it is met with the first of a class already, that one as far as it went.
     *
     * @param retained what is dissected. Null elements, classes, threads and the like are left out
     * @param outside what does not belong to the retained objects, as for {@link FootprintMeter#measure}
     * @return the averages of each class, the class that weighs most in all first; empty if the outside exceeds a limit
     */
    public List<Anatomy> dissect(@Nullable Object[] retained, @Nullable Object[] outside) {
        IdentitySet distinct = new IdentitySet();
        Map<Class<?>, List<Object>> byClass = new LinkedHashMap<>();
        for (Object object : retained) {
            boolean isNew = object != null
                    && !Shapes.isPruned(object.getClass())
                    && (!distinct.isFull() || distinct.grow())
                    && distinct.add(object);
            if (isNew) {
                byClass.computeIfAbsent(object.getClass(), type -> new ArrayList<>())
                        .add(object);
            }
        }
        Dissection dissection = new Dissection(access.get(), maxObjects, maxNanos);
        return dissection.exclude(outside, distinct) ? dissect(byClass, dissection) : List.of();
    }

    /** The retained objects of a class, and what those looked at weigh. */
    private record Sample(List<Object> retained, Tally tally) {
        int size() {
            return Math.min(MOST_PER_CLASS, retained.size());
        }

        Object get(int index) {
            return retained.get((int) ((long) index * retained.size() / size()));
        }

        long bytesInAll() {
            return tally.anatomy().bytes() * retained.size();
        }
    }

    private static List<Anatomy> dissect(Map<Class<?>, List<Object>> byClass, Dissection dissection) {
        List<Sample> samples = new ArrayList<>();
        byClass.forEach((type, all) -> samples.add(new Sample(all, new Tally(type, dissection.slots(type)))));
        dissect(samples, dissection);
        return samples.stream()
                .filter(sample -> sample.tally().instances() > 0)
                .sorted(Comparator.comparingLong(Sample::bytesInAll).reversed())
                .map(sample -> sample.tally().anatomy())
                .toList();
    }

    /** One of each class in turn, so that a limit leaves something of all. */
    private static void dissect(List<Sample> samples, Dissection dissection) {
        for (int i = 0; i < MOST_PER_CLASS; i++) {
            for (Sample sample : samples) {
                if (i < sample.size() && !dissection.dissect(sample.get(i), sample.tally())) {
                    return;
                }
            }
        }
    }

    /**
     * Weighs one failure with its causes and suppressed exceptions.
     *
     * @param outside what does not belong to it, as for {@link FootprintMeter#measure}
     * @return empty if the outside exceeds a limit
     */
    public Optional<Weight> weigh(Throwable failure, @Nullable Object[] outside) {
        Dissection dissection = new Dissection(access.get(), maxObjects, maxNanos);
        return dissection.exclude(outside, new IdentitySet())
                ? Optional.of(weigh(failure, dissection))
                : Optional.empty();
    }

    /**
     * The quick way, which does not look at what the outside reaches: at least as much as {@link #weigh} finds.
     *
     * @param outside objects that do not belong to it; what they reach belongs to it only if another way leads there
     */
    public Weight weighAtMost(Throwable failure, @Nullable Object[] outside) {
        Dissection dissection = new Dissection(access.get(), maxObjects, maxNanos);
        dissection.excludeOnly(outside);
        return weigh(failure, dissection);
    }

    private static Weight weigh(Throwable failure, Dissection dissection) {
        Tally tally = new Tally(failure.getClass(), dissection.slots(failure.getClass()));
        dissection.dissect(failure, tally);
        return new Weight(tally.anatomy(), dissection.truncated);
    }

    /**
     * What one failure weighs.
     *
     * @param anatomy its parts
     * @param truncated whether that is not the whole: a limit was met, or fields were hidden, as for
     *     {@link Footprint#truncated()}
     */
    public record Weight(Anatomy anatomy, boolean truncated) {}
}
