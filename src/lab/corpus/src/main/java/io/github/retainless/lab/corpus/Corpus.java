package io.github.retainless.lab.corpus;

import io.github.retainless.lab.subjects.JdkSubject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** All subjects, group after group. */
public final class Corpus {
    private static final List<Class<? extends CorpusSubject>> GROUPS = List.of(
            JdkSubject.class,
            CacheSubject.class,
            FailsafeSubject.class,
            NettySubject.class,
            ReactorSubject.class,
            RecorderSubject.class,
            ResilienceSubject.class,
            RxJavaSubject.class,
            ServiceSubject.class,
            SpringSubject.class,
            CompositeFailureSubject.class,
            CoroutineSubject.class,
            DataLoaderSubject.class,
            GuavaCombinerSubject.class,
            JBossThreadsSubject.class,
            MicrometerScopeSubject.class,
            MutinyMemoizeSubject.class,
            NettyTimeoutSubject.class,
            ReactorCheckpointSubject.class,
            ResilienceEventsSubject.class,
            RxJavaDisposalSubject.class,
            SentrySubject.class,
            VertxFutureSubject.class,
            WispSubject.class);

    static {
        // JDK 25 warns of libraries that use sun.misc.Unsafe.
        System.setProperty("io.netty.noUnsafe", "true");
        // SLF4J complains when several threads are the first to use it.
        LoggerFactory.getILoggerFactory();
    }

    private Corpus() {}

    public static Stream<CorpusSubject> subjects() {
        return GROUPS.stream().flatMap(group -> Arrays.stream(group.getEnumConstants()));
    }

    /** All but those that need a newer JDK. */
    static Stream<CorpusSubject> ofThisJdk() {
        return subjects()
                .filter(subject -> subject.leastJdk() <= Runtime.version().feature());
    }

    static CorpusSubject named(String name) {
        return subjects()
                .filter(subject -> subject.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no subject is called " + name));
    }
}
