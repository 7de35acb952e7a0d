package io.github.retainless.corpus;

import io.github.retainless.subjects.JdkSubject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** All subjects, group after group. */
public final class Corpus {
    private static final List<Class<? extends CorpusSubject>> GROUPS = List.of(
            JdkSubject.class,
            FailsafeSubject.class,
            VertxFutureSubject.class,
            MutinyMemoizeSubject.class,
            NettyTimeoutSubject.class,
            SentrySubject.class,
            DataLoaderSubject.class,
            ResilienceEventsSubject.class,
            JBossThreadsSubject.class,
            CoroutineSubject.class,
            RxJavaDisposalSubject.class,
            GuavaCombinerSubject.class,
            WispSubject.class,
            MicrometerScopeSubject.class,
            ReactorCheckpointSubject.class,
            CacheSubject.class,
            NettySubject.class,
            ReactorSubject.class,
            RecorderSubject.class,
            ResilienceSubject.class,
            RxJavaSubject.class,
            ServiceSubject.class,
            SpringSubject.class);

    private Corpus() {}

    public static Stream<CorpusSubject> subjects() {
        return GROUPS.stream().flatMap(group -> Arrays.stream(group.getEnumConstants()));
    }
}
