package io.github.retainless.lab.peers;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Puts the question to one racer, with other things in the heap. Arguments: the racer, the size of the heap, whether
 * the subject leaks, and a directory for dumps.
 */
final class RacingProgram {
    /** Fields, since a frame that held it would be where a reader finds everything. */
    @SuppressWarnings("unused")
    private static Dispatcher dispatcher;

    private RacingProgram() {}

    public static void main(String[] arguments) throws Exception {
        Racer racer = Racer.valueOf(arguments[0]);
        HeapSize size = HeapSize.valueOf(arguments[1]);
        boolean leaks = Boolean.parseBoolean(arguments[2]);
        Path directory = Path.of(arguments[3]);
        Ballast.load(size.customers());
        System.gc();
        dispatcher = new Dispatcher(leaks);
        // By the ProcessHandle, as the beans that also tell would have been loaded for those who need them.
        Duration cpu = cpu();
        long start = System.nanoTime();
        Question.Answer answer = racer.ask(dispatcher, directory);
        long nanos = System.nanoTime() - start;
        double cpuSeconds = cpu().minus(cpu).toMillis() / 1e3;
        PeerJvm.say("effort", new Effort(cpuSeconds, nanos / 1e9).words());
        PeerJvm.say("leaks", String.valueOf(answer.leaks()));
        PeerJvm.say("named", String.valueOf(answer.namesTheHolder()));
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
