package io.github.retainless.examples.coroutines

import io.github.retainless.AsyncTask
import io.github.retainless.experiment.Attempt
import io.github.retainless.NoExceptionRetention
import io.github.retainless.assertj.RetentionAssertions.assertThat
import io.github.retainless.experiment.RetentionExperiment
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import kotlinx.coroutines.cancel
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test

@NoExceptionRetention(failures = 20, rounds = 3, maxRetained = 0)
class ProfilesTest {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    private val profiles = Profiles.Repaired(scope)

    @AsyncTask
    fun unknownUser(attempt: Attempt) {
        attempt.observe(scope.async { profiles.profile("user ${attempt.number()}") })
    }

    /** Shows that the test above would find the leak. */
    @Test
    fun leakyProfiles_keepEachFailedRequest() {
        val leaky = Profiles.Leaky(scope)

        val report = RetentionExperiment.of(
            RetentionExperiment.AttemptTask { attempt ->
                attempt.observe(scope.async { leaky.profile("user ${attempt.number()}") })
            },
        )
            .failures(20)
            .budget(1)
            .run()

        assertThat(report).grows()
        assertThat(report.text()).contains("Profiles.inFlight", "LazyDeferredCoroutine")
    }

    @AfterEach
    fun cancel() {
        scope.cancel()
    }
}
