package dev.trestle.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trestle.core.merge.Digest;
import dev.trestle.core.merge.MergeRefused;
import dev.trestle.registry.ImageView;
import dev.trestle.registry.ImageView.AttestationView;
import dev.trestle.registry.ImageView.PlatformView;
import dev.trestle.registry.RegistryFailure;
import dev.trestle.registry.Repository;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trestle inspect}: shows the image of a tag, platform by platform. */
@Command(
        name = "inspect",
        description = "Shows an image in a registry: digest, platforms, sizes, attestations.",
        exitCodeOnInvalidInput = 1)
public final class InspectCommand implements Callable<Integer> {

    /** The forms of the output. */
    enum Form {
        text,
        json
    }

    @Parameters(
            paramLabel = "REPOSITORY[:TAG|@DIGEST]",
            description = "The image; its tag is 'latest' if none is given.")
    String image = "";

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            description = "One of ${COMPLETION-CANDIDATES}.")
    Form output = Form.text;

    @Mixin
    RegistryOptions registries = new RegistryOptions();

    @Spec
    CommandSpec spec = CommandSpec.create();

    /** Prints the image, or why it cannot be shown. */
    @Override
    public Integer call() {
        try {
            var repository = repository();
            var view = ImageView.of(registries.registry(System.getenv()), repository, reference());
            switch (output) {
                case text -> text(view, spec.commandLine().getOut());
                case json -> spec.commandLine().getOut().println(json(view));
            }
            return 0;
        } catch (RegistryFailure | MergeRefused | IllegalArgumentException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
    }

    private Repository repository() {
        return Repository.parse(image.substring(0, nameEnd()));
    }

    private String reference() {
        var rest = image.substring(nameEnd());
        if (rest.isEmpty()) {
            return "latest";
        }
        var reference = rest.substring(1);
        return rest.startsWith("@") ? new Digest(reference).value() : Repository.requireTag(reference);
    }

    private int nameEnd() {
        var at = image.indexOf('@');
        if (at >= 0) {
            return at;
        }
        var colon = image.indexOf(':', Math.max(image.lastIndexOf('/'), 0));
        return colon >= 0 ? colon : image.length();
    }

    private void text(ImageView view, PrintWriter out) {
        out.printf("Image      %s%n", image);
        out.printf("Digest     %s%n", view.digest());
        out.printf("MediaType  %s%n%n", view.mediaType());
        var row = "%-16s  %-71s  %10s  %s%n";
        out.printf(row, "PLATFORM", "MANIFEST", "SIZE", "ATTESTATIONS");
        for (var platform : view.platforms()) {
            out.printf(row, platform.platform(), platform.digest(), size(platform.size()), attested(platform));
        }
    }

    private static String attested(PlatformView platform) {
        if (platform.attestations().isEmpty()) {
            return "none";
        }
        return String.join(
                ", ",
                platform.attestations().stream()
                        .flatMap(attestation -> attestation.predicates().stream())
                        .toList());
    }

    private static String size(long bytes) {
        if (bytes < 1 << 20) {
            return String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
        }
        return String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
    }

    private static String json(ImageView view) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("digest", view.digest().value())
                .put("mediaType", view.mediaType());
        var platforms = json.putArray("platforms");
        for (var shown : view.platforms()) {
            var platform = platforms
                    .addObject()
                    .put("platform", shown.platform())
                    .put("digest", shown.digest().value())
                    .put("size", shown.size());
            var attestations = platform.putArray("attestations");
            for (AttestationView attestation : shown.attestations()) {
                var predicates = attestations
                        .addObject()
                        .put("digest", attestation.digest().value())
                        .putArray("predicates");
                attestation.predicates().forEach(predicates::add);
            }
        }
        return json.toPrettyString();
    }
}
