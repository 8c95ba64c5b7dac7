package dev.trestle.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PackParser;
import org.eclipse.jgit.util.FileUtils;

/** A repository on disk that takes packs through a guard. JGit has no other place to look at a pack before it is parsed. */
final class GuardedRepository extends FileRepository {
    /** Each fetch leaves a pack; before they are too many, everything is fetched again. */
    private static final int MOST_PACKS = 50;

    private UnaryOperator<InputStream> guard = UnaryOperator.identity();

    private GuardedRepository(FileRepositoryBuilder options) throws IOException {
        super(options);
    }

    /** Texts have a repository without any ref, so that the server never thinks that a file is here because its folder is. */
    static GuardedRepository open(Path folder) throws IOException {
        if (Packs.in(folder).count() > MOST_PACKS) {
            delete(folder);
        }
        var repository = new GuardedRepository(
                new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().setup());
        if (!Files.exists(folder.resolve("HEAD"))) {
            repository.create(true);
            withoutCollector(repository.getConfig());
        }
        return repository;
    }

    static void delete(Path folder) throws IOException {
        FileUtils.delete(folder.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING);
    }

    /** JGit collects after a fetch, and would miss the contents that were left out. */
    private static void withoutCollector(StoredConfig config) throws IOException {
        config.setInt("gc", null, "auto", 0);
        config.setInt("gc", null, "autoPackLimit", 0);
        config.setBoolean("gc", null, "autoDetach", false);
        config.save();
    }

    /** From now on. */
    void guard(UnaryOperator<InputStream> packs) {
        guard = packs;
    }

    @Override
    public ObjectInserter newObjectInserter() {
        var inserter = super.newObjectInserter();
        return new ObjectInserter.Filter() {
            @Override
            protected ObjectInserter delegate() {
                return inserter;
            }

            @Override
            public PackParser newPackParser(InputStream pack) throws IOException {
                return inserter.newPackParser(guard.apply(pack));
            }
        };
    }
}
