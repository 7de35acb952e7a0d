package io.github.retainless.examples.seedstory;

import io.github.retainless.experiment.Expect;
import io.github.retainless.experiment.RetentionExperiment;
import java.util.concurrent.ExecutorService;

/**
 * What the investigation ran its task runner through: four ways to fail, two ways to fail at once or deeply, two
 * success tasks.
 */
enum Scenario {
    SINGLE("single exception") {
        @Override
        RetentionExperiment on(ExecutorService executor, int payload) {
            return failing(executor, () -> {
                throw new PayloadException("declined", payload);
            });
        }
    },
    CHAINED("chained exceptions") {
        @Override
        RetentionExperiment on(ExecutorService executor, int payload) {
            return failing(executor, () -> {
                try {
                    throw new PayloadException("connection lost", payload);
                } catch (PayloadException cause) {
                    throw new PayloadException("declined", payload, cause);
                }
            });
        }
    },
    CONCURRENT("concurrent (5 tasks)") {
        @Override
        RetentionExperiment on(ExecutorService executor, int payload) {
            return SINGLE.on(executor, payload).concurrency(5);
        }
    },
    TRY_WITH_RESOURCES("try-with-resources") {
        @Override
        RetentionExperiment on(ExecutorService executor, int payload) {
            return failing(executor, () -> {
                try (Connection connection = new Connection(payload)) {
                    throw new PayloadException("declined by " + connection, payload);
                }
            });
        }
    },
    DEEP_STACK("deep stack") {
        @Override
        RetentionExperiment on(ExecutorService executor, int payload) {
            return failing(executor, () -> descend(500, payload));
        }
    },
    SLEEPING("success: sleeping") {
        @Override
        RetentionExperiment on(ExecutorService executor, int payload) {
            return RetentionExperiment.of(attempt -> {
                        byte[] data = attempt.track(new byte[payload]);
                        Thread.sleep(1);
                        data[0] = 1;
                    })
                    .on(executor)
                    .expect(Expect.SUCCESS);
        }
    },
    LARGE_RESULT("success: large result") {
        @Override
        RetentionExperiment on(ExecutorService executor, int payload) {
            return RetentionExperiment.of(
                            attempt -> attempt.observe(executor.submit(() -> attempt.track(new byte[payload]))))
                    .outside(executor)
                    .expect(Expect.SUCCESS);
        }
    };

    private final String title;

    Scenario(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** The experiment on an executor, with payloads of so many bytes. */
    abstract RetentionExperiment on(ExecutorService executor, int payload);

    private static RetentionExperiment failing(ExecutorService executor, RetentionExperiment.Action task) {
        return RetentionExperiment.of(task).on(executor);
    }

    private static void descend(int depth, int payload) throws PayloadException {
        if (depth == 0) {
            throw new PayloadException("declined", payload);
        }
        descend(depth - 1, payload);
    }

    private record Connection(int payload) implements AutoCloseable {
        @Override
        public void close() throws PayloadException {
            throw new PayloadException("cannot close", payload);
        }
    }
}
