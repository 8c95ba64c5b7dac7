package dev.trestle.source;

import dev.trestle.core.inputs.SourceTree;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** The files that are committed at the HEAD of a repository on this machine. */
public final class HeadTree {
    private HeadTree() {}

    /**
     * @param folder a work tree or a bare repository
     * @throws IOException when it is none, or has no commit
     */
    public static SourceTree of(Path folder) throws IOException {
        var builder = new FileRepositoryBuilder().setMustExist(true);
        if (folder.resolve("objects").toFile().isDirectory()) {
            builder.setGitDir(folder.toFile());
        } else {
            builder.findGitDir(folder.toAbsolutePath().toFile());
        }
        if (builder.getGitDir() == null) {
            throw new IOException("'%s' is no git repository".formatted(folder));
        }
        try (var repository = builder.build()) {
            var head = repository.resolve(Constants.HEAD);
            if (head == null) {
                throw new IOException("'%s' has no commit".formatted(folder));
            }
            return Trees.of(repository, head);
        }
    }
}
