package io.github.retainless.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.HeapGain.ClassGain;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassHistogramTests {
    private static final String HEAD =
            """
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
            """;

    /** Nobody else makes arrays of these, so their number is known. */
    private static final class Kept {}

    private static ClassHistogram histogram(String... rows) {
        return ClassHistogram.of(HEAD + String.join("\n", rows) + "\nTotal         12345        1234567\n");
    }

    @Test
    void whatThereIsMoreOf_isTold_theMostBytesFirst() {
        ClassHistogram before = histogram(
                "   1:           100          10000  java.lang.String (java.base@17.0.15)",
                "   2:            50           5000  io.acme.Gone",
                "   3:            10           1000  [Ljava.lang.Object; (java.base@17.0.15)");
        ClassHistogram after = histogram(
                "   1:           300          30000  java.lang.String (java.base@17.0.15)",
                "   2:            20          61000  [Ljava.lang.Object; (java.base@17.0.15)",
                "   3:             5           9000  [[J (java.base@17.0.15)");

        assertThat(after.gainsSince(before))
                .containsExactly(
                        new ClassGain("java.lang.Object[]", 10, 60_000),
                        new ClassGain("java.lang.String", 200, 20_000),
                        new ClassGain("long[][]", 5, 9_000));
    }

    @Test
    void total_isThatOfAllClasses() {
        assertThat(histogram(
                                "   1:           300          30000  java.lang.String (java.base@17.0.15)",
                                "   2:            20          61000  [Ljava.lang.Object; (java.base@17.0.15)")
                        .total())
                .isEqualTo(91_000);
        assertThat(ClassHistogram.of("").total()).isZero();
    }

    @Test
    void whatIsLittleOfTheWhole_isNotTold() {
        ClassHistogram after = histogram(
                "   1:           100         100000  io.acme.Much",
                "   2:           100           4000  io.acme.Little",
                "   3:             1           6000  io.acme.Some");

        assertThat(after.gainsSince(histogram()))
                .extracting(ClassGain::type)
                .containsExactly("io.acme.Much", "io.acme.Some");
    }

    @Test
    void sameNameOfSeveralLoaders_isOneClass() {
        ClassHistogram after = histogram(
                "   1:           1          100  io.acme.Plugin", "   2:           2          200  io.acme.Plugin");

        assertThat(after.gainsSince(histogram())).containsExactly(new ClassGain("io.acme.Plugin", 3, 300));
    }

    @Test
    void itsOwnText_isLeftOut() {
        ClassHistogram before = histogram("   1:           1          100  [B (java.base@17.0.15)");
        long own = Shapes.align(16
                + (HEAD + "   1:           1          100  [B (java.base@17.0.15)"
                                + "\nTotal         12345        1234567\n")
                        .length());
        ClassHistogram after = histogram("   1:           2          " + (100 + own) + "  [B (java.base@17.0.15)");

        assertThat(after.gainsSince(before)).isEmpty();
    }

    @Test
    void thisJvm_tellsOfWhatIsKept() {
        List<Kept[]> kept = new ArrayList<>();
        ClassHistogram before = ClassHistogram.take();
        for (int i = 0; i < 1_000; i++) {
            kept.add(new Kept[256]);
        }
        List<ClassGain> gains = ClassHistogram.take().gainsSince(before);

        assertThat(gains).anySatisfy(gain -> {
            assertThat(gain.type()).isEqualTo(Kept[].class.getTypeName());
            assertThat(gain.instances()).isEqualTo(1_000);
        });
        Reference.reachabilityFence(kept);
    }
}
