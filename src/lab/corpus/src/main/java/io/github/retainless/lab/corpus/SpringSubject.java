package io.github.retainless.lab.corpus;

import static io.github.retainless.experiment.Verdict.BOUNDED;
import static io.github.retainless.experiment.Verdict.GROWING;
import static io.github.retainless.experiment.Verdict.RELEASED;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.subjects.PaymentDeclined;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.retry.support.DefaultRetryState;
import org.springframework.retry.support.RetryTemplate;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

/** Retries and asynchronous methods of Spring. */
enum SpringSubject implements CorpusSubject {
    STATEFUL_RETRY_NEW_KEY_EACH(
            retry("a stateful retry, a new key each", GROWING).issue("by design")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            return statefulRetries();
        }
    },
    STATEFUL_RETRY_PAST_ITS_CAP_OF_4096_KEYS(
            retry("a stateful retry, more keys than its cap of 4,096", BOUNDED).issue("by design")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            return statefulRetries().failures(1_500);
        }
    },
    STATELESS_RETRY(retry("a stateless retry that is exhausted", RELEASED).issue("control")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            RetryTemplate template =
                    RetryTemplate.builder().maxAttempts(3).fixedBackoff(1).build();
            return RetentionExperiment.of((RetentionExperiment.Action) () -> template.execute(context -> {
                throw new PaymentDeclined("declined");
            }));
        }
    },
    ASYNC_METHOD(spring("an @Async method throws", RELEASED).issue("control")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            Payments payments = scope.closing(new AnnotationConfigApplicationContext(Payments.class))
                    .getBean(Payments.class);
            return RetentionExperiment.of(payments::charge);
        }
    };

    private final Entry entry;

    SpringSubject(Entry entry) {
        this.entry = entry;
    }

    @Override
    public Entry entry() {
        return entry;
    }

    private static Entry retry(String task, Verdict right) {
        return Entry.of(Library.of("spring-retry", "2.0.5", RetryTemplate.class), task, right);
    }

    private static Entry spring(String task, Verdict right) {
        return Entry.of(Library.of("Spring", "6.1.21", EnableAsync.class), task, right);
    }

    private static RetentionExperiment statefulRetries() {
        RetryTemplate template = RetryTemplate.builder().maxAttempts(3).build();
        return RetentionExperiment.of((RetentionExperiment.AttemptTask) attempt -> template.execute(
                context -> {
                    throw new PaymentDeclined("declined");
                },
                new DefaultRetryState(attempt.number())));
    }

    /** A bean with a pool of its own. */
    @EnableAsync
    static class Payments {
        @Bean(destroyMethod = "shutdownNow")
        Executor taskExecutor() {
            return Executors.newFixedThreadPool(2);
        }

        @Async
        public CompletableFuture<String> charge() {
            throw new PaymentDeclined("declined");
        }
    }
}
