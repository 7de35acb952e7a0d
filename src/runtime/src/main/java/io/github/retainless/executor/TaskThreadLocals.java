package io.github.retainless.executor;

import io.github.retainless.internal.runtime.JdkInternals;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The thread-locals of a thread before a task, so that what the task sets does not outlive it.
 *
 * <p>Which there are can only be read from the JVM's own tables; they are changed through {@link ThreadLocal}'s methods
 * alone. What the JDK keeps for itself (caches of buffers, the counts of read locks) is left alone.
 */
final class TaskThreadLocals {
    private static final TaskThreadLocals NONE = new TaskThreadLocals(List.of());
    private static final TaskThreadLocals UNKNOWN = new TaskThreadLocals(List.of());
    private static final boolean READABLE = Tables.AVAILABLE;

    private final List<Entry> before;

    private record Entry(ThreadLocal<Object> local, @Nullable Object value) {}

    private TaskThreadLocals(List<Entry> before) {
        this.before = before;
    }

    /** Whether this JVM lets them be read. */
    static boolean areReadable() {
        return READABLE;
    }

    /** Those of this thread now. */
    static TaskThreadLocals now() {
        if (!READABLE) {
            return UNKNOWN;
        }
        try {
            List<Entry> entries = Tables.entries(Thread.currentThread());
            return entries.isEmpty() ? NONE : new TaskThreadLocals(entries);
        } catch (SecurityException | OutOfMemoryError ignored) {
            // This thread does not tell.
            return UNKNOWN;
        }
    }

    /** Takes away what has been added on this thread since, and puts back what has been replaced. */
    void restore() {
        if (this == UNKNOWN) {
            return;
        }
        try {
            Tables.entries(Thread.currentThread()).forEach(this::restoreIfItCanBe);
        } catch (SecurityException | OutOfMemoryError ignored) {
            // They stay; the task's outcome matters more.
        }
    }

    private void restoreIfItCanBe(Entry now) {
        try {
            restore(now);
        } catch (RuntimeException | Error ignored) {
            // It may be of a class that overrides set and remove.
        }
    }

    private void restore(Entry now) {
        for (Entry entry : before) {
            if (entry.local() == now.local()) {
                if (entry.value() != now.value()) {
                    now.local().set(entry.value());
                }
                return;
            }
        }
        now.local().remove();
    }

    /** The JVM's tables: of each thread two, for plain and for inheritable thread-locals. */
    private static final class Tables {
        private static final Class<?> SUPPLIED =
                ThreadLocal.withInitial(() -> "").getClass();
        private static final boolean AVAILABLE;
        private static final long PLAIN;
        private static final long INHERITABLE;
        private static final long SIZE;
        private static final long ENTRIES;
        private static final long VALUE;

        static {
            boolean available = false;
            long plain = 0;
            long inheritable = 0;
            long size = 0;
            long entries = 0;
            long value = 0;
            try {
                Class<?> table = Class.forName("java.lang.ThreadLocal$ThreadLocalMap");
                plain = JdkInternals.offset(Thread.class, "threadLocals");
                inheritable = JdkInternals.offset(Thread.class, "inheritableThreadLocals");
                size = JdkInternals.offset(table, "size");
                entries = JdkInternals.offset(table, "table");
                value = JdkInternals.offset(Class.forName("java.lang.ThreadLocal$ThreadLocalMap$Entry"), "value");
                available = true;
            } catch (ClassNotFoundException | LinkageError | InternalError ignored) {
                // Another JVM, or one that does not grant it.
            }
            AVAILABLE = available;
            PLAIN = plain;
            INHERITABLE = inheritable;
            SIZE = size;
            ENTRIES = entries;
            VALUE = value;
        }

        static List<Entry> entries(Thread thread) {
            List<Entry> found = entries(JdkInternals.reference(thread, PLAIN), List.of());
            return entries(JdkInternals.reference(thread, INHERITABLE), found);
        }

        private static List<Entry> entries(@Nullable Object table, List<Entry> found) {
            if (table == null || JdkInternals.integer(table, SIZE) == 0) {
                return found;
            }
            List<Entry> entries = found;
            if (JdkInternals.reference(table, ENTRIES) instanceof Object[] slots) {
                for (Object slot : slots) {
                    if (slot instanceof Reference<?> entry
                            && entry.get() instanceof ThreadLocal<?> local
                            && !isTheJdksOwn(local)) {
                        entries = entries.isEmpty() ? new ArrayList<>() : entries;
                        entries.add(new Entry(cast(local), JdkInternals.reference(entry, VALUE)));
                    }
                }
            }
            return entries;
        }

        /** Of a class of the JDK, other than those of which anybody makes instances. */
        private static boolean isTheJdksOwn(ThreadLocal<?> local) {
            Class<?> type = local.getClass();
            return type.getClassLoader() == null
                    && type != ThreadLocal.class
                    && type != InheritableThreadLocal.class
                    && type != SUPPLIED;
        }

        @SuppressWarnings("unchecked")
        private static ThreadLocal<Object> cast(ThreadLocal<?> local) {
            return (ThreadLocal<Object>) local;
        }
    }
}
