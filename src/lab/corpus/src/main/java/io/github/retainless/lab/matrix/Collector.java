package io.github.retainless.lab.matrix;

enum Collector {
    SERIAL("Serial"),
    PARALLEL("Parallel"),
    G1("G1"),
    ZGC("Z"),
    SHENANDOAH("Shenandoah");

    private final String name;

    Collector(String name) {
        this.name = name;
    }

    String flag() {
        return "-XX:+Use" + name + "GC";
    }

    String label() {
        return this == ZGC ? "ZGC" : name;
    }
}
