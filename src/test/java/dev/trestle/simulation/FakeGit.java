package dev.trestle.simulation;

import dev.trestle.api.BackendBuild;
import dev.trestle.core.Sources;
import dev.trestle.core.plan.RunSource;
import dev.trestle.core.plan.SourceView;
import dev.trestle.core.plan.SourceView.Known;
import dev.trestle.core.plan.SourceView.Unresolved;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Repositories of one branch each, and of releases v1, v2, v3 and so on. */
final class FakeGit {
    /** Commits by URL, the head last. */
    private final Map<String, List<String>> branches = new HashMap<>();
    /** Commits by URL and number of the release. */
    private final Map<String, Map<Integer, String>> releases = new HashMap<>();
    /** By commit, the one whose files it has; any other has its own. */
    private final Map<String, String> reverts = new HashMap<>();

    void push(String url, String commit) {
        branches.computeIfAbsent(url, _ -> new ArrayList<>()).add(commit);
    }

    /** A commit that takes back what was pushed since another one. */
    void revert(String url, String commit, String to) {
        push(url, commit);
        reverts.put(commit, to);
    }

    /** The branch is forced to where it was, or elsewhere. */
    void force(String url, String commit) {
        branches.put(url, new ArrayList<>(List.of(commit)));
    }

    void release(String url, int number, String commit) {
        releases.computeIfAbsent(url, _ -> new HashMap<>()).put(number, commit);
    }

    /** The tag is deleted. */
    void withdraw(String url, int number) {
        releases.computeIfAbsent(url, _ -> new HashMap<>()).remove(number);
    }

    FakeGit copy() {
        var copy = new FakeGit();
        branches.forEach((url, commits) -> copy.branches.put(url, new ArrayList<>(commits)));
        copy.reverts.putAll(reverts);
        releases.forEach((url, numbers) -> copy.releases.put(url, new HashMap<>(numbers)));
        return copy;
    }

    SourceView viewOf(BackendBuild build) {
        var git = build.getSpec().source().git();
        var places = git.followsReleases() ? releasesOf(git.url()) : commitsOf(git.url());
        if (places.isEmpty()) {
            return new Unresolved();
        }
        var head = places.getLast();
        var before = RunSource.since(build)
                .map(since -> git.followsReleases() ? above(places, since) : after(places, since))
                .orElse(List.of());
        return head.after(head.gitTag(), before);
    }

    private List<Known> commitsOf(String url) {
        return branches.getOrDefault(url, List.of()).stream()
                .map(commit ->
                        new Known(commit, Optional.empty(), Sources.filesAt(reverts.getOrDefault(commit, commit))))
                .toList();
    }

    private List<Known> releasesOf(String url) {
        var numbers = releases.getOrDefault(url, Map.of());
        return numbers.keySet().stream()
                .sorted()
                .map(number -> Sources.at(Objects.requireNonNull(numbers.get(number)))
                        .after(Optional.of("v" + number), List.of()))
                .toList();
    }

    private static List<Known> above(List<Known> releases, String since) {
        return releases.subList(0, releases.size() - 1).stream()
                .filter(release -> numberOf(release.gitTag().orElseThrow()) > numberOf(since))
                .toList();
    }

    private static List<Known> after(List<Known> commits, String since) {
        var built = commits.stream().map(Known::revision).toList().lastIndexOf(since);
        return built < 0 || built == commits.size() - 1 ? List.of() : commits.subList(built + 1, commits.size() - 1);
    }

    static int numberOf(String tag) {
        return Integer.parseInt(tag.substring(1));
    }
}
