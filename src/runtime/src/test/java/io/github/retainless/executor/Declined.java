package io.github.retainless.executor;

/** A failure that carries a payload. */
public final class Declined extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("unused") // It is there to weigh.
    private final byte[] payload;

    public Declined(Watched watched) {
        super("card 4711 declined");
        this.payload = watched.add(new byte[16 * 1024]);
        watched.add(this);
    }
}
