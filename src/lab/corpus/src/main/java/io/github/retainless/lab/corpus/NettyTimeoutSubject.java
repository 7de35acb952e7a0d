package io.github.retainless.lab.corpus;

import static io.github.retainless.experiment.Verdict.BOUNDED;
import static io.github.retainless.experiment.Verdict.GROWING;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import io.netty.handler.timeout.ReadTimeoutException;
import reactor.core.publisher.Mono;

/**
 * The one read time-out that Netty shares among all channels: whoever adds a suppressed exception to it, as Reactor's
 * {@code block()} does, adds to all that were added before.
 */
enum NettyTimeoutSubject implements CorpusSubject {
    SHARED_READ_TIMEOUT_4_1_35(
            "4.1.35.Final",
            GROWING,
            "netty-handler-4.1.35.Final.jar",
            "netty-transport-4.1.35.Final.jar",
            "netty-common-4.1.35.Final.jar"),
    SHARED_READ_TIMEOUT_4_1_110("4.1.110.Final", BOUNDED);

    private final Entry entry;

    NettyTimeoutSubject(String version, Verdict right, String... jars) {
        Library library = Library.isolated("Netty", version, ReadTimeoutException.class, jars);
        entry = Entry.of(library, "Reactor's block() on the shared read time-out", right)
                .issue("netty/netty#9151")
                .fixedIn("by 4.1.110");
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public RetentionExperiment experiment(Scope scope) {
        return RetentionExperiment.of(() ->
                Mono.create(sink -> sink.error(ReadTimeoutException.INSTANCE)).block());
    }
}
