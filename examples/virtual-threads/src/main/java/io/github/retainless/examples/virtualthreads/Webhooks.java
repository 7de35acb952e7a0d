package io.github.retainless.examples.virtualthreads;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Delivers webhooks on virtual threads. One that fails is delivered once more, ten minutes later. */
abstract class Webhooks implements AutoCloseable {
    static final Duration PAUSE = Duration.ofMinutes(10);
    static final System.Logger LOG = System.getLogger(Webhooks.class.getName());

    final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("webhook-", 1).factory());

    /** Gives the outcome of the first try. */
    CompletableFuture<Void> deliver(String body) {
        CompletableFuture<Void> firstTry = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                post(body);
                firstTry.complete(null);
            } catch (Undelivered failure) {
                firstTry.completeExceptionally(failure);
                deliverLater(body, failure);
            }
        });
        return firstTry;
    }

    abstract void deliverLater(String body, Undelivered failure);

    /** Stands for a customer's server, which is down. */
    static void post(String body) throws Undelivered {
        throw new Undelivered(body, new byte[8 * 1024]);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /**
     * A parked virtual thread is cheap. What its stack and its task refer to is not: here the first failure, to tell of
     * it later, and the future of the first try.
     */
    static final class Leaky extends Webhooks {
        @Override
        void deliverLater(String body, Undelivered failure) {
            try {
                Thread.sleep(PAUSE);
                post(body);
            } catch (Undelivered again) {
                again.addSuppressed(failure);
                LOG.log(Level.ERROR, "given up", again);
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Another thread waits, which knows what it has to send and nothing else. */
    static final class Repaired extends Webhooks {
        @Override
        void deliverLater(String body, Undelivered failure) {
            threads.execute(() -> {
                try {
                    Thread.sleep(PAUSE);
                    post(body);
                } catch (Undelivered again) {
                    LOG.log(Level.ERROR, "given up", again);
                } catch (InterruptedException closed) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    /** Carries the server's answer. */
    static final class Undelivered extends Exception {
        private static final long serialVersionUID = 1;

        final transient byte[] answer;

        Undelivered(String body, byte[] answer) {
            super("not delivered: " + body);
            this.answer = answer;
        }
    }
}
