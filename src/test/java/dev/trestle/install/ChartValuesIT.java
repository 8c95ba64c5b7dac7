package dev.trestle.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.trestle.core.config.GitCredential;
import dev.trestle.core.config.Pool;
import dev.trestle.core.config.Pool.Security;
import dev.trestle.runtime.ConfigurationFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart's values do what they say, and wrong ones are refused by the name of their field. */
class ChartValuesIT {
    private static final Path EVERYTHING = Path.of("src/test/resources/install/values/everything.yaml");

    @Test
    void configurationIsPassedOnAsItStands() throws Exception {
        var given = new YAMLMapper().readTree(Files.readString(EVERYTHING)).get("config");
        assertThat(everything().configuration()).isEqualTo(given);
    }

    @Test
    void operatorUnderstandsEveryKey() throws Exception {
        var configuration = ConfigurationFile.parse(everything().configurationText());
        assertThat(configuration.registries()).hasSize(1);
        assertThat(configuration.pools())
                .singleElement()
                .extracting(Pool::security)
                .isEqualTo(Security.Privileged);
        assertThat(ConfigurationFile.parse(Rendered.byHelm(List.of()).configurationText())
                        .pools())
                .extracting(Pool::name)
                .containsExactly("amd64", "arm64");
    }

    @Test
    void hostsThatShareASecretShareItsVolume() throws Exception {
        var pod = Rendered.byHelm(
                        List.of(
                                "--set-json",
                                "gitCredentials=[{\"host\":\"git.example\",\"secretName\":\"bot\"},{\"host\":\"git.example:8443\",\"secretName\":\"bot\"}]"))
                .operatorPod();

        assertThat(pod.at("/spec/volumes").findValuesAsText("name")).containsOnlyOnce("git-bot");
        assertThat(pod.at("/spec/containers/0/volumeMounts").findValuesAsText("mountPath"))
                .containsOnlyOnce("/etc/trestle-git/bot");
    }

    @Test
    void oneHostWithTwoSecretsIsRefused() throws Exception {
        var helm = Rendered.helmTemplate(
                List.of(
                        "--set-json",
                        "gitCredentials=[{\"host\":\"git.example\",\"secretName\":\"a\"},{\"host\":\"git.example\",\"secretName\":\"b\"}]"));

        assertThat(helm.exitCode()).isNotZero();
        assertThat(helm.errors()).contains("host 'git.example' stands twice");
    }

    /** 'helm upgrade --reuse-values' gives the values of a release that had no such key. */
    @Test
    void whatOldValuesLackIsAsInTheChart() throws Exception {
        var whole = Rendered.byHelm(List.of());
        var keys =
                new YAMLMapper().readTree(Rendered.CHART.resolve("values.yaml").toFile());
        for (var key : keys.properties()) {
            assertThat(Rendered.byHelm(List.of("--set", key.getKey() + "=null")))
                    .as("without '%s'", key.getKey())
                    .isEqualTo(whole);
        }
        for (var key : List.of("config.repositories", "untrusted.egress", "crds.keep", "admissionPolicies.enabled")) {
            assertThat(Rendered.byHelm(List.of("--set", key + "=null")))
                    .as("without '%s'", key)
                    .isEqualTo(whole);
        }
    }

    @Test
    void untrustedImagesArePulledWithTheirSecrets() throws Exception {
        var account = Rendered.byHelm(
                        List.of("--set", "untrusted.namespaces={pr},untrusted.imagePullSecrets[0].name=mirror"))
                .object("ServiceAccount pr/trestle-untrusted");

        assertThat(account.at("/imagePullSecrets/0/name").asText()).isEqualTo("mirror");
    }

    @Test
    void digestWinsOverTag() throws Exception {
        assertThat(container(everything()).get("image").asText())
                .isEqualTo(
                        "registry.example/trestle@sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae");
    }

    @Test
    void mergesRunTheOperatorsImageUnlessToldOtherwise() throws Exception {
        var rendered = Rendered.byHelm(List.of("--set", "image.repository=registry.example/trestle,image.tag=v9"));
        assertThat(rendered.configuration().get("mergeImage").asText()).isEqualTo("registry.example/trestle:v9");
    }

    @Test
    void watchedNamespacesHaveRolesInsteadOfAClusterRole() throws Exception {
        var rendered = everything();
        assertThat(rendered.objects().keySet())
                .contains("Role team-a/trestle", "Role team-b/trestle")
                .contains("RoleBinding team-a/trestle", "RoleBinding team-b/trestle")
                .doesNotContain("ClusterRole /trestle", "ClusterRoleBinding /trestle");
        assertThat(environment(rendered)).containsEntry("TRESTLE_NAMESPACES", "team-a,team-b");
        assertThat(rendered.object("Role team-a/trestle").get("rules"))
                .isEqualTo(Rendered.byHelm(List.of())
                        .object("ClusterRole /trestle")
                        .get("rules"));
    }

