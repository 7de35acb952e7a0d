package io.github.retainless.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RecentStacksTests {
    private final RecentStacks stacks = new RecentStacks();

    private FailureRecord record(Throwable failure, FailureRecord like) {
        return FailureRecord.of(failure, FailureText.heading(failure), stacks.framesOf(failure), stacks, like);
    }

    private static IllegalStateException failed(String message) {
        return new IllegalStateException(message);
    }

    private static IllegalStateException failedElsewhere(String message) {
        return new IllegalStateException(message);
    }

    private static IllegalStateException failedAtDepth(int depth) {
        return depth == 0 ? failed("declined") : failedAtDepth(depth - 1);
    }

    @Test
    void failuresOfOnePlace_shareTheirFrames() {
        List<StackTraceElement[]> frames = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            frames.add(stacks.framesOf(failed("order " + i)));
        }

        assertThat(frames.get(0)).isSameAs(frames.get(1)).isSameAs(frames.get(2));
        assertThat(frames.get(0)[0].getMethodName()).isEqualTo("failed");
    }

    @Test
    void failuresOfOnePlace_shareTheirFrames_afterACollection() {
        List<StackTraceElement[]> frames = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            frames.add(stacks.framesOf(failed("order " + i)));
            System.gc();
        }

        assertThat(frames.get(0)).isSameAs(frames.get(1)).isSameAs(frames.get(2));
    }

    @Test
    void framesAreThoseOfTheFailure() {
        for (int round = 0; round < 3; round++) {
            for (int depth = 0; depth < 40; depth++) {
                IllegalStateException failure = failedAtDepth(depth);
                assertThat(stacks.framesOf(failure)).isEqualTo(failure.getStackTrace());
            }
            IllegalStateException here = failed("declined");
            IllegalStateException there = failedElsewhere("declined");
            assertThat(stacks.framesOf(here)).isEqualTo(here.getStackTrace());
            assertThat(stacks.framesOf(there)).isEqualTo(there.getStackTrace());
        }
    }

    @Test
    void framesThatWereReplaced_areTheOnesGiven() {
        List<StackTraceElement[]> frames = new ArrayList<>();
        StackTraceElement other = new StackTraceElement("io.acme.Shop", "main", "Shop.java", 7);
        for (int i = 0; i < 2; i++) {
            IllegalStateException failure = failed("declined");
            if (i == 1) {
                failure.setStackTrace(new StackTraceElement[] {other});
            }
            frames.add(stacks.framesOf(failure));
        }

        assertThat(frames.get(0)[0].getMethodName()).isEqualTo("failed");
        assertThat(frames.get(1)).containsExactly(other);
    }

    @Test
    void framesThatWereReadBefore_areSharedAsWell() {
        List<StackTraceElement[]> frames = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            IllegalStateException failure = failed("declined");
            failure.getStackTrace();
            frames.add(stacks.framesOf(failure));
        }

        assertThat(frames.get(0)).isSameAs(frames.get(1));
    }

    @Test
    void failuresWithoutAStack_haveNoFrames() {
        Throwable stackless = new Throwable("hot", null, false, false) {
            private static final long serialVersionUID = 1L;
        };

        assertThat(stacks.framesOf(stackless)).isEmpty();
    }

    @Test
    void recordsThatSayTheSame_areOne() {
        List<FailureRecord> records = new ArrayList<>();
        for (String message : List.of("declined", "declined", "no such card")) {
            records.add(record(failed(message), records.isEmpty() ? null : records.get(0)));
        }

        assertThat(records.get(0)).isSameAs(records.get(1)).isNotSameAs(records.get(2));
        assertThat(records.get(0).frames).isSameAs(records.get(2).frames);
        assertThat(records)
                .extracting(FailureRecord::heading)
                .containsExactly(
                        "java.lang.IllegalStateException: declined",
                        "java.lang.IllegalStateException: declined",
                        "java.lang.IllegalStateException: no such card");
    }

    @Test
    void recordsOfUnusualTexts_keepThem() {
        IllegalStateException unusual = new IllegalStateException("declined") {
            private static final long serialVersionUID = 1L;

            @Override
            public String toString() {
                return "card declined";
            }
        };
        FailureRecord none = record(new IllegalStateException(), null);

        assertThat(record(unusual, null).heading()).isEqualTo("card declined");
        assertThat(none.heading()).isEqualTo("java.lang.IllegalStateException");
        assertThat(none.message).isNull();
    }

    @Test
    void manyThreadsAtOnce_getTheRightFrames() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> checks = IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(thread -> () -> {
                        boolean right = true;
                        for (int i = 0; i < 2_000; i++) {
                            IllegalStateException failure = failedAtDepth((thread + i) % 24);
                            StackTraceElement[] frames = stacks.framesOf(failure);
                            right &= Arrays.equals(frames, failure.getStackTrace());
                        }
                        return right;
                    })
                    .toList();
            for (Future<Boolean> check : threads.invokeAll(checks)) {
                assertThat(check.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
