package dev.trestle.differential;

import dev.trestle.api.Input;
import dev.trestle.core.dockerfile.DockerfileReader;
import dev.trestle.core.dockerfile.DockerfileReads;
import dev.trestle.core.dockerfile.DockerfileRequest;
import dev.trestle.core.inputs.DockerfilePath;
import dev.trestle.core.inputs.FileInputs;
import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.inputs.Selections;
import dev.trestle.core.inputs.SourceTree;
import dev.trestle.differential.Tree.Entry;
import dev.trestle.source.LocalRepository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.FileMode;

/** Compares what BuildKit makes of commits with what their inputs say. */
final class Judge {
    private static final Pattern MARKER = Pattern.compile("marker (\\d+)\n");

    private final BuildKit buildKit;
    private final DockerfileReader reader;
    private final Map<DockerfileRequest, DockerfileReads> reads = new ConcurrentHashMap<>();

    Judge(BuildKit buildKit, DockerfileReader reader) {
        this.buildKit = buildKit;
        this.reader = reader;
    }

    /** A commit, and what is known of it. */
    record Commit(String repository, String id, Tree tree, SourceTree files, LocalRepository local) {}

    /**
     * @param whole whether any change of the context builds it
     * @param misses what differs although no input does; in words
     * @param unread how many files the image has nothing of
     * @param tooMany of how many of these a change would build it all the same
     */
    record Verdict(boolean built, boolean whole, List<String> misses, int unread, int tooMany) {}

    Commit commit(String repository, Tree tree) throws IOException, LocalRepository.Unreadable {
        var repositories = buildKit.repositories();
        var id = repositories.commit(repository, tree);
        var clone = LocalRepository.open(repositories.path(repository));
        return new Commit(repository, id, tree, clone.tree(clone.commit(id)), clone);
    }

    Verdict of(Sample sample, Commit before, Commit after)
            throws IOException, InterruptedException, LocalRepository.Unreadable {
        var first = buildKit.build(before.repository(), before.id(), sample);
        var second = buildKit.build(after.repository(), after.id(), sample);
        var misses = new ArrayList<String>();
        if (!first.files().equals(second.files()) && inputs(sample, before).equals(inputs(sample, after))) {
            misses.add("the images of the two commits differ: " + difference(first, second));
        }
        var unread = 0;
        var tooMany = 0;
        for (var file : before.tree().files().entrySet()) {
            var marker = markerOf(file.getValue());
            if (marker.isEmpty() || !first.isBuilt()) {
                continue;
            }
            var read = first.markers().contains(marker.get());
            var noticed = notices(sample, before, file.getKey());
            if (read && !noticed) {
                misses.add("the image has '%s'".formatted(file.getKey()));
            }
            unread += read ? 0 : 1;
            tooMany += !read && noticed ? 1 : 0;
        }
        if (leavesOutTheContext(sample, before)) {
            misses.clear();
        }
        var whole = inputs(sample, before).stream()
                .anyMatch(input -> ".".equals(input.name()) || sample.context().equals(input.name()));
        return new Verdict(first.isBuilt(), whole, misses, unread, tooMany);
    }

    /** With declared inputs 'COPY .' counts for nothing: the spec says which of the files matter. */
    private boolean leavesOutTheContext(Sample sample, Commit commit) throws LocalRepository.Unreadable {
        return !sample.inputs().isEmpty()
                && inputs(sample.withoutInputs(), commit).stream()
                        .anyMatch(input -> sample.context().equals(input.name()));
    }

    private static Optional<Integer> markerOf(Entry entry) {
        if (!entry.isFile()) {
            return Optional.empty();
        }
        var marker = MARKER.matcher(entry.content());
        return marker.find() ? Optional.of(Integer.valueOf(marker.group(1))) : Optional.empty();
    }

    private static String difference(Exported first, Exported second) {
        var lost = new ArrayList<>(first.files());
        lost.removeAll(second.files());
        var gained = new ArrayList<>(second.files());
        gained.removeAll(first.files());
        return "%s -> %s".formatted(lost, gained);
    }

    /** Whether the inputs of a commit in which this file alone differs are others. */
    private boolean notices(Sample sample, Commit commit, String path) throws LocalRepository.Unreadable {
        var files = new TreeMap<String, String>(commit.files().files());
        files.compute(path, (_, id) -> id == null ? "0" : id.substring(0, id.length() - 40) + "0".repeat(40));
        var text = text(sample, commit);
        return !inputs(sample, commit.id(), commit.files(), text)
                .equals(inputs(sample, commit.id(), SourceTree.of(files), text));
    }

    private List<Input> inputs(Sample sample, Commit commit) throws LocalRepository.Unreadable {
        return inputs(sample, commit.id(), commit.files(), text(sample, commit));
    }

    private List<Input> inputs(Sample sample, String commit, SourceTree files, Optional<String> dockerfile) {
        var recipe = new FileRecipe(
                sample.inputs(),
                sample.dockerfile(),
                sample.context(),
                sample.buildArgs(),
                sample.operatorArg().map(Sample.OperatorArg::known).stream().toList(),
                sample.target());
        var read = dockerfile.map(text -> reads.computeIfAbsent(recipe.request(text), reader::read));
        return FileInputs.of(recipe, new Selections(commit, files), read).inputs();
    }

    private static Optional<String> text(Sample sample, Commit commit) throws LocalRepository.Unreadable {
        var id = DockerfilePath.of(sample.dockerfile(), commit.files()).file().flatMap(commit.files()::objectId);
        return id.isPresent() ? commit.local().text(id.get()) : Optional.empty();
    }

    /** What a person needs to see the same again. */
    static String describe(Sample sample, Tree before, Tree after) {
        var text = new StringBuilder("%s%nThe Dockerfile:%n%s".formatted(sample.withText("below"), sample.text()));
        text.append("changed files:\n");
        changes(before, after).forEach((path, change) -> text.append("  %s: %s%n".formatted(path, change)));
        text.append("files: ").append(before.files().keySet()).append('\n');
        return text.toString();
    }

    private static Map<String, String> changes(Tree before, Tree after) {
        var changes = new TreeMap<String, String>();
        var paths = new java.util.TreeSet<>(before.files().keySet());
        paths.addAll(after.files().keySet());
        for (var path : paths) {
            var old = Optional.ofNullable(before.files().get(path));
            var now = Optional.ofNullable(after.files().get(path));
            if (!old.equals(now)) {
                changes.put(path, "%s -> %s".formatted(shown(old), shown(now)));
            }
        }
        return changes;
    }

    private static String shown(Optional<Entry> entry) {
        return entry.map(file -> (file.mode().equals(FileMode.SYMLINK) ? "link to " : file.mode() + " ")
                        + file.content().replace("\n", "\\n"))
                .orElse("none");
    }
}
