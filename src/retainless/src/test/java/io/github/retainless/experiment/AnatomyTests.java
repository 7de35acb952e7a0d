package io.github.retainless.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.Anatomy.Kind;
import io.github.retainless.experiment.Anatomy.Part;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnatomyTests {
    private static Anatomy anatomy(Kind kind, long bytes, long others) {
        return new Anatomy(
                "io.acme.Payments$Declined",
                1,
                bytes + others,
                List.of(
                        new Part(Kind.REST, "", "", others),
                        new Part(kind, kind == Kind.PAYLOAD ? "payload" : "", "", bytes)));
    }

    @ParameterizedTest
    @CsvSource({
        "1024, 1023, true", // more than half, and 1 KiB
        "1024, 1024, false",
        "1023, 40, false",
        "65552, 1000, true",
    })
    void dominant_moreThanHalfAndAKibibyte_only(long payload, long others, boolean dominates) {
        assertThat(anatomy(Kind.PAYLOAD, payload, others).dominant())
                .isEqualTo(dominates ? Optional.of(new Part(Kind.PAYLOAD, "payload", "", payload)) : Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "PAYLOAD | Payments.Declined.payload is 98 % of each: keep what tells the case (its length, a hash, an id)"
                        + " instead of the data.",
                "MESSAGE | The message of Payments.Declined is 98 % of each: let it name the case (a length, a hash, an id)"
                        + " instead of the data.",
                "STACK_TRACE | The stack trace of Payments.Declined is 98 % of each: it was asked for, or printed, while"
                        + " somebody held the exception.",
                "SUPPRESSED | What Payments.Declined suppresses is 98 % of each: let a retry add the first few failures and"
                        + " count the others.",
                "CAUSE | none",
                "BACKTRACE | none",
                "REST | none"
            })
    void advice_whereAPartDominates_saysWhatToDo(Kind kind, @Nullable String advice) {
        assertThat(anatomy(kind, 65_552, 728).advice()).isEqualTo(advice == null ? "" : advice);
        assertThat(anatomy(kind, 1_000, 1_000).advice()).isEmpty();
    }

    @Test
    void advice_onNothing_isNone() {
        assertThat(new Anatomy("byte[]", 1, 0, List.of()).advice()).isEmpty();
    }
}
