package io.github.retainless.lab.benchmark;

import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;

/** Object graphs to weigh. */
enum Graph {
    /** Failures with two causes each, all with a stack, whose frames refer to classes. */
    FAILURES("1,000 failures, each with 4 KiB and two causes", true) {
        @Override
        Object make() {
            return failures(true);
        }
    },
    /** The same without stacks. */
    FAILURES_WITHOUT_STACK("the same without stacks", false) {
        @Override
        Object make() {
            return failures(false);
        }
    },
    MAP("a `HashMap` of 100,000 entries", false) {
        @Override
        Object make() {
            Map<Object, Object> map = new HashMap<>();
            for (int i = 0; i < 100_000; i++) {
                map.put("order-" + i, new long[] {i});
            }
            return map;
        }
    },
    LIST("a `LinkedList` of 100,000 elements", false) {
        @Override
        Object make() {
            List<Object> list = new LinkedList<>();
            for (int i = 0; i < 100_000; i++) {
                list.add(new int[] {i});
            }
            return list;
        }
    },
    ARRAYS("an array of 1,000 arrays of 500 arrays", false) {
        @Override
        Object make() {
            return new byte[1_000][500][8];
        }
    };

    private final String title;
    private final boolean leadsToClasses;

    Graph(String title, boolean leadsToClasses) {
        this.title = title;
        this.leadsToClasses = leadsToClasses;
    }

    /** A new one, by its root. */
    abstract Object make();

    String title() {
        return title;
    }

    /** Whether who follows every reference comes to the classes of the program, and so to most of it. */
    boolean leadsToClasses() {
        return leadsToClasses;
    }

    private static Object failures(boolean withStacks) {
        Object[] failures = new Object[1_000];
        for (int i = 0; i < failures.length; i++) {
            Exception connection = new Failed("connection " + i, null, new byte[0], withStacks);
            Exception payment = new Failed("payment " + i, connection, new byte[0], withStacks);
            failures[i] = new Failed("order " + i, payment, new byte[4096], withStacks);
        }
        return failures;
    }

    private static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("unused") // Kept, that is its use.
        private final transient byte[] response;

        Failed(String message, Exception cause, byte[] response, boolean withStack) {
            super(message, cause, true, withStack);
            this.response = response;
        }
    }
}
