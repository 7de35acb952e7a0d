package io.github.retainless.lab.corpus;

import static io.github.retainless.experiment.Verdict.GROWING;
import static io.github.retainless.experiment.Verdict.RELEASED;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.subjects.PaymentDeclined;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.dataloader.BatchLoader;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderOptions;
import org.dataloader.Try;

/** The cache of java-dataloader, which keeps failed futures as well unless it is told not to. */
enum DataLoaderSubject implements CorpusSubject {
    FAILED_LOADS_2_0_2("2.0.2", "loading a new key fails", GROWING, "java-dataloader-2.0.2.jar") {
        @Override
        DataLoader<Integer, String> loader(BatchLoader<Integer, Try<String>> declining) {
            return DataLoader.newDataLoaderWithTry(declining);
        }
    },
    FAILED_LOADS_2_2_3("2.2.3", "loading a new key fails", GROWING) {
        @Override
        DataLoader<Integer, String> loader(BatchLoader<Integer, Try<String>> declining) {
            return DataLoader.newDataLoaderWithTry(declining);
        }
    },
    FAILED_LOADS_NOT_CACHED_2_2_3("2.2.3", "loading a new key fails, exceptions are not cached", RELEASED) {
        @Override
        DataLoader<Integer, String> loader(BatchLoader<Integer, Try<String>> declining) {
            return DataLoader.newDataLoaderWithTry(
                    declining, DataLoaderOptions.newOptions().setCachingExceptionsEnabled(false));
        }
    };

    private final Entry entry;

    DataLoaderSubject(String version, String task, Verdict right, String... jars) {
        Library library = Library.isolated("java-dataloader", version, DataLoader.class, jars);
        entry = Entry.of(library, task, right)
                .issue("graphql-java/java-dataloader#38")
                .fixedIn("by 2.2.3, setCachingExceptionsEnabled(false)");
    }

    abstract DataLoader<Integer, String> loader(BatchLoader<Integer, Try<String>> declining);

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public RetentionExperiment experiment(Scope scope) {
        DataLoader<Integer, String> loader =
                loader(keys -> CompletableFuture.completedFuture(List.of(Try.failed(new PaymentDeclined("declined")))));
        return RetentionExperiment.of(attempt -> {
            attempt.observe(loader.load(attempt.number()));
            loader.dispatch();
        });
    }
}
