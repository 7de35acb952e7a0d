package io.github.retainless.internal.heap;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;

/**
 * How much the heap held when it had just been collected. Unlike what is in use now that does not count what has been
 * allocated since, and it is true to some kilobytes: to the whole pages of 2 MiB with ZGC.
 */
public final class HeapUse {
    /** The JVM does not tell. */
    public static final long UNKNOWN = -1;

    private static final List<MemoryPoolMXBean> POOLS = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();

    private HeapUse() {}

    /** The bytes held after the last collection, or {@link #UNKNOWN}. */
    public static long afterCollection() {
        long bytes = 0;
        for (MemoryPoolMXBean pool : POOLS) {
            MemoryUsage usage = pool.getCollectionUsage();
            if (usage == null) {
                return UNKNOWN;
            }
            bytes += usage.getUsed();
        }
        return bytes;
    }

    /** Less than that is noise: a class that is loaded, a table that is made larger. */
    public static long noise() {
        return HotSpotFlags.isOn("UseZGC") ? 8 << 20 : 64 << 10;
    }
}
