package io.github.retainless.internal.explain;

import io.github.retainless.experiment.LikelyCause;
import io.github.retainless.experiment.PathStep;
import io.github.retainless.experiment.PathStep.Kind;
import io.github.retainless.experiment.Reachability;
import io.github.retainless.experiment.Signature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes signatures for tests, step by step as a heap dump would yield them. */
public final class Paths {
    private static final String DECLINED = "io.acme.PaymentDeclined";

    private record Hop(Kind kind, String holder, String owner, String member, boolean repeated) {}

    private final List<Hop> hops = new ArrayList<>();
    private Reachability reachability = Reachability.STRONG;
    private String type = DECLINED;
    private int failures = 300;
    private long bytes = 19_937_400;
    private List<Integer> cohorts = List.of(100, 100, 100);

    @Nullable
    private LikelyCause likely;

    public static Paths path() {
        return new Paths();
    }

    public Paths statically(String holder, String member) {
        return add(Kind.STATIC, holder, holder, member);
    }

    public Paths thread(String name) {
        return add(Kind.THREAD, name, "", "");
    }

    public Paths local(String thread, String owner, String member) {
        return add(Kind.LOCAL, thread, owner, member);
    }

    public Paths outside(String what) {
        return add(Kind.OUTSIDE, what, "", "");
    }

    public Paths natively(String what) {
        return add(Kind.NATIVE, what, "", "");
    }

    public Paths threadLocal(String owner, String member) {
        return add(Kind.THREAD_LOCAL, "java.lang.Thread", owner, member);
    }

    public Paths field(String owner, String member) {
        return add(Kind.FIELD, owner, owner, member);
    }

    public Paths inherited(String holder, String owner, String member) {
        return add(Kind.FIELD, holder, owner, member);
    }

    public Paths element(String holder, String member) {
        return add(Kind.ELEMENT, holder, "", member);
    }

    public Paths entry(String holder, String member) {
        return add(Kind.ENTRY, holder, "", member);
    }

    public Paths key(String holder) {
        return add(Kind.KEY, holder, "", "");
    }

    public Paths completableFuture() {
        return field("java.util.concurrent.CompletableFuture", "result")
                .field("java.util.concurrent.CompletableFuture$AltResult", "ex");
    }

    public Paths futureTask() {
        return field("java.util.concurrent.FutureTask", "outcome");
    }

    public Paths repeated() {
        Hop last = hops.remove(hops.size() - 1);
        hops.add(new Hop(last.kind(), last.holder(), last.owner(), last.member(), true));
        return this;
    }

    private Paths add(Kind kind, String holder, String owner, String member) {
        hops.add(new Hop(kind, holder, owner, member, false));
        return this;
    }

    public Paths reachable(Reachability reachability) {
        this.reachability = reachability;
        return this;
    }

    public Paths of(String type) {
        this.type = type;
        return this;
    }

    public Paths failures(Integer... cohorts) {
        this.cohorts = List.of(cohorts);
        failures = this.cohorts.stream().mapToInt(Integer::intValue).sum();
        return this;
    }

    public Paths bytes(long bytes) {
        this.bytes = bytes;
        return this;
    }

    public Paths likely(String cause, String remedy) {
        likely = new LikelyCause(cause, remedy);
        return this;
    }

    /** Without a likely cause, unless one is given. */
    public Signature signature() {
        return new Signature(reachability, steps(), type, failures, bytes, cohorts, likely);
    }

    /** With the cause that the rules find. */
    public Signature explained() {
        likely = LikelyCauses.of(signature());
        return signature();
    }

    // What a step holds is what the next one starts from.
    private List<PathStep> steps() {
        List<PathStep> steps = new ArrayList<>();
        for (int i = 0; i < hops.size(); i++) {
            Hop hop = hops.get(i);
            String held = i + 1 < hops.size() ? hops.get(i + 1).holder() : type;
            steps.add(new PathStep(hop.kind(), hop.holder(), hop.owner(), hop.member(), held, hop.repeated()));
        }
        return steps;
    }
}
