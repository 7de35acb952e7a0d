package io.github.retainless.readme;

import io.github.retainless.AsyncTask;
import io.github.retainless.NoExceptionRetention;
import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.HeapGrowth;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

@NoExceptionRetention(
        heapGrowth = HeapGrowth.FAIL, // copies count, too
        watchThrowables = PaymentDeclined.class) // whoever swallows it
class OrderArchiveTest {
    final List<byte[]> archive = new CopyOnWriteArrayList<>(); // keeps all orders, paid or not

    @AsyncTask(compareWithSuccess = true)
    void order(Attempt attempt) {
        byte[] order = attempt.track(new byte[1024]);
        archive.add(order);
        if (!attempt.mustSucceed()) {
            try {
                throw new PaymentDeclined(order);
            } catch (PaymentDeclined swallowed) {
                // nobody gets to see it
            }
        }
    }
}
