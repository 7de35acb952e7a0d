package io.github.retainless.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Main classes by short names, each with the arguments that it gets when the command line gives fewer. */
public final class Programs {
    private static final int USAGE_ERROR = 2;

    private Programs() {}

    /** What a main class declares. */
    @FunctionalInterface
    public interface Main {
        /** Runs it. */
        void run(String[] arguments) throws Exception;
    }

    /**
     * A main class.
     *
     * @param defaults its arguments, in their order; the last one may be several words
     */
    public record Program(Main main, List<String> defaults) {
        /** A program with its default arguments. */
        public static Program of(Main main, String... defaults) {
            return new Program(main, List.of(defaults));
        }

        /** The arguments that were given, and the defaults of those that were not. */
        List<String> complete(List<String> given) {
            List<String> all = new ArrayList<>(given);
            for (int i = given.size(); i < defaults.size(); i++) {
                boolean isLast = i == defaults.size() - 1;
                all.addAll(isLast ? List.of(defaults.get(i).split(" ")) : List.of(defaults.get(i)));
            }
            return all;
        }
    }

    /**
     * Runs the program that the first argument names. If there is no such program, prints the names and ends with code
     * 2.
     */
    public static void run(Map<String, Program> programs, String[] arguments) throws Exception {
        Program program = arguments.length == 0 ? null : programs.get(arguments[0]);
        if (program == null) {
            String asked = arguments.length == 0 ? "" : arguments[0];
            System.err.println(
                    "There is no program \"" + asked + "\". The programs are: " + String.join(", ", programs.keySet()));
            System.exit(USAGE_ERROR);
            return;
        }
        List<String> given = Arrays.asList(arguments).subList(1, arguments.length);
        program.main().run(program.complete(given).toArray(String[]::new));
    }
}
