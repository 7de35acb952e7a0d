package io.github.retainless;

import io.github.retainless.experiment.HeapGrowth;
import io.github.retainless.experiment.SoftReferences;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Settings of the leak regression tests of a class, or of one {@link AsyncTask} method.
 *
 * <p>Each task is run through a warm-up and then through {@link #rounds()} of {@link #failures()} attempts each. After
 * each round the heap is collected, provably, and the exceptions that are still reachable are counted and weighed. The
 * test fails when they become more or heavier for as long as {@link #budget()} goes, when they exceed
 * {@link #maxRetained()}, {@link #maxFootprint()} or {@link #maxFailureSize()}, when the heap grows and
 * {@link #heapGrowth()} is {@code FAIL}, and when it cannot be decided, so that nothing passes unproven.
 *
 * <pre>{@code
 * @NoExceptionRetention(failures = 100, maxRetained = 1)
 * class PaymentDispatcherTest {
 *     @AsyncTask
 *     void declinedPayment() {
 *         throw new PaymentDeclined(new byte[64 * 1024]); // passes if nobody keeps it
 *     }
 *
 *     @AsyncTask
 *     void rememberedPayment() {
 *         PaymentDeclined declined = new PaymentDeclined(new byte[64 * 1024]);
 *         HISTORY.add(declined); // fails: 100 of every 100 stay reachable
 *         throw declined;
 *     }
 * }
 * }</pre>
 *
 * <p>The annotation may be composed, is inherited, and holds for {@link org.junit.jupiter.api.Nested} classes too. An
 * attribute that is not set is taken from the class of the method, its superclasses and interfaces, then from the
 * enclosing classes, then from the configuration parameter {@code retainless.<attribute>.default} (a system property or
 * an entry of {@code junit-platform.properties}), and last from the default given below. {@code watchThrowables} has no
 * parameter. A value out of its range fails the test before its first attempt, with a message that names attribute,
 * value and range.
 *
 * <p>{@code retainless.mode} is {@code enabled} (the default), {@code disabled}, or {@code disabled_on_debug}: under a
 * debugger even compiled code keeps dead local variables, so that tests may fail for no reason.
 *
 * <p>A test that fails because failures stay dumps the heap, to find out who retains them. {@code retainless.heapdump}
 * is {@code temporary} (the default: the dump is deleted once it has been read), {@code keep} (it stays beside the
 * figures, and the message says where) or {@code off}. A dump holds whatever the heap holds, secrets too; only its
 * owner may read it.
 *
 * <p>Limitations: a class that has no valid test method at all is not run by JUnit, so nothing can be said about it;
 * holders must outlive an attempt to be found, so keep executors and clients in fields, not in the task.
 *
 * @since 0.1.0
 */
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(DeclarationChecks.class)
public @interface NoExceptionRetention {
    /** Stands for an attribute that is not set here. */
    int INHERITED = Integer.MIN_VALUE;

    /** As {@link #maxRetained()}: any number. */
    int UNBOUNDED = Integer.MAX_VALUE;

    /** Attempts per round, 1 to 1,000,000; default 50. */
    int failures() default INHERITED;

    /** Rounds, 3 to 1,000; default 4. */
    int rounds() default INHERITED;

    /** Attempts before the first round, whose failures are not counted, 0 to 1,000,000; default 10. */
    int warmup() default INHERITED;

    /** Attempts at the same time, 1 to 1,024; default 1. */
    int concurrency() default INHERITED;

    /**
     * How long one attempt may take, above 0 and at most {@code "1 h"}; default {@code "10 s"}. A whole number and ns,
     * us, ms, s, m or h. Time in which this JVM or its machine stands still does not count.
     */
    String timeout() default "";

    /**
     * How many times {@code failures x rounds} attempts may be spent while what grows may still reach a plateau, for
     * example while a ring buffer fills; 1 to 1,000; default 8. Something that grows gets 32 attempts in any case.
     */
    int budget() default INHERITED;

    /** How many failures may stay reachable when they do not grow, 0 or more; default {@link #UNBOUNDED}. */
    int maxRetained() default INHERITED;

    /**
     * How much may be reachable from the failures that stay, when it does not grow, as in {@code "64 KiB"}; default:
     * any size. A whole number and B, KiB, MiB or GiB.
     */
    String maxFootprint() default "";

    /**
     * Whether failures count that only soft references hold; default {@link SoftReferences#REPORT}. One value, or none,
     * which stands for an attribute that is not set here.
     */
    SoftReferences[] softReferences() default {};

    /**
     * What becomes of a heap that grows with every failure though nothing that is watched stays; default
     * {@link HeapGrowth#REPORT}. One value, or none, which stands for an attribute that is not set here.
     */
    HeapGrowth[] heapGrowth() default {};

    /**
     * How much one exception may weigh when it is thrown, with its causes and suppressed exceptions, also if it is not
     * kept, as in {@code "64 KiB"}; default: any size. What the test instance and the executor reach is not charged to
     * it. A whole number and B, KiB, MiB or GiB. Has no effect when attempts are expected to succeed.
     */
    String maxFailureSize() default "";

    /**
     * Exceptions that are watched wherever they are made while attempts run, whichever thread makes them and whoever
     * swallows them: of these classes and their subclasses. An attempt during which one is made has failed. Default:
     * none, and nothing is instrumented.
     *
     * <p>This instruments the constructors of {@link Throwable}, which needs {@code net.bytebuddy:byte-buddy-agent} on
     * the class path, but no JVM flags; where it is not possible, the test fails and says why. From JDK 21 on the JVM
     * warns on stderr that an agent is loaded, unless it is on the command line ({@code -javaagent:<path of
     * byte-buddy-agent.jar>}). Tests that run at the same time and make the same exceptions on threads of their own are
     * not told apart, so choose classes of the subject's own.
     */
    Class<? extends Throwable>[] watchThrowables() default {};

    /**
     * The same by packages, such as {@code "com.acme"}, those below included; default: none. As configuration parameter
     * {@code retainless.watchPackages.default} a list with commas.
     */
    String[] watchPackages() default {};
}
