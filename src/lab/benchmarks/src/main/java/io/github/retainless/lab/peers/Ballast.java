package io.github.retainless.lab.peers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What fills a heap that leaks nothing: 13 objects of about 800 bytes for each customer. */
final class Ballast {
    private static final Map<Integer, Customer> CUSTOMERS = new HashMap<>();

    private Ballast() {}

    private record Customer(String name, List<Order> orders) {}

    private record Order(Long number, byte[] receipt) {}

    static void load(int customers) {
        for (int i = 0; i < customers; i++) {
            List<Order> orders = new ArrayList<>(2);
            orders.add(new Order(1_000L + i, new byte[256]));
            orders.add(new Order(2_000_000_000L + i, new byte[256]));
            // Beyond the cache of small integers, so that each key is an object.
            CUSTOMERS.put(1_000 + i, new Customer("customer " + i, orders));
        }
    }
}
