package io.github.retainless.internal.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.retainless.testing.Mutations;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteSizePropertyTests {
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB");
    private static final String CHARACTERS = "0123456789 BKMGTikbe+-.,_xX\t\n\u00a0\u0663\uff11\u2003μ";

    @Test
    void sizeThatIsWritten_isReadAsItsExactProduct_orRefusedAsTooLarge() {
        for (long seed = 0; seed < Mutations.cases(20_000); seed++) {
            Random random = Mutations.random(seed);
            int unit = random.nextInt(UNITS.size());
            long number = (random.nextLong() >>> 1) % 1_000_000_000_000_000_000L >>> random.nextInt(60);
            String text = number + (random.nextBoolean() ? " " : "") + UNITS.get(unit);
            BigInteger bytes = BigInteger.valueOf(number).shiftLeft(10 * unit);
            if (bytes.bitLength() < Long.SIZE) {
                assertThat(ByteSize.parse(text).bytes()).as("seed %s", seed).isEqualTo(bytes.longValueExact());
            } else {
                assertRefused(text, "\"" + text + "\" is too large for a size", seed);
            }
        }
    }

    @Test
    void anyText_isASizeOrRefusedWithTheWholeText() {
        for (long seed = 0; seed < Mutations.cases(20_000); seed++) {
            String text = Mutations.text(Mutations.random(seed), CHARACTERS, UNITS);
            try {
                assertThat(ByteSize.parse(text).bytes()).as("seed %s", seed).isNotNegative();
                assertThat(text).as("seed %s", seed).matches("[0-9]{1,18} ?([KMG]i)?B");
            } catch (IllegalArgumentException refused) {
                assertThat(refused)
                        .as("seed %s", seed)
                        .isExactlyInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("\"" + text + "\" is ");
            } catch (RuntimeException other) {
                fail("seed " + seed, other);
            }
        }
    }

    /** What is shown has one decimal, and is at most half of that off. */
    @Test
    void anySize_isShownNearItsValue() {
        List<String> units = List.of("B", "KiB", "MiB", "GiB", "TiB");
        for (long seed = 0; seed < Mutations.cases(20_000); seed++) {
            Random random = Mutations.random(seed);
            long bytes = random.nextLong() >>> 1 + random.nextInt(63);
            String[] shown = new ByteSize(bytes).toString().split(" ");
            double unit = Math.pow(1024, units.indexOf(shown[1]));
            double amount = Double.parseDouble(shown[0]);
            assertThat(amount).as("seed %s", seed).isLessThan(shown[1].equals("TiB") ? 1e8 : 1024);
            assertThat(Math.abs(amount * unit - bytes)).as("seed %s", seed).isLessThanOrEqualTo(0.0501 * unit);
        }
    }

    private static void assertRefused(String text, String message, long seed) {
        try {
            fail("seed " + seed + ": " + text + " was read as " + ByteSize.parse(text));
        } catch (IllegalArgumentException refused) {
            assertThat(refused).as("seed %s", seed).hasMessage(message);
        }
    }
}
