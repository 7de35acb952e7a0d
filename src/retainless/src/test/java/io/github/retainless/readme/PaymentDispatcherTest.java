package io.github.retainless.readme;

import io.github.retainless.AsyncTask;
import io.github.retainless.NoExceptionRetention;
import io.github.retainless.experiment.Attempt;

@NoExceptionRetention(failures = 100)
class PaymentDispatcherTest {
    final PaymentDispatcher dispatcher = new PaymentDispatcher();

    @AsyncTask // one leak regression test; the body is one failing attempt
    void declinedCharge(Attempt attempt) {
        attempt.observe(dispatcher.charge("declined card"));
    }
}
