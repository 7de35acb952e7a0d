package io.github.retainless.internal.heap;

/**
 * Whether a collection took place.
 *
 * @param proven whether objects that nobody held, young and old, are gone
 * @param how what forced the collection, such as {@code System.gc()}; without proof, what to do about it
 * @param hopeless whether trying again is no use, because of the flags this JVM runs with
 */
public record Proof(boolean proven, String how, boolean hopeless) {
    static Proof by(String lever) {
        return new Proof(true, lever, false);
    }

    static Proof none(String remedy) {
        return new Proof(false, remedy, false);
    }

    static Proof impossible(String remedy) {
        return new Proof(false, remedy, true);
    }
}
