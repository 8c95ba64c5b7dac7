package dev.trestle.source;

import dev.trestle.core.dockerfile.DockerfileReads;
import dev.trestle.core.dockerfile.DockerfileRequest;
import dev.trestle.core.inputs.DockerfilePath;
import dev.trestle.core.inputs.FileInputs;
import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.inputs.Selections;
import dev.trestle.core.inputs.SourceTree;
import dev.trestle.core.plan.SourceView;
import dev.trestle.core.plan.SourceView.Known;
import dev.trestle.core.plan.SourceView.Unavailable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works out which inputs the files of one commit are. It reads the commit's tree when it is first needed, and lives no longer than the look
 * that made it: only the answer for each recipe stays.
 */
final class CommitFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommitFiles.class);
    private static final int MOST_TEXTS = 16;

    private final GitReader git;
    private final Function<DockerfileRequest, DockerfileReads> reads;
    private final String url;
    private final String commit;
    private final Map<String, Optional<String>> texts = new HashMap<>();
    private final ByteBudget.Share memory;
    private @Nullable Files files;

    private record Files(SourceTree tree, Selections selections) {}

    /** @param reads finds the reads of a Dockerfile; it may take a while */
    CommitFiles(GitReader git, Function<DockerfileRequest, DockerfileReads> reads, String url, String commit) {
        this.git = git;
        this.reads = reads;
        this.url = url;
        this.commit = commit;
        this.memory = git.memory().share();
    }

    /**
     * Of many recipes.
     *
     * @param reading is closed
     * @param known earlier answers for the same commit; failures are tried again
     * @throws GitReader.Unreadable when the commit or one of its Dockerfiles cannot be read
     */
    static Map<FileRecipe, SourceView> of(
            CommitFiles reading, Set<FileRecipe> recipes, Map<FileRecipe, SourceView> known)
            throws GitReader.Unreadable {
        var files = new HashMap<FileRecipe, SourceView>();
        try (reading) {
            for (var recipe : recipes) {
                files.put(recipe, known.get(recipe) instanceof Known before ? before : reading.of(recipe));
            }
        }
        return Map.copyOf(files);
    }

    /**
     * @return the recipe's files, or the reason why they are unknown for this recipe alone
     * @throws GitReader.Unreadable when the commit or one of its Dockerfiles cannot be read
     */
    SourceView of(FileRecipe recipe) throws GitReader.Unreadable {
        if (Thread.currentThread().isInterrupted()) {
            throw new GitReader.Unreadable("it was interrupted", new IOException());
        }
        var read = files();
        var dockerfile = textFor(recipe, read.tree());
        try {
            return new Known(
                    commit,
                    FileInputs.of(
                            recipe,
                            read.selections(),
                            dockerfile.map(recipe::request).map(reads)));
        } catch (RuntimeException | Error e) { // what a Dockerfile or a spec says is for others to choose
            LOG.atError()
                    .addKeyValue("url", url)
                    .addKeyValue("commit", commit)
                    .addKeyValue("dockerfile", recipe.dockerfile())
                    .setCause(e)
                    .log("Inputs cannot be worked out");
            return new Unavailable(
                    "The inputs of '%s' in commit '%s' of '%s' cannot be worked out: %s. It is tried again with the next look; the operator's log has the details."
                            .formatted(
                                    recipe.dockerfile(),
                                    commit,
                                    url,
                                    e.getClass().getSimpleName()));
        }
    }

    private Files files() throws GitReader.Unreadable {
        var known = files;
        if (known == null) {
            var tree = git.treeOf(url, commit);
            count(tree);
            known = new Files(tree, new Selections(commit, tree, attributes(tree)));
            files = known;
        }
        return known;
    }

    private Map<String, String> attributes(SourceTree tree) throws GitReader.Unreadable {
        var read = new HashMap<String, String>();
        for (var path : tree.attributes()) {
            var id = tree.objectId(path);
            if (id.isPresent()) {
                textOf(id.get()).ifPresent(text -> read.put(path, text));
            }
        }
        return read;
    }

    private void count(SourceTree tree) throws GitReader.Unreadable {
        try {
            memory.growTo(tree.bytes());
        } catch (Refused e) {
            throw new GitReader.Unreadable(Faults.causeOf(e), e);
        }
    }

    @Override
    public void close() {
        memory.close();
    }

    private Optional<String> textFor(FileRecipe recipe, SourceTree tree) throws GitReader.Unreadable {
        var id = DockerfilePath.of(recipe.dockerfile(), tree).file().flatMap(tree::objectId);
        return id.isPresent() ? textOf(id.get()) : Optional.empty();
    }

    private Optional<String> textOf(String objectId) throws GitReader.Unreadable {
        var known = texts.get(objectId);
        if (known == null) {
            known = git.textOf(url, objectId);
            if (texts.size() == MOST_TEXTS) {
                texts.clear();
            }
            texts.put(objectId, known);
        }
        return known;
    }
}
