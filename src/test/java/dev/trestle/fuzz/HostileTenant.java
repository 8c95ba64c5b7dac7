package dev.trestle.fuzz;

import dev.trestle.e2e.TestCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/** One tenant who means harm: in a namespace of its own, one attack after the other, of random kinds. */
final class HostileTenant {
    private static final List<String> BAD = List.of("refs", "silent", "drip", "pack", "loop", "away");
    private static final List<String> REGISTRIES = List.of("endless", "stolen", "busy", "manifest", "loop", "silent");

    private final TestCluster cluster;
    private final Chance chance;
    private final HostileGit git;
    private final String server;
    private final InetSocketAddress webhook;
    private final Deeds deeds;
    private final TreeMap<String, Integer> counts = new TreeMap<>();

    /** What a tenant does; the more often it stands here, the more often it is done. */
    private enum Attack {
        DOCKERFILE,
        DOCKERFILE_AGAIN,
        FOLDERS,
        FILES,
        REFS,
        FOLLOW,
        BAD_GIT,
        UPSTREAM,
        GLOBS_OF_INPUTS,
        EDITS,
        WEBHOOK,
        OBJECTS,
        OBJECTS_AGAIN
    }

    /** @param server host and port of a {@link HostileServer} */
    HostileTenant(
            TestCluster cluster, Corpus corpus, Chance chance, HostileGit git, String server, InetSocketAddress webhook)
            throws IOException {
        this.cluster = cluster;
        this.chance = chance;
        this.git = git;
        this.server = server;
        this.webhook = webhook;
        this.deeds = new Deeds(cluster, corpus, chance);
    }

    /** What the API server or the own server says to it does not matter; the next attack follows. */
    void strike() {
        var attack = chance.pick(List.of(Attack.values()));
        try {
            strike(attack);
            counts.merge(attack.name(), 1, Integer::sum);
        } catch (IOException | KubernetesClientException e) {
            counts.merge(attack.name() + " refused", 1, Integer::sum);
        }
    }

    private void strike(Attack attack) throws IOException {
        switch (attack) {
            case DOCKERFILE, DOCKERFILE_AGAIN -> {
                var name = name("file", 20);
                git.publish(
                        name, chance.pick(List.of(HostileDockerfile.values())).text(chance));
                build(name, "git/" + name + ".git", "refs/heads/main", "**");
            }
            case FOLDERS -> {
                var name = name("folders", 4);
                git.publishFolders(name, 5 + chance.below(30), 2 + chance.below(30));
                build(name, "git/" + name + ".git", "refs/heads/main", "**");
            }
            case FILES -> {
                var name = name("files", 3);
                git.publishFiles(name, 1 + chance.below(20_000), chance.below(4_000), chance.below(30 << 20));
                build(name, "git/" + name + ".git", "refs/heads/main", "**/x");
            }
            case REFS -> git.publishRefs("refs", 2_000);
            case FOLLOW -> {
                var number = chance.below(500);
                build("follow-" + number, "git/refs.git", "refs/heads/" + "r".repeat(150) + number, "**");
            }
            case BAD_GIT -> {
                var bad = chance.pick(BAD);
                build(name(bad, 8), "bad/%s/%d.git".formatted(bad, chance.below(8)), "refs/heads/main", "**");
            }
            case UPSTREAM -> base(name("base", 10), chance.pick(REGISTRIES));
            case GLOBS_OF_INPUTS, EDITS ->
                build(
                        name("glob", 5),
                        "git/" + name("file", 20) + ".git",
                        "refs/heads/main",
                        chance.pick(List.of("*?", "**/", "?*")).repeat(1 + chance.below(80)) + "X"
                                + chance.below(1_000_000));
            case WEBHOOK -> webhook();
            case OBJECTS, OBJECTS_AGAIN -> deeds.next();
        }
    }

    private String name(String kind, int of) {
        return "hostile-%s-%d".formatted(kind, chance.below(of));
    }

    private void build(String name, String path, String ref, String inputs) {
        apply("""
                {"apiVersion": "trestle.dev/v1alpha1", "kind": "BackendBuild", "metadata": {"name": "%s", "namespace": "%s"},
                 "spec": {"source": {"git": {"url": "http://%s/%s", "ref": "%s", "inputs": ["%s"]}}, "dockerfile": "Dockerfile",
                          "legs": [{"platform": "linux/amd64", "pool": "kwok-amd64"}],
                          "image": {"repositories": ["%s"], "tags": ["%s"]}}}
                """.formatted(name, cluster.namespace(), server, path, ref, inputs, cluster.repository("hostile"), name));
    }

    private void base(String name, String registry) {
        apply("""
                {"apiVersion": "trestle.dev/v1alpha1", "kind": "BaseImage", "metadata": {"name": "%s", "namespace": "%s"},
                 "spec": {"source": {"git": {"url": "http://%s/git/refs.git", "ref": "refs/heads/main"}}, "dockerfile": "Dockerfile",
                          "platforms": ["linux/amd64"], "upstream": ["%s/%s/a:v%d"],
                          "image": {"repositories": ["%s"], "tags": ["%s"]}}}
                """.formatted(
                        name,
                        cluster.namespace(),
                        server,
                        server,
                        registry,
                        chance.below(50),
                        cluster.repository("hostile-base"),
                        name));
    }

    private void apply(String json) {
        var object = cluster.client().getKubernetesSerialization().unmarshal(json, GenericKubernetesResource.class);
        cluster.client()
                .resource(object)
                .fieldManager("hostile")
                .forceConflicts()
                .serverSideApply();
    }

    /** Bodies that come slowly, are endless, or are no JSON, with proofs that are none. */
    private void webhook() throws IOException {
        try (var socket = new Socket()) {
            socket.connect(webhook, 2_000);
            var body = chance.pick(List.of("{", "[".repeat(200_000), "{\"url\": \"" + "x".repeat(3_000_000)));
            socket.getOutputStream()
                    .write(
                            "POST /webhook HTTP/1.1\r\nHost: a\r\nX-Gitea-Signature: 00\r\nContent-Length: 20000000\r\n\r\n%s"
                                    .formatted(body)
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }
    }

    @Override
    public String toString() {
        return "%s: %s, objects %s".formatted(cluster.namespace(), counts, deeds);
    }
}
