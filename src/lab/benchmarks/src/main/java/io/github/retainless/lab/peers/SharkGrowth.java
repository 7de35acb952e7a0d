package io.github.retainless.lab.peers;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import shark.CloseableHeapGraph;
import shark.HeapGraph;
import shark.HprofHeapGraph;
import shark.HprofIndex;

/**
 * Shark's heap diff: which objects grow from dump to dump. Only the alpha of its next version has it, which cannot be
 * compiled against beside the present one, so that what is new is called by reflection.
 */
final class SharkGrowth {
    private final Object detector;
    private final Method findGrowingObjects;
    private Object state;

    SharkGrowth(int runsBetweenDumps) throws ReflectiveOperationException {
        Class<?> type = Class.forName("shark.ObjectGrowthDetector");
        Class<?> companion = Class.forName("shark.ObjectGrowthDetector$Companion");
        detector = Class.forName("shark.JvmObjectGrowthDetectorKt")
                .getMethod("forJvmHeap$default", companion, List.class, int.class, Object.class)
                .invoke(null, type.getField("Companion").get(null), null, 1, null);
        Constructor<?> start = Class.forName("shark.InitialState").getConstructor(int.class);
        state = start.newInstance(runsBetweenDumps);
        findGrowingObjects =
                type.getMethod("findGrowingObjects", HeapGraph.class, Class.forName("shark.HeapTraversalInput"));
    }

    void look(Path dump) throws ReflectiveOperationException, IOException {
        try (CloseableHeapGraph graph = HprofHeapGraph.Companion.openHeapGraph(
                dump.toFile(), null, HprofIndex.Companion.defaultIndexedGcRootTags())) {
            state = findGrowingObjects.invoke(detector, graph, state);
        }
    }

    /** Whether the heap has stopped growing. */
    boolean hasEnded() throws ReflectiveOperationException {
        return isDiff() && !(boolean) state.getClass().getMethod("isGrowing").invoke(state);
    }

    /** The paths to what grows. */
    String growing() throws ReflectiveOperationException {
        StringJoiner paths = new StringJoiner("\n");
        for (Object node :
                (List<?>) state.getClass().getMethod("getGrowingObjects").invoke(state)) {
            paths.add(String.valueOf(
                    node.getClass().getMethod("pathFromRootAsString").invoke(node)));
        }
        return paths.toString();
    }

    private boolean isDiff() {
        return state.getClass().getName().equals("shark.HeapDiff");
    }
}
