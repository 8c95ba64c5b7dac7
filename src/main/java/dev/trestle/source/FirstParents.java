package dev.trestle.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/** The earlier heads of a branch: each merge into it is one step. */
final class FirstParents {
    private FirstParents() {}

    /**
     * @return the commit itself, then ever older ones, as far as the repository has them
     * @throws IOException when the repository lacks the commit
     */
    static List<String> of(Repository repository, AnyObjectId commit, int most) throws IOException {
        var found = new ArrayList<String>();
        try (var walk = new RevWalk(repository)) {
            walk.setRetainBody(false); // a message may be long
            var at = walk.parseCommit(commit);
            found.add(at.name());
            while (at.getParentCount() > 0 && found.size() < most) {
                at = walk.parseCommit(at.getParent(0));
                found.add(at.name());
            }
        }
        return found;
    }
}
