package io.github.retainless.internal.heap;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** What jcmd can ask of a JVM, asked by the JVM of itself. */
final class DiagnosticCommand {
    private static final Object[] NO_ARGUMENTS = {new String[0]};
    private static final String[] SIGNATURE = {String[].class.getName()};

    private DiagnosticCommand() {}

    /**
     * Runs a command that takes arguments, without any.
     *
     * @throws JMException if this JVM does not have it
     */
    static String run(String operation) throws JMException {
        return invoke(operation, NO_ARGUMENTS, SIGNATURE);
    }

    /**
     * Runs a command that takes no arguments.
     *
     * @throws JMException if this JVM does not have it
     */
    static String runPlain(String operation) throws JMException {
        return invoke(operation, new Object[0], new String[0]);
    }

    private static String invoke(String operation, Object[] arguments, String[] signature) throws JMException {
        ObjectName name = new ObjectName("com.sun.management:type=DiagnosticCommand");
        return String.valueOf(ManagementFactory.getPlatformMBeanServer().invoke(name, operation, arguments, signature));
    }
}
