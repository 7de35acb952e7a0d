package io.github.retainless.lab.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class QuartilesTests {
    @Test
    void of_unsortedFigures_liesBetweenNeighbours() {
        assertThat(Quartiles.of(DoubleStream.of(4, 1, 3, 2))).isEqualTo(new Quartiles(1.75, 2.5, 3.25));
    }

    @Test
    void of_oneFigure_isThatFigure() {
        assertThat(Quartiles.of(DoubleStream.of(0.5))).hasToString("0.50 (0.50 to 0.50)");
    }
}
