package dev.trestle.source;

import dev.trestle.core.releases.TagPattern;
import dev.trestle.source.Pushed.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a followed ref is, as one answer of the server tells: a branch at its commit, a pattern of tags at the highest version.
 *
 * @param releases of a pattern, lowest version first
 */
record RefPlaces(Followed followed, Optional<Place> head, List<Place> releases) {

    interface History {
        /** @return the commit, then ever older ones */
        List<String> of(String commit) throws GitReader.Unreadable;
    }

    /** @param commits by full ref */
    static RefPlaces of(Followed followed, Map<String, String> commits) {
        if (followed.isCommit()) {
            return new RefPlaces(followed, Optional.of(new Place(followed.ref(), Optional.empty())), List.of());
        }
        return followed.pattern()
                .map(pattern -> ofReleases(followed, pattern, commits))
                .orElseGet(() -> new RefPlaces(
                        followed,
                        Optional.ofNullable(commits.get(followed.ref()))
                                .map(commit -> new Place(commit, Optional.empty())),
                        List.of()));
    }

    private static RefPlaces ofReleases(Followed followed, TagPattern pattern, Map<String, String> commits) {
        var releases = pattern.releasesAmong(commits.keySet()).stream()
                .map(tag -> new Place(Objects.requireNonNull(commits.get(TagPattern.refOf(tag))), Optional.of(tag)))
                .toList();
        var highest = releases.isEmpty() ? Optional.<Place>empty() : Optional.of(releases.getLast());
        return new RefPlaces(followed, highest, releases);
    }

    /** The message when there is no head. */
    String missing() {
        return followed.pattern().isPresent()
                ? "Repository '%s' has no tag '%s' with a version in the place of '*', such as '1.2.0'; pre-releases do not count. Push one, or correct 'spec.source.git.ref'."
                        .formatted(followed.url(), followed.ref())
                : "Repository '%s' has no ref '%s'. Push it, or correct 'spec.source.git.ref'."
                        .formatted(followed.url(), followed.ref());
    }

    /**
     * The text between.
     *
     * @param since a commit, or a release's tag
     * @param history asked for no releases
     * @return oldest first; nothing when the branch has never been at that commit, as after a force push
     */
    List<Place> since(String since, History history) throws GitReader.Unreadable {
        if (followed.pattern().isPresent()) {
            var pattern = followed.pattern().get();
            return releases.stream()
                    .filter(place -> !place.equals(releases.getLast()))
                    .filter(place -> pattern.isLower(since, place.gitTag().orElse("")))
                    .toList();
        }
        var commits = history.of(head.orElseThrow().commit());
        var last = commits.indexOf(since);
        if (last < 0) {
            return List.of();
        }
        var between = new ArrayList<>(commits.subList(1, last));
        Collections.reverse(between);
        return between.stream()
                .map(commit -> new Place(commit, Optional.empty()))
                .toList();
    }
}
