package io.github.retainless.lab.selfcheck;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a fixture as a build tool does; says of each test what came of it. Takes and gives the JDK's types only. */
public final class FixtureRun implements BiFunction<Class<?>, Map<String, String>, Map<String, String>> {
    @Override
    public Map<String, String> apply(Class<?> fixture, Map<String, String> parameters) {
        Outcomes outcomes = new Outcomes();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(fixture))
                                .configurationParameters(parameters)
                                .build(),
                        outcomes);
        return outcomes.byTest;
    }

    private static final class Outcomes implements TestExecutionListener {
        private final Map<String, String> byTest = new TreeMap<>();

        @Override
        public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
            add(test, entry.getKeyValuePairs().get("retainless.verdict"));
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest() || result.getThrowable().isPresent()) {
                add(test, result.getStatus().toString());
                result.getThrowable().ifPresent(thrown -> add(test, thrown.getMessage()));
            }
        }

        private synchronized void add(TestIdentifier test, String what) {
            byTest.merge(test.getDisplayName(), what, (before, more) -> before + " " + more);
        }
    }
}
