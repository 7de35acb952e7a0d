package io.github.retainless.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Files as they are after an accident: changed, cut, spliced, with numbers out of all proportion. */
public final class Mutations {
    private static final long[] EXTREMES = {
        0,
        1,
        -1,
        Byte.MAX_VALUE,
        Short.MAX_VALUE,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        1 << 24
    };

    private static final int LONGEST_SPAN = 64;

    private Mutations() {}

    /**
     * How many cases a test tries: as many as the system property {@code retainless.fuzz.cases} says, or else the usual
     * number.
     */
    public static int cases(int usual) {
        return Integer.getInteger("retainless.fuzz.cases", usual);
    }

    /** Neighbouring seeds of {@link Random} begin alike. */
    public static Random random(long seed) {
        return new Random(seed * 0x9E3779B97F4A7C15L);
    }

    /**
     * Writes a file anew. One that is only emptied and written again is flushed to the disk by some file systems, ext4
     * among them: 4 ms a case instead of 0.2.
     */
    public static Path replace(Path file, byte[] bytes) throws IOException {
        Files.deleteIfExists(file);
        return Files.write(file, bytes);
    }

    /** One to four accidents. */
    public static byte[] of(byte[] original, Random random) {
        byte[] bytes = original;
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes = once(bytes, random);
        }
        return bytes;
    }

    /** The same for a text, with words of its language here and there. */
    public static byte[] of(String original, Random random, String... words) {
        byte[] bytes = original.getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(4); i >= 0; i--) {
            if (random.nextBoolean()) {
                byte[] word = words[random.nextInt(words.length)].getBytes(StandardCharsets.UTF_8);
                int from = random.nextInt(bytes.length + 1);
                bytes = splice(bytes, from, Math.min(bytes.length, from + random.nextInt(word.length + 4)), word);
            } else {
                bytes = once(bytes, random);
            }
        }
        return bytes;
    }

    /** A short text of these characters, often with one of these words in it. */
    public static String text(Random random, String characters, List<String> words) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        if (random.nextInt(4) > 0) {
            text.append(words.get(random.nextInt(words.size())));
        }
        return random.nextInt(3) > 0 ? random.nextInt() + text.toString() : text.toString();
    }

    private static byte[] once(byte[] bytes, Random random) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(LONGEST_SPAN));
        switch (random.nextInt(6)) {
            case 0:
                return splice(bytes, from, bytes.length, new byte[0]);
            case 1:
                return splice(bytes, from, to, new byte[0]);
            case 2:
                byte[] noise = new byte[random.nextInt(LONGEST_SPAN)];
                random.nextBytes(noise);
                return splice(bytes, from, from, noise);
            case 3:
                byte[] repeated = new byte[to - from];
                System.arraycopy(bytes, from, repeated, 0, repeated.length);
                return splice(bytes, from, from, repeated);
            case 4:
                ByteBuffer extreme = ByteBuffer.allocate(Long.BYTES).putLong(EXTREMES[random.nextInt(EXTREMES.length)]);
                byte[] number = new byte[1 << random.nextInt(4)];
                extreme.position(Long.BYTES - number.length);
                extreme.get(number);
                return splice(bytes, from, Math.min(bytes.length, from + number.length), number);
            default:
                byte[] flipped = bytes.clone();
                if (from < bytes.length) {
                    flipped[from] ^= (byte) (1 + random.nextInt(255));
                }
                return flipped;
        }
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] between) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + between.length);
        out.write(bytes, 0, from);
        out.writeBytes(between);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }
}
