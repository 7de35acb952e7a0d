package io.github.retainless.internal.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.internal.baseline.Comparison.Kind;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTests {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-26");
    private static final List<String> PATH = List.of("static io.acme.Pool.FAILED", "ArrayList[*]", "io.acme.Declined");

    private static BaselineEntry known(List<String> path, long bytes, @Nullable String expires) {
        return new BaselineEntry(
                "PoolTest.declined()", path, bytes, "ACME-1", expires == null ? null : LocalDate.parse(expires));
    }

    private static Comparison compare(List<BaselineEntry> known, GrowingPath... growing) {
        return Comparison.of("PoolTest.declined()", known, List.of(growing), TODAY);
    }

    @ParameterizedTest
    @CsvSource({
        // More than 10 % and more than 256 B.
        "10000, 11000, SAME",
        "10000, 11001, MORE",
        "10000, 9000, SAME",
        "10000, 8999, LESS",
        "1000, 1256, SAME",
        "1000, 1257, MORE",
        "1000, 744, SAME",
        "1000, 743, LESS",
        "0, 256, SAME",
        "0, 257, MORE",
        "257, 0, LESS",
        "256, 0, SAME",
        "0, 0, SAME",
        "0, 9223372036854775807, MORE",
        "9223372036854775807, 0, LESS",
    })
    void bytes_differIfTheyAreNoNoise(long was, long is, Kind kind) {
        Comparison comparison = compare(List.of(known(PATH, was, null)), new GrowingPath(PATH, is));

        assertThat(comparison.changes()).containsExactly(new Comparison.Change(kind, known(PATH, was, null), is));
        assertThat(comparison.isWorse()).isEqualTo(kind == Kind.MORE);
        assertThat(comparison.isBetter()).isEqualTo(kind == Kind.LESS);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-26, 5000, SAME",
        "2026-11-25, 5000, EXPIRED",
        "2026-11-25, 50, EXPIRED",
        "2026-11-25, 50000, MORE",
        "2027-01-01, 5000, SAME"
    })
    void entry_isValidUpToItsLastDay(String expires, long bytes, Kind kind) {
        Comparison comparison = compare(List.of(known(PATH, 5_000, expires)), new GrowingPath(PATH, bytes));

        assertThat(comparison.changes()).extracting(Comparison.Change::kind).containsExactly(kind);
        assertThat(comparison.isWorse()).isEqualTo(kind != Kind.SAME);
    }

    @Test
    void nothingKnown_andNothingGrowing_isNothing() {
        assertThat(compare(List.of()).changes()).isEmpty();
    }

    @Test
    void pathThatNobodyKnows_isNew() {
        Comparison comparison = compare(List.of(), new GrowingPath(PATH, 100));

        assertThat(comparison.changes())
                .containsExactly(new Comparison.Change(
                        Kind.NEW, new BaselineEntry("PoolTest.declined()", PATH, 100, "", null), 100));
        assertThat(comparison.isWorse()).isTrue();
        assertThat(comparison.isBetter()).isFalse();
    }

    @Test
    void pathThatIsGone_isBetter_alsoIfItHasExpired() {
        Comparison comparison = compare(List.of(known(PATH, 100, "2020-01-01")));

        assertThat(comparison.changes())
                .containsExactly(new Comparison.Change(Kind.GONE, known(PATH, 100, "2020-01-01"), 0));
        assertThat(comparison.isWorse()).isFalse();
        assertThat(comparison.isBetter()).isTrue();
    }

    @Test
    void anotherClassHeldInTheSameWay_isTheSameLeak() {
        List<String> other = List.of("static io.acme.Pool.FAILED", "ArrayList[*]", "io.acme.TimedOut");

        assertThat(compare(List.of(known(PATH, 100, null)), new GrowingPath(other, 100))
                        .changes())
                .containsExactly(new Comparison.Change(Kind.SAME, known(PATH, 100, null), 100));
    }

    @Test
    void anotherHolder_isAnotherLeak() {
        List<String> other = List.of("static io.acme.Pool.RETRIES", "ArrayList[*]", "io.acme.Declined");

        Comparison comparison = compare(List.of(known(PATH, 100, null)), new GrowingPath(other, 100));

        assertThat(comparison.changes()).extracting(Comparison.Change::kind).containsExactly(Kind.GONE, Kind.NEW);
        assertThat(comparison.isWorse()).isTrue();
        assertThat(comparison.isBetter()).isTrue();
    }
}
