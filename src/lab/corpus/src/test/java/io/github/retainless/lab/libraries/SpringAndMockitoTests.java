package io.github.retainless.lab.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import io.github.retainless.AsyncTask;
import io.github.retainless.ExecutorUnderTest;
import io.github.retainless.Launch;
import io.github.retainless.Quick;
import io.github.retainless.experiment.Attempt;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.InjectMocks;
import org.mockito.Mock;
import org.mockito.exceptions.misusing.UnnecessaryStubbingException;
import org.mockito.junit.jupiter.MockitoExtension;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** The extensions of Mockito and Spring beside ours. */
class SpringAndMockitoTests {
    @ParameterizedTest
    @ValueSource(classes = {MockitoFirstTestCases.class, MockitoLastTestCases.class})
    void mocksThatOnlyStub_keepNothing(Class<?> fixture) {
        Launch launch = Launch.of(fixture);
        launch.tests().assertStatistics(stats -> stats.started(2).succeeded(1).failed(1));
        assertThat(launch.verdict("stubbed")).isEqualTo("RELEASED");
        // Mockito's own check, once, at the end.
        assertThat(launch.failure("neverCalled")).isInstanceOf(UnnecessaryStubbingException.class);
        assertThat(launch.verdict("neverCalled")).isEqualTo("RELEASED");
    }

    interface Gateway {
        String charge(String card);

        void report(Throwable declined);
    }

    static final class Payments {
        private final Gateway gateway;

        Payments(Gateway gateway) {
            this.gateway = gateway;
        }

        String charge() {
            return gateway.charge("card");
        }

        void report() {
            IllegalStateException declined = new IllegalStateException("declined");
            gateway.report(declined);
            throw declined;
        }
    }

    abstract static class StubbedPayments {
        @Mock(stubOnly = true)
        Gateway gateway;

        @InjectMocks
        Payments payments;

        @BeforeEach
        void decline() {
            when(gateway.charge(any())).thenAnswer(call -> {
                throw new IllegalStateException("declined");
            });
        }

        @AsyncTask
        void stubbed() {
            payments.charge();
        }

        @AsyncTask
        void neverCalled() {
            throw new IllegalStateException("declined without a charge");
        }
    }

    @ExtendWith(MockitoExtension.class)
    @Quick
    static class MockitoFirstTestCases extends StubbedPayments {}

    @Quick
    @ExtendWith(MockitoExtension.class)
    static class MockitoLastTestCases extends StubbedPayments {}

    @Test
    void mockThatRecords_andBeanThatKeeps_areGrowing_andNamedAsTheCause() {
        Launch launch = Launch.of(RecordingTestCases.class, LeakyBeanTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(2).failed(2));
        assertThat(launch.verdict("recorded")).isEqualTo("GROWING");
        assertThat(launch.failure("recorded").getMessage().replaceAll("\\s+", " "))
                .contains("Likely: a Mockito mock records its calls, with what they were given. Create it"
                        + " withSettings().stubOnly(), or call clearInvocations(mock) in every attempt.");
        assertThat(launch.verdict("kept")).isEqualTo("GROWING");
        assertThat(launch.failure("kept")).hasMessageContaining("LeakyService.inFlight");
    }

    @Quick
    @ExtendWith(MockitoExtension.class)
    static class RecordingTestCases {
        @Mock
        Gateway gateway;

        @InjectMocks
        Payments payments;

        @AsyncTask
        void recorded() {
            payments.report();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {SpringFirstTestCases.class, SpringLastTestCases.class})
    void asyncBeanOfSpring_isTested(Class<?> fixture) {
        Launch launch = Launch.of(fixture);
        launch.tests().assertStatistics(stats -> stats.started(4).succeeded(4));
        assertThat(List.of("async", "onTheExecutorOfTheContext", "injected"))
                .extracting(launch::verdict)
                .containsOnly("RELEASED");
    }

    @Test
    void dirtyContext_isMadeAnewForEachTestAndNotForEachAttempt() {
        SpringConfiguration.MADE.set(0);
        SpringConfiguration.CLOSED.set(0);
        Launch launch = Launch.of(DirtyTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(4).succeeded(4));
        assertThat(SpringConfiguration.MADE).hasValue(4);
        assertThat(SpringConfiguration.CLOSED).hasValue(4);
    }

    interface AsyncPayments {
        CompletableFuture<String> charge();
    }

    static class SpringService implements AsyncPayments {
        @Async
        @Override
        public CompletableFuture<String> charge() {
            throw new IllegalStateException("declined");
        }
    }

    static class LeakyService {
        private final List<CompletableFuture<String>> inFlight = new CopyOnWriteArrayList<>();

        CompletableFuture<String> charge() {
            CompletableFuture<String> future = CompletableFuture.failedFuture(new IllegalStateException("declined"));
            inFlight.add(future);
            return future;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class SpringConfiguration implements DisposableBean {
        static final AtomicInteger MADE = new AtomicInteger();
        static final AtomicInteger CLOSED = new AtomicInteger();

        SpringConfiguration() {
            MADE.incrementAndGet();
        }

        @Override
        public void destroy() {
            CLOSED.incrementAndGet();
        }

        @Bean
        ThreadPoolTaskExecutor taskExecutor() {
            ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
            executor.setCorePoolSize(2);
            executor.setThreadNamePrefix("spring-");
            return executor;
        }

        @Bean
        AsyncPayments service() {
            return new SpringService();
        }

        @Bean
        LeakyService leaky() {
            return new LeakyService();
        }
    }

    @ContextConfiguration(classes = SpringConfiguration.class)
    abstract static class SpringTasks {
        @Autowired
        AsyncPayments payments;

        @Autowired
        @ExecutorUnderTest
        Executor executor;

        @AsyncTask
        void async(Attempt attempt) {
            attempt.observe(payments.charge());
        }

        @AsyncTask
        void onTheExecutorOfTheContext() {
            assertThat(Thread.currentThread().getName()).startsWith("spring-");
            throw new IllegalStateException("declined");
        }

        @AsyncTask
        void injected(@Autowired AsyncPayments bean) {
            bean.charge().join();
        }

        @Test
        void noTask() {
            assertThat(payments.charge()).failsWithin(Duration.ofSeconds(10));
        }
    }

    @ExtendWith(SpringExtension.class)
    @Quick
    static class SpringFirstTestCases extends SpringTasks {}

    @Quick
    @ExtendWith(SpringExtension.class)
    static class SpringLastTestCases extends SpringTasks {}

    @Quick
    @ExtendWith(SpringExtension.class)
    @DirtiesContext(classMode = DirtiesContext.ClassMode.AFTER_EACH_TEST_METHOD)
    static class DirtyTestCases extends SpringTasks {}

    @Quick
    @ExtendWith(SpringExtension.class)
    @ContextConfiguration(classes = SpringConfiguration.class)
    static class LeakyBeanTestCases {
        @Autowired
        LeakyService leaky;

        @AsyncTask
        void kept(Attempt attempt) {
            attempt.observe(leaky.charge());
        }
    }
}
