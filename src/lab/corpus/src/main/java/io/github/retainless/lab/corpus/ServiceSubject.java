package io.github.retainless.lab.corpus;

import static io.github.retainless.experiment.Verdict.BOUNDED;
import static io.github.retainless.experiment.Verdict.RELEASED;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.subjects.PaymentDeclined;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.mockito.Mockito;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.listeners.JobListenerSupport;
import org.quartz.simpl.SimpleThreadPool;

/** Pools, schedulers and event loops that run what fails: HikariCP, Quartz, Vert.x, Awaitility. */
enum ServiceSubject implements CorpusSubject {
    HIKARI_CONNECTION_FAILURES(
            Entry.of(Library.of("HikariCP", "5.1.0", HikariDataSource.class), "no connection can be had", BOUNDED)
                    .issue("by design")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            HikariConfig config = new HikariConfig();
            AtomicReference<Attempt> waiting = new AtomicReference<>();
            config.setDataSource(noDatabase(waiting));
            config.setInitializationFailTimeout(-1);
            config.setConnectionTimeout(250);
            config.setMaximumPoolSize(1);
            HikariDataSource pool = scope.closing(new HikariDataSource(config));
            return RetentionExperiment.of((RetentionExperiment.AttemptTask) attempt -> {
                        waiting.set(attempt);
                        pool.getConnection();
                    })
                    .failures(20)
                    .concurrency(20);
        }
    },
    QUARTZ_JOB_THROWS(Entry.of(Library.of("Quartz", "2.3.2", Scheduler.class), "a job throws", RELEASED)
            .issue("control")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            Scheduler scheduler = scheduler();
            scope.onClose(() -> scheduler.shutdown(true));
            Map<String, Attempt> running = new ConcurrentHashMap<>();
            Map<String, CompletableFuture<?>> done = new ConcurrentHashMap<>();
            scheduler.setJobFactory((fired, from) -> context -> {
                throw running.remove(fired.getJobDetail().getKey().getName()).track(new PaymentDeclined("declined"));
            });
            scheduler.getListenerManager().addJobListener(new JobListenerSupport() {
                @Override
                public String getName() {
                    return "done";
                }

                @Override
                public void jobWasExecuted(JobExecutionContext context, JobExecutionException failure) {
                    done.remove(context.getJobDetail().getKey().getName()).complete(null);
                }
            });
            return RetentionExperiment.of(attempt -> {
                String job = "charge " + attempt.number();
                CompletableFuture<?> executed = new CompletableFuture<>();
                running.put(job, attempt);
                done.put(job, executed);
                scheduler.scheduleJob(
                        JobBuilder.newJob(Job.class).withIdentity(job).build(),
                        TriggerBuilder.newTrigger().startNow().build());
                attempt.observe(executed);
            });
        }
    },
    VERTX_EXECUTE_BLOCKING(vertx("executeBlocking throws", RELEASED, BOUNDED)) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            Vertx vertx = vertx(scope);
            return RetentionExperiment.of(() -> vertx.executeBlocking(() -> {
                        throw new PaymentDeclined("declined");
                    })
                    .toCompletionStage());
        }
    },
    VERTX_EVENT_BUS_REQUEST(vertx("an event-bus request fails", RELEASED, BOUNDED)) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            Vertx vertx = vertx(scope);
            vertx.eventBus().consumer("charge", message -> message.fail(402, "declined"));
            return RetentionExperiment.of(
                    () -> vertx.eventBus().request("charge", "card").toCompletionStage());
        }
    },
    AWAITILITY_CONDITION_NEVER_HOLDS(Entry.of(
                    Library.isolated("Awaitility", "4.2.1", Awaitility.class, "awaitility-4.2.1.jar"),
                    "a condition throws until its time-out",
                    RELEASED)
            .issue("control")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            return RetentionExperiment.of((RetentionExperiment.Action) () -> Awaitility.await()
                    .dontCatchUncaughtExceptions()
                    .pollInterval(1, TimeUnit.MILLISECONDS)
                    .atMost(5, TimeUnit.MILLISECONDS)
                    .untilAsserted(() -> {
                        throw new AssertionError(new PaymentDeclined("declined"));
                    }));
        }
    };

    private final Entry entry;

    ServiceSubject(Entry entry) {
        this.entry = entry;
    }

    @Override
    public Entry entry() {
        return entry;
    }

    private static Entry vertx(String task, Verdict... right) {
        return Entry.of(Library.of("Vert.x", "4.5.8", Vertx.class), task, right);
    }

    private static Vertx vertx(Scope scope) {
        Vertx vertx = Vertx.vertx();
        scope.onClose(
                () -> vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS));
        return vertx;
    }

    /** The pool asks on a thread of its own; whichever attempt waits for that has failed. */
    private static DataSource noDatabase(AtomicReference<Attempt> waiting) throws SQLException {
        DataSource none = Mockito.mock(DataSource.class, Mockito.withSettings().stubOnly());
        Mockito.when(none.getConnection()).thenAnswer(call -> {
            throw waiting.get().track(new SQLException("no database", new PaymentDeclined("declined")));
        });
        return none;
    }

    private static Scheduler scheduler() throws SchedulerException {
        Properties properties = new Properties();
        properties.setProperty(
                "org.quartz.scheduler.instanceName", UUID.randomUUID().toString());
        properties.setProperty("org.quartz.threadPool.class", SimpleThreadPool.class.getName());
        properties.setProperty("org.quartz.threadPool.threadCount", "2");
        properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        Scheduler scheduler = new StdSchedulerFactory(properties).getScheduler();
        scheduler.start();
        return scheduler;
    }
}
