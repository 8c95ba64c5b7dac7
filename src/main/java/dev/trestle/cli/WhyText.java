package dev.trestle.cli;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.BackendBuildStatus;
import dev.trestle.api.BuiltLeg;
import dev.trestle.api.LegFailure;
import dev.trestle.api.LegStatus;
import dev.trestle.api.PublishedImage;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A build's status for people: a paragraph for the image and one for each leg. */
final class WhyText {
    /** A build that is suspended and idle has no {@code Ready}. */
    private static final Set<String> SUMMARY = Set.of("Ready", "Suspended");

    private final PrintWriter out;
    private final String name;
    private final String namespace;

    private WhyText(BackendBuild build, PrintWriter out) {
        this.out = out;
        this.name = build.getMetadata().getName();
        this.namespace = build.getMetadata().getNamespace();
    }

    static void print(BackendBuild build, PrintWriter out) {
        var status = Objects.requireNonNullElseGet(build.getStatus(), BackendBuildStatus::unseen);
        new WhyText(build, out).print(status);
    }

    private void print(BackendBuildStatus status) {
        out.printf("BackendBuild %s/%s%n", namespace, name);
        if (status.conditions().isEmpty()) {
            out.println(
                    "  The operator has not looked at it yet. Is it running? kubectl get deployments -A -l app.kubernetes.io/name=trestle");
        }
        status.conditions().stream()
                .filter(condition -> SUMMARY.contains(condition.type()))
                .forEach(told ->
                        out.printf("  %s %s, %s: %s%n", told.type(), told.status(), told.reason(), told.message()));
        Optional.ofNullable(status.image()).ifPresent(this::image);
        Optional.ofNullable(status.run())
                .ifPresent(run -> out.printf(
                        "  Run of %.12s, begun %s, %s%n",
                        run.revision(),
                        run.startedAt(),
                        run.finishedAt() == null ? "under way" : "ended " + run.finishedAt()));
        status.legs().forEach(this::leg);
        out.printf("%nMore: kubectl -n %s describe backendbuild %s%n", namespace, name);
    }

    private void image(PublishedImage image) {
        out.printf(
                "  Image %s@%s, of %.12s, published %s%n",
                image.repositories().getFirst(),
                image.digest(),
                Objects.requireNonNullElse(image.revision(), "an unknown commit"),
                image.publishedAt());
    }

    private void leg(LegStatus leg) {
        out.printf("%nLeg %s: %s%n", leg.platform(), leg.state());
        leg.reasons().forEach(reason -> out.println("  why    " + reason));
        Optional.ofNullable(leg.message())
                .ifPresent(message -> out.println("  %-6s %s".formatted(about(leg), message)));
        Optional.ofNullable(leg.failure()).ifPresent(this::failure);
        Optional.ofNullable(leg.built()).ifPresent(built -> built(leg, built));
        Optional.ofNullable(leg.pod())
                .ifPresent(pod -> out.printf("  log    kubectl -n %s logs %s -c build%n", namespace, pod));
    }

    private static String about(LegStatus leg) {
        return switch (leg.state()) {
            case Waiting, Queued -> "waits";
            case Building, Built, Failed -> "note";
        };
    }

    private void failure(LegFailure failure) {
        var place =
                Optional.ofNullable(failure.location()).map(" (%s)"::formatted).orElse("");
        var step = Optional.ofNullable(failure.step())
                .map(text -> " in '%s'%s".formatted(text, place))
                .orElse("");
        out.printf("  failed %s (%s)%s: %s%n", failure.reason(), failure.failureClass(), step, failure.message());
        failure.lastLines().forEach(line -> out.println("         | " + line));
    }

    private void built(LegStatus leg, BuiltLeg built) {
        var old = built.fingerprint().equals(leg.fingerprint()) ? "" : ", of older inputs";
        out.printf("  image  %s, built %s%s%n", built.digest(), built.finishedAt(), old);
    }
}
