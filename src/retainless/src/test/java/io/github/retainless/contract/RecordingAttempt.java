package io.github.retainless.contract;

import io.github.retainless.experiment.Attempt;
import java.util.ArrayList;
import java.util.List;

/** An attempt for calls of a task without an experiment around. */
final class RecordingAttempt implements Attempt {
    private final List<Object> tracked = new ArrayList<>();

    @Override
    public int number() {
        return 1;
    }

    @Override
    public boolean mustSucceed() {
        return false;
    }

    @Override
    public void observe(Object outcome) {}

    @Override
    public <T> T track(T object) {
        tracked.add(object);
        return object;
    }

    List<Object> tracked() {
        return tracked;
    }
}
