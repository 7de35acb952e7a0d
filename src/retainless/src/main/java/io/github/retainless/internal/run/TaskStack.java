package io.github.retainless.internal.run;

import java.util.stream.Stream;

/** Where a thread is inside a task, as text. */
final class TaskStack {
    private static final int MOST_FRAMES = 30;

    private TaskStack() {}

    static String of(Thread thread) {
        StringBuilder text = new StringBuilder("  thread \"")
                .append(thread.getName())
                .append("\" ")
                .append(thread.getState());
        StackTraceElement[] frames = thread.getStackTrace();
        for (int i = 0; i < Math.min(framesOfTheTask(frames), MOST_FRAMES); i++) {
            text.append("\n    at ").append(frames[i]);
        }
        return text.append('\n').toString();
    }

    /** How many frames, from the top, are not about how we call the task. */
    private static int framesOfTheTask(StackTraceElement[] frames) {
        int count = frames.length;
        for (int i = frames.length - 1; i >= 0; i--) {
            if (frames[i].getClassName().equals(RunningAttempt.class.getName())) {
                count = i;
            }
        }
        while (count > 0 && isPlumbing(frames[count - 1].getClassName())) {
            count--;
        }
        return count == 0 ? frames.length : count;
    }

    private static boolean isPlumbing(String className) {
        return className.matches(
                        "io\\.github\\.retainless\\.(experiment\\.RetentionExperiment|RetentionExtension)(\\$\\$.*)?")
                || Stream.of("org.junit.", "java.lang.reflect.", "jdk.internal.reflect.")
                        .anyMatch(className::startsWith);
    }
}
