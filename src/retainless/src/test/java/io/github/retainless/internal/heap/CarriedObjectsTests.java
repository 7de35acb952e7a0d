package io.github.retainless.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@SuppressWarnings("unused")
class CarriedObjectsTests {
    private static Map<String, Object> carried(Throwable failure) {
        Map<String, Object> carried = new LinkedHashMap<>();
        new CarriedObjects().of(failure, (object, field) -> carried.put(field, object));
        return carried;
    }

    private static class Declined extends Exception {
        private static final long serialVersionUID = 1;
        private static final Object SHARED_BY_THE_CLASS = new Object();

        private final byte[] response = new byte[10];
        private final transient Object nothing = null;

        Declined() {
            super("a message that is no payload", new IOException("a cause"));
        }
    }

    private static final class HardDeclined extends Declined {
        private static final long serialVersionUID = 1;

        private final transient List<String> items = List.of("item");
        private final String body = "x".repeat(256);
        private final String id = "x".repeat(255);
        private final transient Optional<String> maybe = Optional.of("value");
        private final transient Optional<byte[]> maybeMore = Optional.of(new byte[10]);
        private final transient Optional<byte[]> missing = Optional.empty();
        private final transient OptionalInt count = OptionalInt.of(7);
        private final UUID key = UUID.randomUUID();
        private final BigDecimal price = new BigDecimal("12345678901234567890.12");
        private final BigInteger large = BigInteger.TEN.pow(30);
        private final Instant at = Instant.now();
        private final Integer code = 1_000_000;
        private final Boolean isFinal = Boolean.TRUE;
        private final Character letter = 'x';
        private final TimeUnit unit = TimeUnit.DAYS;
        private final Class<?> type = Object.class;
        private final transient Thread thread = Thread.currentThread();
        private final int amount = 7;
    }

    private final class Inner extends Exception {
        private static final long serialVersionUID = 1;
    }

    @Test
    void fieldsOfItsOwnClasses_areCarried_andNamed() {
        HardDeclined declined = new HardDeclined();

        assertThat(carried(declined))
                .containsOnly(
                        entry("Declined.response", ((Declined) declined).response),
                        entry("HardDeclined.items", declined.items),
                        entry("HardDeclined.body", declined.body),
                        entry("HardDeclined.maybeMore", declined.maybeMore.get()));
    }

    @Test
    void exceptionOfTheJdk_carriesNothing() {
        assertThat(carried(new IllegalStateException("message", new IOException())))
                .isEmpty();
    }

    @Test
    void fieldOfAnotherModule_isRead() {
        Exception target = new Exception();

        assertThat(carried(new InvocationTargetException(target)))
                .containsOnly(entry("InvocationTargetException.target", target));
    }

    @Test
    void instanceAroundAnInnerClass_isNoPayload() {
        assertThat(carried(new Inner())).isEmpty();
    }

    @Test
    void whatAnAnonymousClassCaptures_isCarried() {
        byte[] captured = new byte[10];
        Exception failure = new Exception() {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                return captured.length + " bytes";
            }
        };

        assertThat(carried(failure)).containsOnly(entry("CarriedObjectsTests$1.val$captured", captured));
    }
}
