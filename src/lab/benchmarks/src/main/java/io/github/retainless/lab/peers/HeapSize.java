package io.github.retainless.lab.peers;

/** How much else is in the heap. */
enum HeapSize {
    /** About half a million objects, 50 MB in use. */
    SMALL(40_000, 512),
    /** About 16 million objects, 1 GB in use. */
    BIG(1_230_000, 2_560);

    private final int customers;
    private final int megabytes;

    HeapSize(int customers, int megabytes) {
        this.customers = customers;
        this.megabytes = megabytes;
    }

    /** How many entries of {@link Ballast}. */
    int customers() {
        return customers;
    }

    /** How much heap the program that leaks gets. */
    int megabytes() {
        return megabytes;
    }
}
