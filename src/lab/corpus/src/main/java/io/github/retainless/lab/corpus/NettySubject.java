package io.github.retainless.lab.corpus;

import static io.github.retainless.experiment.Verdict.GROWING;
import static io.github.retainless.experiment.Verdict.RELEASED;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.subjects.PaymentDeclined;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** Time-outs of a {@code HashedWheelTimer} that carry a failure and are an hour away. */
enum NettySubject implements CorpusSubject {
    TIMEOUTS_NEVER_CANCELLED(
            netty("HashedWheelTimer time-outs are never cancelled", GROWING).issue("misuse")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            HashedWheelTimer timer = timer(scope);
            return RetentionExperiment.of((RetentionExperiment.Action) () -> {
                PaymentDeclined failure = new PaymentDeclined("declined");
                timeout(timer, failure);
                throw failure;
            });
        }
    },
    TIMEOUTS_CANCELLED(
            netty("HashedWheelTimer time-outs are cancelled", RELEASED).issue("control")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            HashedWheelTimer timer = timer(scope);
            return RetentionExperiment.of((RetentionExperiment.Action) () -> {
                PaymentDeclined failure = new PaymentDeclined("declined");
                timeout(timer, failure).cancel();
                throw failure;
            });
        }
    };

    private final Entry entry;

    NettySubject(Entry entry) {
        this.entry = entry;
    }

    @Override
    public Entry entry() {
        return entry;
    }

    private static Entry netty(String task, Verdict right) {
        String version = "4.1.37.Final";
        Library library =
                Library.isolated("Netty", version, HashedWheelTimer.class, "netty-common-" + version + ".jar");
        return Entry.of(library, task, right);
    }

    private static HashedWheelTimer timer(Scope scope) {
        HashedWheelTimer timer =
                new HashedWheelTimer(new DefaultThreadFactory("subject", true), 10, TimeUnit.MILLISECONDS);
        scope.onClose(timer::stop);
        return timer;
    }

    private static Timeout timeout(HashedWheelTimer timer, PaymentDeclined failure) {
        return timer.newTimeout(expired -> failure.printStackTrace(), 1, TimeUnit.HOURS);
    }
}
