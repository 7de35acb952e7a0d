package io.github.retainless.internal.dump;

import org.jspecify.annotations.Nullable;

/** Knows the JDK's collections, so that a path shows a map and its key instead of a table, a bucket and four nodes. */
final class JdkCollections {
    private JdkCollections() {}

    /** Whether a class is a collection or a map, and the field of it that a path goes through is the JDK's. */
    static boolean isCollection(@Nullable DumpClass type) {
        return type != null && (isContainer(type) || isWrapper(type));
    }

    private static boolean isContainer(DumpClass type) {
        return type.isKindOf("java.util.AbstractCollection")
                || type.isKindOf("java.util.AbstractMap")
                || type.isKindOf("java.util.Dictionary")
                || type.isKindOf("java.util.concurrent.ConcurrentHashMap$CollectionView")
                || type.isKindOf("java.util.concurrent.CopyOnWriteArrayList");
    }

    /** Synchronized, unmodifiable and checked ones extend nothing. */
    private static boolean isWrapper(DumpClass type) {
        for (DumpClass at = type; at != null; at = at.superclass) {
            if (at.name.startsWith("java.util.Collections$")) {
                return true;
            }
        }
        return false;
    }

    static boolean isMap(DumpClass type) {
        return type.isKindOf("java.util.AbstractMap")
                || type.isKindOf("java.util.Dictionary")
                || type.name.startsWith("java.util.Collections$") && type.name.endsWith("Map");
    }

    /** Whether what a map's inside refers to is a key; some maps keep keys and values by turns in one array. */
    static boolean isKey(DumpClass map, Details.FieldLink link) {
        if (link.owner() != null) {
            return link.field().equals("key") || link.field().equals("k0");
        }
        boolean isByTurns = map.isKindOf("java.util.IdentityHashMap") || map.name.endsWith("$MapN");
        return isByTurns && link.index() % 2 == 0;
    }

    /** Whether its elements have a place that says something, unlike those of a hash set. */
    static boolean isOrdered(DumpClass type) {
        return !isMap(type) && !type.name.endsWith("Set") && !type.name.endsWith("KeySetView");
    }

    /** Whether a class is one that the JDK's collections are built of. */
    static boolean isNode(DumpClass type) {
        String name = type.name;
        int nested = name.indexOf('$');
        if (nested < 0 || !name.startsWith("java.util.") || isContainer(type) || isWrapper(type)) {
            return false;
        }
        return switch (name.substring(name.lastIndexOf('$') + 1)) {
            case "Node",
                    "Entry",
                    "TreeNode",
                    "TreeBin",
                    "ReservationNode",
                    "ForwardingNode",
                    "Index",
                    "HeadIndex",
                    "DualNode" -> true;
            default -> false;
        };
    }
}
