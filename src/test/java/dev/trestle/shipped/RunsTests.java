package dev.trestle.shipped;

import java.util.stream.Stream;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs test classes and writes how many of their tests passed; each that failed is written with its cause to standard error. */
final class RunsTests {
    private RunsTests() {}

    static void main(String[] classes) {
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(
                        Stream.of(classes).map(DiscoverySelectors::selectClass).toList())
                .build();
        var listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        var summary = listener.getSummary();
        summary.getFailures()
                .forEach(failure -> System.err.println(
                        failure.getTestIdentifier().getDisplayName() + ": " + failure.getException()));
        System.out.println(summary.getTestsSucceededCount() + " of " + summary.getTestsFoundCount());
        System.exit(0);
    }
}
