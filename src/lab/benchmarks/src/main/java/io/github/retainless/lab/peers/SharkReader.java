package io.github.retainless.lab.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import shark.CloseableHeapGraph;
import shark.HeapAnalysis;
import shark.HeapAnalysisFailure;
import shark.HeapAnalysisSuccess;
import shark.HeapAnalyzer;
import shark.HeapGraph;
import shark.HeapObject;
import shark.HprofHeapGraph;
import shark.HprofIndex;
import shark.IgnoredReferenceMatcher;
import shark.Leak;
import shark.LeakTrace;
import shark.LeakTraceObject;
import shark.LeakTraceReference;
import shark.MetadataExtractor;
import shark.ObjectInspectors;
import shark.OnAnalysisProgressListener;
import shark.ReferenceMatcher;
import shark.ReferencePattern;

/** Shark as its users on the JVM run it: the inspectors for the JDK, references ignored that do not hold. */
final class SharkReader {
    private static final String THREAD_LABEL = "Thread name: '";

    private SharkReader() {}

    static List<Finding> pathsOnly(Path dump) {
        return read(dump, false);
    }

    static List<Finding> withRetainedSizes(Path dump) {
        return read(dump, true);
    }

    private static List<Finding> read(Path dump, boolean retainedSizes) {
        try (CloseableHeapGraph graph = HprofHeapGraph.Companion.openHeapGraph(
                dump.toFile(), null, HprofIndex.Companion.defaultIndexedGcRootTags())) {
            HeapAnalysis analysis = new HeapAnalyzer(OnAnalysisProgressListener.Companion.getNO_OP())
                    .analyze(
                            dump.toFile(),
                            graph,
                            SharkReader::declinedPayments,
                            notHolding(),
                            retainedSizes,
                            ObjectInspectors.Companion.getJdkDefaults(),
                            MetadataExtractor.Companion.getNO_OP());
            if (analysis instanceof HeapAnalysisFailure failure) {
                throw failure.getException();
            }
            List<Finding> findings = new ArrayList<>();
            HeapAnalysisSuccess success = (HeapAnalysisSuccess) analysis;
            Stream.concat(success.getApplicationLeaks().stream(), success.getLibraryLeaks().stream())
                    .forEach(leak -> findings.add(finding(leak)));
            return findings;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Set<Long> declinedPayments(HeapGraph graph) {
        HeapObject.HeapClass type = graph.findClassByName(PaymentDeclined.class.getName());
        Set<Long> ids = new HashSet<>();
        if (type != null) {
            for (Iterator<HeapObject.HeapInstance> i = type.getDirectInstances().iterator(); i.hasNext(); ) {
                ids.add(i.next().getObjectId());
            }
        }
        return ids;
    }

    private static List<ReferenceMatcher> notHolding() {
        return List.of(
                ignored("java.lang.ref.WeakReference", "referent"),
                ignored("java.lang.ref.SoftReference", "referent"),
                ignored("java.lang.ref.PhantomReference", "referent"),
                ignored("java.lang.ref.Finalizer", "prev"),
                ignored("java.lang.ref.Finalizer", "next"),
                ignored("java.lang.ref.Finalizer", "element"));
    }

    private static ReferenceMatcher ignored(String type, String field) {
        return new IgnoredReferenceMatcher(new ReferencePattern.InstanceFieldPattern(type, field));
    }

    private static Finding finding(Leak leak) {
        LeakTrace trace = leak.getLeakTraces().get(0);
        List<String> path = new ArrayList<>();
        for (LeakTraceReference reference : trace.getReferencePath()) {
            if (path.isEmpty()) {
                threadName(reference.getOriginObject()).forEach(name -> path.add("thread " + name));
            }
            path.add(node(reference));
        }
        return new Finding(leak.getLeakTraces().size(), path);
    }

    private static Stream<String> threadName(LeakTraceObject object) {
        return object.getLabels().stream()
                .filter(label -> label.startsWith(THREAD_LABEL))
                .map(label -> label.substring(THREAD_LABEL.length(), label.length() - 1));
    }

    private static String node(LeakTraceReference reference) {
        String member = Names.simple(reference.getOwningClassName()) + "." + reference.getReferenceName();
        return switch (reference.getReferenceType()) {
            case STATIC_FIELD -> "static " + member;
            case INSTANCE_FIELD -> {
                if (member.equals("ThreadLocal$ThreadLocalMap$Entry.value")) {
                    yield "thread-local (unnamed)";
                }
                // Whoever knows queues reads that as an element.
                yield member.endsWith("Queue$Node.item") ? "[]" : member;
            }
            case LOCAL -> "local (unnamed)";
            case ARRAY_ENTRY -> "[]";
        };
    }
}
