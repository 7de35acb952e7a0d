package io.github.retainless.internal.run;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The attempt that failed last on each thread. The JVM itself may keep a thread's last exception until the next one on
 * that thread (C1-compiled code does), so these are the only failures that can survive without anybody holding them.
 */
final class LastFailures {
    private static final int MANY_THREADS = 1024;
    private static final @Nullable MethodHandle IS_VIRTUAL = isVirtual();

    /** A virtual thread's exception is kept by its carrier; there are about as many as processors. */
    private final int[] onVirtualThreads = new int[Runtime.getRuntime().availableProcessors() + 1];

    private final Map<Long, OnThread> onThreads = new ConcurrentHashMap<>();
    private int nextVirtual;
    private volatile int purgeAt = MANY_THREADS;

    private record OnThread(WeakReference<Thread> thread, int attempt) {
        boolean isDead() {
            Thread known = thread.get();
            return known == null || !known.isAlive();
        }
    }

    void record(Thread thread, int attempt) {
        if (isVirtual(thread)) {
            synchronized (onVirtualThreads) {
                onVirtualThreads[nextVirtual] = attempt;
                nextVirtual = (nextVirtual + 1) % onVirtualThreads.length;
            }
            return;
        }
        onThreads.put(thread.getId(), new OnThread(new WeakReference<>(thread), attempt));
        if (onThreads.size() > purgeAt) {
            purge();
            purgeAt = Math.max(MANY_THREADS, 2 * onThreads.size());
        }
    }

    /** The attempts whose failure a live thread may keep. */
    BitSet attempts() {
        purge();
        BitSet attempts = new BitSet();
        onThreads.values().forEach(last -> attempts.set(last.attempt()));
        synchronized (onVirtualThreads) {
            for (int attempt : onVirtualThreads) {
                attempts.set(attempt);
            }
        }
        return attempts;
    }

    /**
     * How many live threads have failed. Each may keep one failure, and not always its last: only some code forgets the
     * one before.
     */
    int threads() {
        purge();
        synchronized (onVirtualThreads) {
            return onThreads.size()
                    + (int) IntStream.of(onVirtualThreads)
                            .filter(attempt -> attempt > 0)
                            .count();
        }
    }

    private void purge() {
        onThreads.values().removeIf(OnThread::isDead);
    }

    private static boolean isVirtual(Thread thread) {
        try {
            return IS_VIRTUAL != null && (boolean) IS_VIRTUAL.invokeExact(thread);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static @Nullable MethodHandle isVirtual() {
        try {
            return MethodHandles.lookup().findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (ReflectiveOperationException ignored) {
            // Before JDK 21 there are no virtual threads.
            return null;
        }
    }
}
