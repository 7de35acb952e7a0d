package io.github.retainless.examples.netty;

import io.netty.channel.DefaultEventLoopGroup;
import io.netty.channel.EventLoopGroup;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks addresses up on an event loop; a lookup that has no answer after a minute fails. */
abstract class Lookups implements AutoCloseable {
    private final EventLoopGroup loops = new DefaultEventLoopGroup(1);
    private final Timer timer = new HashedWheelTimer(10, TimeUnit.MILLISECONDS);

    Future<String> lookUp(String host) {
        Promise<String> address = loops.next().newPromise();
        Timeout timeout = timer.newTimeout(
                expired -> address.tryFailure(new TimeoutException("no answer about " + host)), 1, TimeUnit.MINUTES);
        whenAnswered(address, timeout);
        loops.execute(() -> address.tryFailure(new UnknownHost(host, new byte[8 * 1024])));
        return address;
    }

    abstract void whenAnswered(Future<String> address, Timeout timeout);

    @Override
    public void close() {
        timer.stop();
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** For a minute, the timer's wheel holds every promise, and with it the failure. */
    static final class Leaky extends Lookups {
        @Override
        void whenAnswered(Future<String> address, Timeout timeout) {
            // The time-out does nothing when it comes too late, so nobody minds it.
        }
    }

    /** Cancels the time-out once there is an answer; the wheel lets go of it at its next tick. */
    static final class Repaired extends Lookups {
        @Override
        void whenAnswered(Future<String> address, Timeout timeout) {
            address.addListener(answered -> timeout.cancel());
        }
    }

    /** Carries the name server's answer. */
    static final class UnknownHost extends Exception {
        private static final long serialVersionUID = 1;

        final transient byte[] answer;

        UnknownHost(String host, byte[] answer) {
            super(host + " is not known");
            this.answer = answer;
        }
    }
}
