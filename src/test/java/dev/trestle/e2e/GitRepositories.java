package dev.trestle.e2e;

import java.io.IOException;
import java.nio.file.Path;

/** Where builds in the cluster get their files from. */
public interface GitRepositories {

    /**
     * Puts a folder on branch main of the repository {@code name}.
     *
     * @return the repository's URL, as pods in the cluster reach it
     */
    String publish(Path folder, String name) throws IOException, InterruptedException;

    /** The same as a force push: main gets a history of one commit. */
    String publishAnew(Path folder, String name) throws IOException, InterruptedException;

    /** Tags the head of main; a tag that is there already moves. */
    void tag(String name, String tag) throws IOException, InterruptedException;

    void deleteTag(String name, String tag) throws IOException, InterruptedException;

    /**
     * The local cluster's git server.
     *
     * @param url its address
     */
    record Local(String url) implements GitRepositories {
        @Override
        public String publish(Path folder, String name) throws IOException, InterruptedException {
            return pushed(folder, name, Command.run("hack/cluster/cluster", "push-git", folder.toString(), name));
        }

        @Override
        public String publishAnew(Path folder, String name) throws IOException, InterruptedException {
            return pushed(
                    folder,
                    name,
                    Command.run("hack/cluster/cluster", "push-git", "--rewrite", folder.toString(), name));
        }

        @Override
        public void tag(String name, String tag) throws IOException, InterruptedException {
            pushed(Path.of(tag), name, Command.run("hack/cluster/cluster", "tag-git", name, tag));
        }

        @Override
        public void deleteTag(String name, String tag) throws IOException, InterruptedException {
            pushed(Path.of(tag), name, Command.run("hack/cluster/cluster", "tag-git", "--delete", name, tag));
        }

        private String pushed(Path folder, String name, Command push) throws IOException {
            if (push.exitCode() != 0) {
                throw new IOException("'%s' could not be published in '%s.git': %s. Is the cluster up?"
                        .formatted(folder, name, push.output()));
            }
            return url + "/" + name + ".git";
        }
    }
}