    @Test
    void policiesSpeakOfThisReleasesOperatorImagesAndPools() throws Exception {
        var legs = Rendered.byHelm(List.of(
                        "--values",
                        EVERYTHING.toString(),
                        "--set",
                        "fullnameOverride=acme,admissionPolicies.builderImages={mirror.example/builder:1}"))
                .object("ValidatingAdmissionPolicy /acme-legs")
                .toString();
        assertThat(legs)
                .contains("'system:serviceaccount:trestle-system:acme'")
                .contains("['registry.example/builder:1', 'mirror.example/builder:1']")
                .contains("['gpu']")
                .doesNotContain("trestle-system:trestle");
    }

    @Test
    void policiesOfWatchedNamespacesAreForTheseAlone() throws Exception {
        var policies = everything().ofKinds("ValidatingAdmissionPolicy").toList();
        assertThat(everything().ofKinds("ValidatingAdmissionPolicyBinding"))
                .hasSameSizeAs(policies)
                .isNotEmpty()
                .allSatisfy(binding -> assertThat(
                                binding.at("/spec/matchResources/namespaceSelector/matchExpressions/0/values")
                                        .toString())
                        .isEqualTo("[\"team-a\",\"team-b\"]"));
    }

    @Test
    void besideTrustedBuildsOnlyUntrustedPodsAreRestricted() throws Exception {
        var rendered = Rendered.byHelm(List.of("--set", "untrusted.alsoIn={builds},untrusted.namespaces={proposals}"));
        assertThat(rendered.objects().keySet().stream().filter(key -> key.contains(" builds/")))
                .containsExactly("NetworkPolicy builds/trestle-untrusted", "ServiceAccount builds/trestle-untrusted");
        assertThat(rendered.object("NetworkPolicy builds/trestle-untrusted")
                        .at("/spec/podSelector")
                        .toString())
                .isEqualTo("{\"matchLabels\":{\"trestle.dev/trust\":\"Untrusted\"}}");
        assertThat(rendered.object("NetworkPolicy proposals/trestle-untrusted")
                        .at("/spec/podSelector")
                        .toString())
                .isEqualTo("{}");
    }

    @Test
    void egressIsAsTheValuesSay() throws Exception {
        var egress = Rendered.byHelm(List.of(
                        "--set",
                        "untrusted.namespaces={proposals},untrusted.egress.ports=null,"
                                + "untrusted.egress.allow[0].cidr=10.0.0.5/32,untrusted.egress.allow[0].port=5000"))
                .object("NetworkPolicy proposals/trestle-untrusted")
                .at("/spec/egress");
        assertThat(egress).hasSize(2);
        assertThat(egress.get(1).toString())
                .isEqualTo("{\"to\":[{\"ipBlock\":{\"cidr\":\"10.0.0.5/32\"}}],"
                        + "\"ports\":[{\"protocol\":\"TCP\",\"port\":5000}]}");
    }

    @Test
    void environmentReachesTheOperator() throws Exception {
        assertThat(environment(everything()))
                .containsEntry("JAVA_OPTS", "-Xmx256m")
                .containsEntry("HTTPS_PROXY", "http://proxy.example:3128");
    }

    @Test
    void secretsAreMountedAndTheOperatorIsToldWhere() throws Exception {
        var rendered = Rendered.byHelm(List.of(
                "--set",
                "gitCredentials[0].host=github.com,gitCredentials[0].secretName=github,webhook.secretName=hooks"));

        assertThat(ConfigurationFile.parse(rendered.configurationText()).git().credentials())
                .containsExactly(new GitCredential("github.com", "/etc/trestle-git/github", false));
        assertThat(mounts(rendered))
                .containsEntry("/etc/trestle-git/github", "github")
                .containsEntry("/etc/trestle-webhook", "hooks");
    }

    @ParameterizedTest(name = "{0}: no {1}")
    @CsvSource({
        "crds.enabled=false, CustomResourceDefinition",
        "serviceAccount.create=false, ServiceAccount",
        "rbac.create=false, ClusterRole",
        "rbac.create=false, ClusterRoleBinding",
        "admissionPolicies.enabled=false, ValidatingAdmissionPolicy",
        "admissionPolicies.enabled=false, ValidatingAdmissionPolicyBinding",
    })
    void whatIsSwitchedOffIsNotMade(String value, String kind) throws Exception {
        assertThat(Rendered.byHelm(List.of("--set", value)).ofKinds(kind)).isEmpty();
    }

    @Test
    void crdsGoWithTheReleaseWhenTheyAreNotKept() throws Exception {
        assertThat(Rendered.byHelm(List.of("--set", "crds.keep=false")).ofKinds("CustomResourceDefinition"))
                .hasSize(3)
                .allSatisfy(crd -> assertThat(crd.at("/metadata/annotations/helm.sh~1resource-policy")
                                .isMissingNode())
                        .isTrue());
    }

