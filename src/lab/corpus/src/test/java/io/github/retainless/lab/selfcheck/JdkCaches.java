package io.github.retainless.lab.selfcheck;

import java.io.IOException;
import java.io.ObjectStreamClass;
import java.lang.reflect.Constructor;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;

/** What the JDK keeps of whoever used it last, or first; the library is not to blame for that. */
final class JdkCaches {
    private static final long PAUSE_NANOS = 5_000_000;
    private static final int MOST_DIMENSIONS = 255;

    private record LastOne(StringBuilder text) {}

    private JdkCaches() {}

    /** JDK 17 keeps the access control context of the first caller, and so its class loader. */
    static void useFirst() {
        ImageIO.scanForPlugins();
    }

    /**
     * JDK 17 keeps the last record class whose {@code equals} was called for the first time: now it is one of no
     * importance.
     */
    static void forgetRecord() throws IOException, ReflectiveOperationException {
        try (ThrowAwayLoader loader = new ThrowAwayLoader(ThrowAwayLoader.Extent.TESTS)) {
            Constructor<?> constructor =
                    loader.loadClass(LastOne.class.getName()).getDeclaredConstructor(StringBuilder.class);
            constructor.setAccessible(true);
            StringBuilder text = new StringBuilder();
            if (!constructor.newInstance(text).equals(constructor.newInstance(text))) {
                throw new AssertionError("equal records differ");
            }
        }
    }

    /** The classes that must be loaded anew for that. */
    static boolean isAnew(String className) {
        return className.equals(LastOne.class.getName());
    }

    /**
     * JDK-8277072: what a class has been serialised by holds it until another class is asked about for the first time.
     */
    static void keepAsking() {
        Thread asking = new Thread(
                () -> {
                    for (Class<?> next = int[].class;
                            ;
                            next = depth(next) == MOST_DIMENSIONS ? int[].class : next.arrayType()) {
                        ObjectStreamClass.lookup(next);
                        LockSupport.parkNanos(PAUSE_NANOS);
                    }
                },
                "asking");
        asking.setDaemon(true);
        asking.start();
    }

    private static int depth(Class<?> array) {
        return array.getName().lastIndexOf('[') + 1;
    }
}
