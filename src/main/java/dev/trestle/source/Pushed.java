package dev.trestle.source;

import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.plan.RunSource;
import dev.trestle.core.plan.SourceView.Known;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The commits of a ref before its head, for builds that build each commit and not only the newest. */
final class Pushed {
    static final Pushed NOTHING = new Pushed(Map.of());

    private final Map<Question, Since> answers;

    private Pushed(Map<Question, Since> answers) {
        this.answers = Map.copyOf(answers);
    }

    /** @param since a commit, or the tag of a release: the last that the build has built */
    record Question(FileRecipe recipe, String since) {}

    /**
     * @param known the newest of them, the oldest first
     * @param skipped how many older ones there are
     */
    record Since(List<Known> known, int skipped) {
        static final Since NOTHING = new Since(List.of(), 0);
    }

    /** A commit that the ref was at, or that a release is. */
    record Place(String commit, Optional<String> gitTag) {}

    interface Places {
        /** @return the oldest first; the head is none of them */
        List<Place> since(String since) throws GitReader.Unreadable;
    }

    interface Commits {
        CommitFiles of(String commit);
    }

    /** @return empty while it has not been looked up */
    Optional<Since> answer(Question question) {
        return Optional.ofNullable(answers.get(question));
    }

    boolean answers(Collection<Question> questions) {
        return answers.keySet().containsAll(questions);
    }

    /** Reads each commit once, however many builds ask, and keeps no more of it than they do. */
    Pushed answering(Set<Question> questions, Places places, Commits commits) throws GitReader.Unreadable {
        if (answers(questions)) {
            return this;
        }
        var wanted = new HashMap<Question, List<Place>>();
        var recipes = new LinkedHashMap<Place, Set<FileRecipe>>();
        for (var question : questions) {
            if (!answers.containsKey(question)) {
                var all = places.since(question.since());
                wanted.put(question, all);
                newest(all)
                        .forEach(place -> recipes.computeIfAbsent(place, _ -> new HashSet<>())
                                .add(question.recipe()));
            }
        }
        var known = new HashMap<Place, Map<FileRecipe, Known>>();
        for (var place : recipes.entrySet()) {
            known.put(place.getKey(), read(place.getKey(), place.getValue(), commits));
        }
        var all = new HashMap<>(answers);
        wanted.forEach((question, since) -> all.put(
                question,
                new Since(
                        newest(since).stream()
                                .flatMap(place -> Stream.ofNullable(
                                        known.getOrDefault(place, Map.of()).get(question.recipe())))
                                .toList(),
                        since.size() - newest(since).size())));
        return new Pushed(all);
    }

    private static Map<FileRecipe, Known> read(Place place, Set<FileRecipe> recipes, Commits commits)
            throws GitReader.Unreadable {
        var known = new HashMap<FileRecipe, Known>();
        try (var files = commits.of(place.commit())) {
            for (var recipe : recipes) {
                if (files.of(recipe) instanceof Known view) {
                    known.put(recipe, view.after(place.gitTag(), List.of()));
                }
            }
        }
        return known;
    }

    private static List<Place> newest(List<Place> places) {
        return places.subList(Math.max(0, places.size() - RunSource.MOST_PUSHES), places.size());
    }
}
