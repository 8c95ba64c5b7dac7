package dev.trestle.source;

import dev.trestle.core.inputs.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A git repository on this machine: a work tree, a folder in one, or a bare one. Uncommitted files are not seen. */
public final class LocalRepository implements AutoCloseable {
    private static final int LONGEST_TEXT = 256 * 1024;
    /** A plan of many steps reads trees that are much alike. */
    private static final long FOLDER_BYTES = 64L << 20;

    private final Path folder;
    private final Repository repository;
    private final FolderCache.Part folders = new FolderCache(FOLDER_BYTES).of("");

    private LocalRepository(Path folder, Repository repository) {
        this.folder = folder;
        this.repository = repository;
    }

    /** One commit: its id in 40 digits and the first line of its message. */
    public record Commit(String id, String subject) {}

    /** The request cannot be answered; the message has the way out. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message, Exception cause) {
            super(message, cause);
        }

        Unreadable(String message) {
            super(message);
        }
    }

    /** @throws Unreadable when there is no repository */
    public static LocalRepository open(Path folder) throws Unreadable {
        var builder = new FileRepositoryBuilder().setMustExist(true);
        var start = folder.toAbsolutePath().normalize();
        if (start.resolve("objects").toFile().isDirectory()
                && start.resolve("HEAD").toFile().isFile()) {
            builder.setGitDir(start.toFile());
        } else if (builder.findGitDir(start.toFile()).getGitDir() == null) {
            throw new Unreadable("'%s' is no git repository. Give a clone's folder.".formatted(folder));
        }
        try {
            var repository = builder.build();
            if ("sha256".equals(repository.getConfig().getString("extensions", null, "objectFormat"))) {
                throw new Unreadable("'%s' cannot be read: %s.".formatted(folder, ObjectFormat.NOT_SUPPORTED));
            }
            return new LocalRepository(folder, repository);
        } catch (IOException e) {
            throw new Unreadable("'%s' cannot be read as a git repository: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /**
     * @param revision a branch, a tag, a commit, {@code HEAD} or {@code @}, also with {@code ~3} or {@code ^2} behind it
     * @throws Unreadable when the repository has no such commit
     */
    public Commit commit(String revision) throws Unreadable {
        try (var walk = new RevWalk(repository)) {
            var id = repository.resolve(revision.replaceFirst("^@(?=$|[~^])", "HEAD") + "^{commit}");
            if (id == null) {
                throw unknown(revision);
            }
            return new Commit(id.name(), walk.parseCommit(id).getShortMessage());
        } catch (RevisionSyntaxException | MissingObjectException e) {
            throw unknown(revision);
        } catch (IOException e) {
            throw damaged(revision, e);
        }
    }

    /**
     * Every step from one commit to another along first parents, as a branch has moved.
     *
     * @return oldest first; the first is {@code from}, the last {@code to}
     * @throws Unreadable also when {@code from} is none of them
     */
    public List<Commit> steps(Commit from, Commit to) throws Unreadable {
        var steps = new ArrayList<Commit>();
        try (var walk = new RevWalk(repository)) {
            var at = walk.parseCommit(ObjectId.fromString(to.id()));
            while (!at.name().equals(from.id())) {
                steps.addFirst(new Commit(at.name(), at.getShortMessage()));
                if (at.getParentCount() == 0) {
                    throw new Unreadable(
                            "Commit '%s' is not among the first parents of '%s'. Name an older one in '--from', or fetch the history between them: git -C '%s' fetch --unshallow"
                                    .formatted(from.id(), to.id(), folder));
                }
                at = walk.parseCommit(at.getParent(0));
            }
            steps.addFirst(from);
            return steps;
        } catch (IOException e) {
            throw damaged(to.id(), e);
        }
    }

    /** The files of a commit. */
    public SourceTree tree(Commit commit) throws Unreadable {
        try {
            return Trees.of(
                    repository, ObjectId.fromString(commit.id()), folders, TreeLimits.USUAL, ByteBudget.UNLIMITED);
        } catch (IOException e) {
            throw damaged(commit.id(), e);
        }
    }

    /**
     * @param objectId as a {@link SourceTree} has it
     * @return the file's text; empty when it is no file, or longer than 256 KiB
     */
    public Optional<String> text(String objectId) throws Unreadable {
        try {
            var object = repository.open(ObjectId.fromString(objectId.substring(objectId.indexOf(':') + 1)));
            return object.getType() != Constants.OBJ_BLOB || object.getSize() > LONGEST_TEXT
                    ? Optional.empty()
                    : Optional.of(new String(object.getBytes(LONGEST_TEXT), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw damaged(objectId, e);
        }
    }

    @Override
    public void close() {
        repository.close();
    }

    private Unreadable unknown(String revision) {
        var advice = isShallow()
                ? "The clone has a part of the history alone. Fetch the rest: git -C '%s' fetch --unshallow"
                        .formatted(folder)
                : "Name a branch, a tag or a commit that it has; those of its server come with: git -C '%s' fetch"
                        .formatted(folder);
        return new Unreadable("Repository '%s' has no revision '%s'. %s".formatted(folder, revision, advice));
    }

    private boolean isShallow() {
        try {
            return !repository.getObjectDatabase().getShallowCommits().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private Unreadable damaged(String what, IOException cause) {
        return new Unreadable(
                "Repository '%s' lacks something of '%s' (%s). A clone that leaves contents out must fetch them: git -C '%s' fetch --refetch --no-filter"
                        .formatted(
                                folder,
                                what,
                                Objects.requireNonNullElseGet(cause.getMessage(), cause::toString),
                                folder),
                cause);
    }
}
