package io.github.retainless.internal.text;

/** Which characters a text may show as they are. */
public final class Characters {
    private Characters() {}

    /** Whether a reader sees a character: it breaks no line, hides nothing, and Unicode says what it looks like. */
    public static boolean isShown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
