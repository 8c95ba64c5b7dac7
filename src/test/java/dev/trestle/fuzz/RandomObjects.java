package dev.trestle.fuzz;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.core.Labels;
import java.util.List;

/**
 * Objects of the three kinds: valid ones mixed with one another, and spoilt. Most of them name the test's own repositories, so that they
 * come further than to a source that nobody serves.
 */
final class RandomObjects {
    private static final List<String> KINDS = List.of(
            "BackendBuild",
            "BackendBuild",
            "BackendBuild",
            "BackendBuild",
            "BackendBuild",
            "BaseImage",
            "ManifestMerge");
    private static final List<Mutation> FRIENDLY = List.of(Mutation.Exchange, Mutation.Add);
    private static final List<String> REQUESTS = List.of(
            Labels.REBUILD,
            Labels.REBUILD_WITHOUT_CACHE,
            Labels.RETRY,
            Labels.CANCEL,
            Labels.WAVE,
            Labels.EXTERNAL + "darwin-arm64",
            Labels.EXTERNAL + "linux-amd64",
            Labels.PREFIX + "nobody-knows");

    private final Corpus corpus;
    private final Chance chance;
    private final String gitUrl;
    private final String repositories;

    /** @param repositories a prefix of names, such as {@code registry.example/fuzz} */
    RandomObjects(Corpus corpus, Chance chance, String gitUrl, String repositories) {
        this.corpus = corpus;
        this.chance = chance;
        this.gitUrl = gitUrl;
        this.repositories = repositories;
    }

    ObjectNode next(String name) {
        var object = chance.pick(corpus.samples(chance.pick(KINDS))).deepCopy();
        var metadata = object.putObject("metadata").put("name", name);
        if (chance.oneIn(4)) {
            metadata.putObject("annotations").put(request(), token());
        }
        mutate(object);
        return object;
    }

    /** The same object with another spec. */
    ObjectNode changed(ObjectNode object) {
        var changed = object.deepCopy();
        mutate(changed);
        return changed;
    }

    /** The annotation by which something is asked. */
    String request() {
        return request(chance);
    }

    static String request(Chance chance) {
        return chance.pick(REQUESTS);
    }

    String token() {
        return chance.oneIn(2) ? chance.text() : chance.digest();
    }

    private void mutate(ObjectNode object) {
        for (var changes = chance.below(4); changes > 0 && object.has("spec"); changes--) {
            chance.pick(FRIENDLY).apply(object, chance, corpus);
        }
        ground(object);
        if (chance.oneIn(2)) {
            for (var changes = 1 + chance.below(3); changes > 0 && object.has("spec"); changes--) {
                chance.pick(List.of(Mutation.values())).apply(object, chance, corpus);
            }
        }
    }

    /** On the ground of what there is: a repository that is served, images of its own, a base that may be there. */
    private void ground(ObjectNode object) {
        var name = object.at("/metadata/name").asText();
        if (object.at("/spec/source/git") instanceof ObjectNode git && !chance.oneIn(5)) {
            git.put("url", gitUrl).put("ref", "refs/heads/main").remove("revision");
        }
        if (object.at("/spec/dockerfile").isTextual() && !chance.oneIn(5)) {
            ((ObjectNode) object.path("spec")).put("dockerfile", "Dockerfile").remove("context");
        }
        if (object.at("/spec/image/repositories") instanceof ArrayNode images && !chance.oneIn(5)) {
            images.removeAll().add(repositories + "/" + name);
        }
        if (object.at("/spec/base/ref") instanceof ObjectNode base && chance.oneIn(2)) {
            base.put("name", "fuzz-" + chance.below(300));
        }
    }
}
