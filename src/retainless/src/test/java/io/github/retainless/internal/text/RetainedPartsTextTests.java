package io.github.retainless.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.Expect;
import io.github.retainless.experiment.RetainedPart;
import io.github.retainless.experiment.RetainedParts;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetainedPartsTextTests {
    private static final RetainedParts FAILURE = new RetainedParts(RetainedPart.FAILURE, "", 20);
    private static final RetainedParts CAUSE = new RetainedParts(RetainedPart.CAUSE, "", 1_000);
    private static final RetainedParts SUPPRESSED = new RetainedParts(RetainedPart.SUPPRESSED, "", 3);
    private static final RetainedParts TRACKED = new RetainedParts(RetainedPart.TRACKED, "", 4);

    private static RetainedParts carried(String field) {
        return new RetainedParts(RetainedPart.CARRIED, field, 5);
    }

    private static RetainedPartsText text(RetainedParts... parts) {
        return new RetainedPartsText(Expect.FAILURE, List.of(parts));
    }

    @Test
    void exceptions_needNoRemark() {
        assertThat(text().what()).isEqualTo("the exceptions it throws");
        assertThat(text(FAILURE).what()).isEqualTo("the exceptions it throws");
        assertThat(text(FAILURE).paragraph()).isEmpty();
    }

    @Test
    void lessThanTheException_isNamed() {
        assertThat(text(CAUSE).what()).isEqualTo("the causes of the exceptions it throws, without those");
        assertThat(text(SUPPRESSED).what()).isEqualTo("the suppressed exceptions of those it throws, without those");
        assertThat(text(TRACKED).what()).isEqualTo("what it tracks");
        assertThat(text(carried("Declined.response")).what())
                .isEqualTo("what the exceptions it throws carry in Declined.response, without them");
        assertThat(text(carried("A.one"), carried("B.two")).what())
                .isEqualTo("what the exceptions it throws carry in A.one and B.two, without them");
        assertThat(text(carried("A.one"), carried("B.two"), carried("C.three")).what())
                .isEqualTo("what the exceptions it throws carry in A.one and B.two and others, without them");
        assertThat(text(carried("A.one"), carried("B.two")).paragraph()).isEmpty();
    }

    @Test
    void several_areListed() {
        assertThat(text(CAUSE, FAILURE, carried("A.one"), TRACKED, SUPPRESSED).what())
                .isEqualTo("the exceptions it throws");
        assertThat(text(CAUSE, FAILURE, carried("A.one"), TRACKED, SUPPRESSED).paragraph())
                .isEqualTo("Left are only causes of 1,000, the exceptions themselves of 20, only A.one of 5,"
                        + " what is tracked of 4, only suppressed exceptions of 3.");
        assertThat(text(CAUSE, carried("A.one")).what()).isEqualTo("what is left of the exceptions it throws");
    }

    @Test
    void successTask_tracks() {
        assertThat(new RetainedPartsText(Expect.SUCCESS, List.of(TRACKED)).what())
                .isEqualTo("what it tracks");
    }
}
