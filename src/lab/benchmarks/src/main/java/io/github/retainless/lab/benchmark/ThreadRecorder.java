package io.github.retainless.lab.benchmark;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.stream.LongStream;

/** Makes daemon threads and knows what all of them have used. */
final class ThreadRecorder implements ThreadFactory {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Collection<Thread> made = new ConcurrentLinkedQueue<>();

    /** What threads have allocated, and how long they have kept a processor busy. */
    record Usage(long bytes, long cpuNanos) {
        Usage since(Usage before) {
            return new Usage(bytes - before.bytes, cpuNanos - before.cpuNanos);
        }
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        made.add(thread);
        return thread;
    }

    /** What all of them have used so far; the threads must be alive. */
    @SuppressWarnings("deprecation") // Its successor came with JDK 19.
    Usage usage() {
        long[] ids = made.stream().mapToLong(Thread::getId).toArray();
        return new Usage(
                LongStream.of(THREADS.getThreadAllocatedBytes(ids)).sum(),
                LongStream.of(THREADS.getThreadCpuTime(ids)).sum());
    }
}
