package io.github.retainless.examples.coroutines

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.async
import kotlinx.coroutines.delay
import java.util.concurrent.ConcurrentHashMap

/** Loads users' profiles. Callers who ask for the same one at the same time share one request. */
abstract class Profiles(private val scope: CoroutineScope) {
    protected val inFlight = ConcurrentHashMap<String, Deferred<String>>()

    abstract suspend fun profile(user: String): String

    protected fun request(user: String): Deferred<String> =
        inFlight.computeIfAbsent(user) { scope.async(start = CoroutineStart.LAZY) { load(user) } }

    /** Stands for a service that does not know the user, and says so a moment later. */
    private suspend fun load(user: String): String {
        delay(1)
        throw UnknownUser(user)
    }

    /** `await` throws what the request has thrown, so the line after it is for successes only. */
    class Leaky(scope: CoroutineScope) : Profiles(scope) {
        override suspend fun profile(user: String): String {
            val profile = request(user).await()
            inFlight.remove(user)
            return profile
        }
    }

    /** Forgets a request however it ends, whoever still waits for it. */
    class Repaired(scope: CoroutineScope) : Profiles(scope) {
        override suspend fun profile(user: String): String {
            val request = request(user)
            request.invokeOnCompletion { inFlight.remove(user, request) }
            return request.await()
        }
    }
}

class UnknownUser(user: String) : RuntimeException("no user $user")
