package io.github.retainless.lab.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One tool reads one dump, in a JVM of its own. Arguments: the tool and the dump. Prints the findings and what it took.
 */
final class ReadingProgram {
    private ReadingProgram() {}

    public static void main(String[] arguments) throws IOException {
        Tool tool = Tool.valueOf(arguments[0]);
        Effort.Meter meter = new Effort.Meter();
        List<Finding> findings = tool.read(Path.of(arguments[1]));
        Effort effort = meter.read();
        for (Finding finding : findings) {
            PeerJvm.say("finding", finding.line());
        }
        PeerJvm.say("effort", effort.words());
    }
}
