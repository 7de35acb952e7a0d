package io.github.retainless.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.Anatomy;
import io.github.retainless.experiment.FailureWeights;
import io.github.retainless.internal.heap.AnatomyMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FailureScaleTests {
    private static final Object[] NOTHING = {};

    private static final class Declined extends Exception {
        private static final long serialVersionUID = 1;

        final transient Object payload;

        Declined(Object payload) {
            super("declined", null, false, false);
            this.payload = payload;
        }
    }

    private static FailureWeights weigh(Object[] outside, Throwable... failures) {
        FailureScale scale = new FailureScale(outside);
        Stream.of(failures).forEach(scale::weigh);
        return scale.weights();
    }

    private static Anatomy anatomy(Throwable failure) {
        return new AnatomyMeter().dissect(new Object[] {failure}, NOTHING).get(0);
    }

    @Test
    void weigh_several_keepsTheHeaviest() {
        Declined heaviest = new Declined(new byte[65_536]);

        FailureWeights weights =
                weigh(NOTHING, new Declined(new byte[10]), heaviest, new Declined(new byte[60_000]), new Exception());

        assertThat(weights).isEqualTo(new FailureWeights(4, 4, anatomy(heaviest), false));
    }

    @Test
    void weigh_causesAndSuppressed_chargesThem() {
        Exception failure = new Exception(new Declined(new byte[10_000]));
        failure.addSuppressed(new Declined(new byte[20_000]));

        assertThat(weigh(NOTHING, failure).most())
                .isEqualTo(anatomy(failure).bytes())
                .isBetween(30_000L, 36_000L);
    }

    @Test
    void weigh_whatTheOutsideReaches_isNotCharged() {
        byte[] shared = new byte[65_536];
        Map<String, Object> test = new HashMap<>(Map.of("fixture", shared));
        Declined ofTheTest = new Declined(test);
        Declined ofItsFields = new Declined(shared);

        assertThat(weigh(new Object[] {test}, ofTheTest, ofItsFields).most()).isBetween(40L, 200L);
        assertThat(weigh(NOTHING, ofTheTest).most()).isGreaterThan(65_536);
    }

    @Test
    void weigh_outsideKeepsTheFailures_weighsThemAllTheSame() {
        List<Object> registry = new ArrayList<>();
        FailureScale scale = new FailureScale(new Object[] {registry});
        byte[] payload = new byte[65_536];
        for (int i = 0; i < 3; i++) {
            Declined failure = new Declined(payload);
            registry.add(new Exception(failure));
            scale.weigh(failure);
        }

        assertThat(scale.weights()).isEqualTo(new FailureWeights(3, 3, anatomy(new Declined(payload)), false));
    }

    @Test
    void weigh_partOfTheFailureOutside_stillFindsTheHeaviest() {
        byte[] fixture = new byte[65_536];
        Object[] outside = {fixture, List.of(fixture)};
        Declined light = new Declined(new Object[] {List.of(fixture), new byte[10]});
        Declined heavy = new Declined(new Object[] {List.of(fixture), new byte[50_000]});

        FailureWeights weights = weigh(new Object[] {outside}, light, heavy, light);

        assertThat(weights.weighed()).isEqualTo(3);
        assertThat(weights.most()).isBetween(50_000L, 50_400L);
    }

    @Test
    void weigh_byManyThreads_countsEach() throws Exception {
        FailureScale scale = new FailureScale(NOTHING);
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            int kilobytes = i;
            Thread thread = new Thread(() -> {
                for (int n = 0; n < 50; n++) {
                    scale.weigh(new Declined(new byte[1_000 * kilobytes]));
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(scale.weights())
                .isEqualTo(new FailureWeights(200, 200, anatomy(new Declined(new byte[4_000])), false));
    }

    @Test
    void weigh_outsideTooLarge_saysThatNoneWasWeighed() {
        Object[] outside = Stream.generate(Object::new).limit(100).toArray();
        FailureScale scale = new FailureScale(new Object[] {outside}, new AnatomyMeter(50, Duration.ofMinutes(1)));

        scale.weigh(new Declined("payload"));
        scale.weigh(new Declined("payload"));

        assertThat(scale.weights()).isEqualTo(new FailureWeights(2, 0, null, false));
    }

    @Test
    void weigh_failureTooLarge_saysThatItIsHeavier() {
        FailureScale scale = new FailureScale(NOTHING, new AnatomyMeter(50, Duration.ofMinutes(1)));

        scale.weigh(new Declined(
                IntStream.range(0, 100).mapToObj(i -> new byte[1_000]).toArray()));
        scale.weigh(new Declined(new byte[10]));

        assertThat(scale.weights().truncated()).isTrue();
        assertThat(scale.weights().most()).isBetween(40_000L, 60_000L);
    }
}
