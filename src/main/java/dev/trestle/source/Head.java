package dev.trestle.source;

import dev.trestle.core.dockerfile.DockerfileReads;
import dev.trestle.core.dockerfile.DockerfileRequest;
import dev.trestle.core.inputs.DockerfilePath;
import dev.trestle.core.inputs.FileInputs;
import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.inputs.Selections;
import dev.trestle.core.inputs.SourceTree;
import dev.trestle.core.plan.SourceView.Known;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The commit that a ref is at, with its files, the texts of the Dockerfiles that builds of it name, and those of {@code .gitattributes}. */
final class Head {
    private final String commit;
    private final SourceTree tree;
    private final Map<String, Optional<String>> texts;
    private final Map<String, String> attributes;
    /** Hundreds of builds ask many times each: what their files come to is worked out once per commit. */
    private final Map<FileRecipe, Known> known = new ConcurrentHashMap<>();

    private Head(String commit, SourceTree tree, Map<String, Optional<String>> texts, Map<String, String> attributes) {
        this.commit = commit;
        this.tree = tree;
        this.texts = texts;
        this.attributes = attributes;
    }

    interface Texts {
        Optional<String> of(String objectId) throws GitReader.Unreadable;
    }

    static Head of(String commit, SourceTree tree) {
        return new Head(commit, tree, Map.of(), Map.of());
    }

    String commit() {
        return commit;
    }

    /** @return itself when it has all of them */
    Head with(Set<String> dockerfiles, Texts contents) throws GitReader.Unreadable {
        if (hasTextsOf(dockerfiles)) {
            return this;
        }
        var more = new HashMap<>(texts);
        for (var dockerfile : dockerfiles) {
            if (!more.containsKey(dockerfile)) {
                var id = DockerfilePath.of(dockerfile, tree).file().flatMap(tree::objectId);
                more.put(dockerfile, id.isPresent() ? contents.of(id.get()) : Optional.empty());
            }
        }
        return new Head(commit, tree, more, texts.isEmpty() ? attributes(contents) : attributes);
    }

    private Map<String, String> attributes(Texts contents) throws GitReader.Unreadable {
        var read = new HashMap<String, String>();
        for (var path : tree.attributes()) {
            var id = tree.objectId(path);
            if (id.isPresent()) {
                contents.of(id.get()).ifPresent(text -> read.put(path, text));
            }
        }
        return read;
    }

    boolean hasTextsOf(Set<String> dockerfiles) {
        return texts.keySet().containsAll(dockerfiles);
    }

    interface Reads {
        /** @return empty while it is not known */
        Optional<DockerfileReads> of(DockerfileRequest request);
    }

    /** @return empty while the text of its Dockerfile, or what that reads, is not known */
    Optional<Known> view(FileRecipe recipe, Reads reads) {
        return Optional.ofNullable(known.get(recipe))
                .or(() -> Optional.ofNullable(texts.get(recipe.dockerfile()))
                        .flatMap(text -> text.map(recipe::request)
                                .map(request -> reads.of(request).map(found -> kept(recipe, Optional.of(found))))
                                .orElseGet(() -> Optional.of(kept(recipe, Optional.empty())))));
    }

    private Known kept(FileRecipe recipe, Optional<DockerfileReads> reads) {
        return known.computeIfAbsent(
                recipe, _ -> new Known(commit, FileInputs.of(recipe, new Selections(commit, tree, attributes), reads)));
    }

    @Override
    public String toString() {
        return commit;
    }
}
