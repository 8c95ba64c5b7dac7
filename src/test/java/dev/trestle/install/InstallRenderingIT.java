package dev.trestle.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The chart and config/ install the same, with the CRDs that are generated from the API. */
class InstallRenderingIT {
    private static final Path CRDS = Path.of("crds");
    private static final Path KUSTOMIZE = Path.of("config", "default");
    private static final List<String> LABELS_OF_HELM =
            List.of("helm.sh/chart", "app.kubernetes.io/managed-by", "app.kubernetes.io/version");

    @Test
    void chartAndKustomizeInstallTheSameObjects() throws Exception {
        var byHelm = Rendered.byHelm(List.of());
        var byKustomize = Rendered.byKustomize(KUSTOMIZE);

        // Helm's release namespace is made before the release, never by it
        var expected = new TreeSet<>(byKustomize.objects().keySet());
        assertThat(expected.remove("Namespace /" + Rendered.NAMESPACE)).isTrue();
        assertThat(byHelm.objects().keySet()).isEqualTo(expected);
        for (var key : expected) {
            assertThat(withoutHelm(byHelm.object(key))).as(key).isEqualTo(withoutHelm(byKustomize.object(key)));
        }
        assertThat(byHelm.configuration()).isEqualTo(byKustomize.configuration());
    }

    @Test
    void chartAndKustomizeInstallTheSameForOneNamespace() throws Exception {
        var byHelm = Rendered.byHelm(List.of("--set", "watchNamespaces={builds}"));
        var byKustomize = Rendered.byKustomize(Path.of("config", "namespaced"));

        var expected = new TreeSet<>(byKustomize.objects().keySet());
        expected.remove("Namespace /" + Rendered.NAMESPACE);
        assertThat(byHelm.objects().keySet()).isEqualTo(expected);
        for (var key : expected) {
            assertThat(withoutHelm(byHelm.object(key))).as(key).isEqualTo(withoutHelm(byKustomize.object(key)));
        }
    }

    @Test
    void chartAndKustomizeMakeTheSameNamespaceOfUntrustedBuilds() throws Exception {
        var byHelm = Rendered.byHelm(List.of("--set", "untrusted.namespaces={untrusted-builds}"));
        var byKustomize = Rendered.byKustomize(Path.of("config", "untrusted-namespace"));

        assertThat(byKustomize.objects()).hasSize(5);
        for (var key : byKustomize.objects().keySet()) {
            assertThat(withoutLabelsOfTheRelease(withoutHelm(byHelm.object(key))))
                    .as(key)
                    .isEqualTo(byKustomize.object(key));
        }
    }

    @Test
    void chartAndKustomizeMonitorTheSame() throws Exception {
        var byHelm = Rendered.byHelm(List.of("--set", "serviceMonitor.enabled=true,prometheusRule.enabled=true"));
        var byKustomize = Rendered.byKustomize(AlertRules.KUSTOMIZE);

        assertThat(byKustomize.objects().keySet())
                .containsExactly("PrometheusRule trestle-system/trestle", "ServiceMonitor trestle-system/trestle");
        for (var key : byKustomize.objects().keySet()) {
            assertThat(withoutHelm(byHelm.object(key))).as(key).isEqualTo(byKustomize.object(key));
        }
        assertThat(byHelm.object("PrometheusRule trestle-system/trestle").get("spec"))
                .isEqualTo(AlertRules.groups());
    }

    @Test
    void kustomizeHasTheGeneratedCrds() throws Exception {
        assertThat(filesOf(Path.of("config", "crd", "bases")))
                .as("config/crd/bases differs from crds: run 'cp crds/trestle.dev_*.yaml config/crd/bases/'")
                .isEqualTo(filesOf(CRDS));
    }

    @Test
    void chartHasTheGeneratedCrdsAndKeepsThem() throws Exception {
        var generated = Rendered.of(String.join("\n---\n", filesOf(CRDS).values()));
        var rendered = Rendered.byHelm(List.of());

        assertThat(generated.objects()).hasSize(3);
        for (var key : generated.objects().keySet()) {
            var crd = rendered.object(key);
            assertThat(crd.get("spec")).as(key).isEqualTo(generated.object(key).get("spec"));
            assertThat(crd.at("/metadata/annotations/helm.sh~1resource-policy").asText())
                    .as(key)
                    .isEqualTo("keep");
        }
    }

    @Test
    void lintIsClean() throws Exception {
        var lint = Command.run(List.of("helm", "lint", "--strict", Rendered.CHART.toString()));
        assertThat(lint.outputOfSuccess()).contains("0 chart(s) failed").doesNotContain("[WARNING]", "[ERROR]");
    }

    @Test
    void chartHasTheVersionOfTheOperator() throws Exception {
        var version = Pattern.compile("<artifactId>trestle</artifactId>\\s*<version>([^<-]+)(-SNAPSHOT)?</version>")
                .matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        assertThat(Files.readAllLines(Rendered.CHART.resolve("Chart.yaml")))
                .contains("version: " + version.group(1), "appVersion: \"%s\"".formatted(version.group(1)));
    }

    private static Map<String, String> filesOf(Path folder) throws IOException {
        var files = new TreeMap<String, String>();
        try (var paths = Files.newDirectoryStream(folder, "trestle.dev_*.yaml")) {
            for (var path : paths) {
                files.put(path.getFileName().toString(), Files.readString(path));
            }
        }
        return files;
    }

    private static ObjectNode withoutLabelsOfTheRelease(ObjectNode object) {
        var labels = object.withObject("/metadata/labels");
        labels.remove(List.of("app.kubernetes.io/name", "app.kubernetes.io/instance"));
        if (labels.isEmpty()) {
            object.withObject("/metadata").remove("labels");
        }
        return object;
    }

    /** The object as it is without what only Helm adds, and without the configuration's text, which is compared by its meaning. */
    private static ObjectNode withoutHelm(ObjectNode object) {
        var plain = object.deepCopy();
        if (plain.at("/metadata/labels") instanceof ObjectNode labels) {
            labels.remove(LABELS_OF_HELM);
        }
        if (plain.at("/metadata/annotations") instanceof ObjectNode annotations
                && annotations.remove("helm.sh/resource-policy") != null
                && annotations.isEmpty()) {
            plain.withObject("/metadata").remove("annotations");
        }
        if (plain.at("/data") instanceof ObjectNode data) {
            data.remove("config.yaml");
        }
        return plain;
    }
}
