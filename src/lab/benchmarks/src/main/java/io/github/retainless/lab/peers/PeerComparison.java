package io.github.retainless.lab.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Who explains a leak how well and at what cost: this library, Shark and JMemoryBuddy, on the same program. Arguments:
 * how many failures leak through each group, how often each tool reads each dump, and the sizes of the heap. Ends with
 * an error unless we are right everywhere in the heap that we may take.
 */
public final class PeerComparison {
    private PeerComparison() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int failures = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        List<String> sizes = Arrays.asList(arguments).subList(2, arguments.length);
        System.out.printf(
                "Shark %s, JMemoryBuddy %s; JDK %s, %d processors%n",
                System.getProperty("shark.version"),
                System.getProperty("jmemorybuddy.version"),
                Runtime.version(),
                Runtime.getRuntime().availableProcessors());
        boolean flawless = true;
        Path directory = Files.createTempDirectory("retainless-peers");
        try {
            for (String name : sizes) {
                HeapSize size = HeapSize.valueOf(name.toUpperCase(Locale.ROOT));
                flawless &= new SideBySide(size, failures, rounds, directory).run();
            }
        } finally {
            Folders.empty(directory);
            Files.delete(directory);
        }
        if (!flawless) {
            System.out.println("\nRetainless is not right everywhere.");
            System.exit(1);
        }
    }
}
