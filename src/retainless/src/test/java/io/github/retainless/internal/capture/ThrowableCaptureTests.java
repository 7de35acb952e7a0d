package io.github.retainless.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class ThrowableCaptureTests {
    static class Declined extends RuntimeException {
        private static final long serialVersionUID = 1;

        final transient Object payload = new Object();

        Declined(String message) {
            super(message);
        }

        Declined(boolean writableStackTrace) {
            super("stackless", null, false, writableStackTrace);
        }
    }

    static final class DeclinedForGood extends Declined {
        private static final long serialVersionUID = 1;

        DeclinedForGood() {
            super("for good");
        }
    }

    private static final Selection DECLINED = Selection.of(List.of(Declined.class), List.of());

    private static void swallow(Runnable failing) {
        try {
            failing.run();
        } catch (RuntimeException swallowed) {
            // As some libraries do.
        }
    }

    private static void decline(String message) {
        swallow(() -> {
            throw new Declined(message);
        });
    }

    private static void capturing(Consumer<Throwable> sink, Callable<?> body) throws Exception {
        ThrowableCapture capture = ThrowableCapture.start(DECLINED, sink);
        try {
            body.call();
        } finally {
            capture.close();
        }
    }

    @Test
    void everyConstructor_isCaptured() throws Exception {
        Queue<Throwable> seen = new ConcurrentLinkedQueue<>();
        ThrowableCapture capture =
                ThrowableCapture.start(Selection.of(List.of(), List.of("java.lang.Throwable")), seen::add);

        Throwable[] made = {
            new Throwable(),
            new Throwable("message"),
            new Throwable("message", null),
            new Throwable(new Declined("cause")),
            new SubclassOfThrowable()
        };

        capture.close();
        assertThat(seen).containsExactly(made[0], made[1], made[2], made[3]);
    }

    private static final class SubclassOfThrowable extends Throwable {
        private static final long serialVersionUID = 1;
    }

    @Test
    void swallowed_isCaptured_itsSubclassToo_othersNot() throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();

        capturing(made -> seen.add(made.getClass().getSimpleName()), () -> {
            decline("swallowed");
            swallow(() -> {
                throw new DeclinedForGood();
            });
            swallow(() -> {
                throw new IllegalStateException("of no interest");
            });
            return null;
        });

        assertThat(seen).containsExactly("Declined", "DeclinedForGood");
    }

    @Test
    void stackless_isCaptured() throws Exception {
        Queue<Throwable> seen = new ConcurrentLinkedQueue<>();

        capturing(seen::add, () -> new Declined(false));

        assertThat(seen).hasSize(1);
    }

    @Test
    void madeByTheJvm_isCaptured() throws Exception {
        Queue<Throwable> seen = new ConcurrentLinkedQueue<>();
        ThrowableCapture capture =
                ThrowableCapture.start(Selection.of(List.of(ArithmeticException.class), List.of()), seen::add);

        int zero = seen.size();
        swallow(() -> Math.floorDiv(1, zero));

        capture.close();
        assertThat(seen).hasSize(1);
    }

    @Test
    void otherThreads_areCaptured() throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        ExecutorService pool = Executors.newSingleThreadExecutor();

        capturing(
                made -> seen.add(
                        made.getMessage() + " on " + Thread.currentThread().getName()),
                () -> {
                    Thread thread = new Thread(() -> decline("platform"), "mine");
                    thread.start();
                    thread.join();
                    Future<?> ignored = pool.submit(() -> {
                        Thread.currentThread().setName("pooled");
                        decline("pool");
                    });
                    return ignored.get();
                });

        pool.shutdown();
        assertThat(seen).containsExactly("platform on mine", "pool on pooled");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void virtualThread_isCaptured() throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();

        capturing(made -> seen.add(Thread.currentThread().getClass().getSimpleName()), () -> {
            Runnable task = () -> decline("virtual");
            Thread thread = (Thread)
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
            thread.join();
            return null;
        });

        assertThat(seen).containsExactly("VirtualThread");
    }

    @Test
    void deserialised_isNotCaptured() throws Exception {
        Queue<Throwable> seen = new ConcurrentLinkedQueue<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Declined("sent"));
        }

        capturing(seen::add, () -> new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject());

        assertThat(seen).isEmpty();
    }

    @Test
    void sink_seesTheThrowableBeforeItsSubclassHasSetItsFields() throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();

        capturing(made -> seen.add(made.getMessage() + " " + ((Declined) made).payload), () -> new Declined("early"));

        assertThat(seen).containsExactly("early null");
    }

    @Test
    void twoCaptures_eachSeesItsSelection_andNothingAfterItsEnd() {
        List<String> declined = new ArrayList<>();
        List<String> ofPackage = new ArrayList<>();
        ThrowableCapture first = ThrowableCapture.start(DECLINED, made -> declined.add(made.getMessage()));
        ThrowableCapture second = ThrowableCapture.start(
                Selection.of(List.of(IllegalStateException.class), List.of("io.github.retainless.internal.capture")),
                made -> ofPackage.add(made.getMessage()));

        decline("both");
        swallow(() -> {
            throw new IllegalStateException("second");
        });
        first.close();
        decline("after the first");
        second.close();
        decline("after both");
        first.close();

        assertThat(declined).containsExactly("both");
        assertThat(ofPackage).containsExactly("both", "second", "after the first");
    }

    @Test
    void sinkThrows_programAndOtherSinksGoOn() throws Exception {
        Queue<Throwable> seen = new ConcurrentLinkedQueue<>();
        ThrowableCapture hostile = ThrowableCapture.start(DECLINED, made -> {
            throw new AssertionError("from the sink");
        });

        capturing(seen::add, () -> {
            assertThatThrownBy(() -> {
                        throw new Declined("mine");
                    })
                    .isInstanceOf(Declined.class)
                    .hasMessage("mine")
                    .hasNoSuppressedExceptions();
            return null;
        });

        hostile.close();
        assertThat(seen).hasSize(1);
    }

    @Test
    void sinkMakesThrowables_theseAreNotCaptured_laterOnesAre() throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();

        capturing(
                made -> {
                    seen.add(made.getMessage());
                    decline("in the sink");
                },
                () -> {
                    decline("first");
                    decline("second");
                    return null;
                });

        assertThat(seen).containsExactly("first", "second");
    }

    @Test
    void eightThreads_everyThrowableIsSeenOnce() throws Exception {
        AtomicInteger seen = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(8);

        capturing(made -> seen.incrementAndGet(), () -> {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                tasks.add(() -> {
                    for (int j = 0; j < 10_000; j++) {
                        decline("parallel");
                    }
                    return null;
                });
            }
            return pool.invokeAll(tasks);
        });

        pool.shutdown();
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).hasValue(80_000);
    }

    @Test
    void almostNoStackLeft_programSeesItsOwnFailure_captureStillWorks() throws Exception {
        Queue<Throwable> seen = new ConcurrentLinkedQueue<>();
        ThreadLocal<String> own = ThreadLocal.withInitial(() -> "mine");

        capturing(seen::add, () -> {
            own.get();
            assertThatThrownBy(ThrowableCaptureTests::declineAtEveryDepth).isInstanceOf(StackOverflowError.class);
            seen.clear();
            decline("afterwards");
            return null;
        });

        assertThat(own.get()).isEqualTo("mine");
        assertThat(seen).extracting(Throwable::getMessage).containsExactly("afterwards");
    }

    private static int declineAtEveryDepth() {
        Declined made = new Declined(false);
        return declineAtEveryDepth() + made.payload.hashCode();
    }

    @Test
    void classInitialiser_isCaptured() throws Exception {
        Queue<Throwable> seen = new ConcurrentLinkedQueue<>();

        capturing(seen::add, () -> {
            assertThatCode(() -> assertThat(Initialised.VALUE).isNotNull()).doesNotThrowAnyException();
            return null;
        });

        assertThat(seen).containsExactly(Initialised.VALUE);
    }

    private static final class Initialised {
        static final Declined VALUE = new Declined("in an initialiser");
    }

    /** MockitoBesideCaptureTests of the lab has an agent that others use. */
    @Test
    void anotherAgentInstrumentsTheSame_bothWork() throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        Instrumentation instrumentation = ByteBuddyAgent.install();
        ClassFileTransformer another = new ClassFileTransformer() {
            @Override
            public byte[] transform(
                    ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] classFile) {
                if (redefined == Declined.class || redefined == Throwable.class) {
                    asked.add(redefined.getSimpleName());
                    return classFile.clone();
                }
                return null;
            }
        };

        capturing(made -> seen.add(made.getMessage()), () -> {
            instrumentation.addTransformer(another, true);
            instrumentation.retransformClasses(Declined.class, Throwable.class);
            decline("beside another agent");
            instrumentation.removeTransformer(another);
            instrumentation.retransformClasses(Declined.class, Throwable.class);
            decline("after it");
            return null;
        });

        assertThat(asked).containsExactly("Declined", "Throwable");
        assertThat(seen).containsExactly("beside another agent", "after it");
    }
}