    @Test
    void podStaysWhenTheConfigurationChanges() throws Exception {
        var other = Rendered.byHelm(List.of("--set", "config.git.pollSeconds=5"));
        assertThat(other.operatorPod()).isEqualTo(Rendered.byHelm(List.of()).operatorPod());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "imagee.tag=1 | additional properties 'imagee' not allowed",
                "image.digest=latest | at '/image/digest'",
                "image.pullPolicy=Sometimes | at '/image/pullPolicy'",
                "crds.keep=perhaps | at '/crds/keep'",
                "watchNamespaces={Team_A} | at '/watchNamespaces/0'",
                "config.git.pollSeconds=1 | at '/config/git/pollSeconds'",
                "config.git.hosts={https://github.com} | at '/config/git/hosts/0'",
                "config.git.credentials[0].host=a | missing property 'folder'",
                "gitCredentials[0].secretName=a | missing property 'host'",
                "admissionPolicies.builderImages={it's} | at '/admissionPolicies/builderImages/0'",
                "untrusted.namespaces={A} | at '/untrusted/namespaces/0'",
                "untrusted.egress.ports={0} | at '/untrusted/egress/ports/0'",
                "untrusted.egress.blocked={metadata.internal} | at '/untrusted/egress/blocked/0'",
                "untrusted.egress.allow[0].cidr=10.0.0.5/32 | missing property 'port'",
                "untrusted.quota.pods=many | at '/untrusted/quota/pods'",
                "webhook.secret=a | additional properties 'secret' not allowed",
                "config.poolz=1 | additional properties 'poolz' not allowed",
                "config.pools=null | missing property 'pools'",
                "config.pools[0].platforms={linux/amd46} | at '/config/pools/0/platforms/0'",
                "config.pools[0].security=Root | at '/config/pools/0/security'",
                "config.pools[0].scratch=lots | at '/config/pools/0/scratch'",
                "config.pools[0].resources.limits.memory=8GB | at '/config/pools/0/resources/limits/memory'",
                "config.registries[0].host=https://registry.example | at '/config/registries/0/host'",
                "prometheusRule.failuresInARow=0 | at '/prometheusRule/failuresInARow'",
                "prometheusRule.criticalAges=0.5 | at '/prometheusRule/criticalAges'",
                "prometheusRule.wavePeriod=soon | at '/prometheusRule/wavePeriod'",
                "prometheusRule.runbooks=wiki | at '/prometheusRule/runbooks'",
                "resources.limit.memory=1Gi | additional properties 'limit' not allowed",
            })
    void wrongValueIsRefusedByName(String value, String expected) throws Exception {
        var template = Rendered.helmTemplate(List.of("--set", value));
        assertThat(template.exitCode()).isNotZero();
        assertThat(template.errors()).contains(expected);
    }

    @Test
    void readmeNamesEveryValue() throws Exception {
        var readme = Files.readString(Rendered.CHART.resolve("README.md"));
        var values = new YAMLMapper().readTree(Files.readString(Rendered.CHART.resolve("values.yaml")));
        assertThat(paths("", values)).allSatisfy(path -> assertThat(readme).contains("`%s`".formatted(path)));
    }

    private static Stream<String> paths(String prefix, JsonNode values) {
        return values.properties().stream()
                .flatMap(entry ->
                        entry.getValue().isObject() && !entry.getValue().isEmpty() && !isOneValue(entry.getKey())
                                ? paths(prefix + entry.getKey() + ".", entry.getValue())
                                : Stream.of(prefix + entry.getKey()));
    }

    private static boolean isOneValue(String key) {
        return Set.of("resources", "quota", "limits").contains(key);
    }

    private static Rendered everything() throws Exception {
        return Rendered.byHelm(List.of("--values", EVERYTHING.toString()));
    }

    /** Where each Secret is mounted. */
    private static Map<String, String> mounts(Rendered rendered) {
        var secrets = rendered.operatorPod()
                .at("/spec/volumes")
                .valueStream()
                .filter(volume -> volume.has("secret"))
                .collect(Collectors.toMap(
                        volume -> volume.get("name").asText(),
                        volume -> volume.at("/secret/secretName").asText()));
        return container(rendered)
                .get("volumeMounts")
                .valueStream()
                .filter(mount -> secrets.containsKey(mount.get("name").asText()))
                .collect(Collectors.toMap(
                        mount -> mount.get("mountPath").asText(),
                        mount -> secrets.get(mount.get("name").asText())));
    }

    private static JsonNode container(Rendered rendered) {
        return rendered.operatorPod().at("/spec/containers/0");
    }

    private static Map<String, String> environment(Rendered rendered) {
        return container(rendered)
                .get("env")
                .valueStream()
                .collect(Collectors.toMap(
                        variable -> variable.get("name").asText(),
                        variable -> variable.get("value").asText()));
    }
}
