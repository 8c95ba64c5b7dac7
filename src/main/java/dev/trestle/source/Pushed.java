package dev.trestle.source;

import dev.trestle.core.inputs.FileRecipe;
import dev.trestle.core.plan.SourceView.Known;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was pushed to a ref before it came to its head, for builds that build each commit and not only the newest. */
final class Pushed {
    private static final Logger LOG = LoggerFactory.getLogger(Pushed.class);
    /** Each is read with all of its folders, so there must be an end. */
    private static final int MOST = 50;

    static final Pushed NOTHING = new Pushed(Map.of());

    private final Map<Question, List<Known>> answers;

    private Pushed(Map<Question, List<Known>> answers) {
        this.answers = Map.copyOf(answers);
    }

    /** @param since a commit, or the tag of a release: what the build has built last */
    record Question(FileRecipe recipe, String since) {}

    /** A commit that the ref was at, or that a release is. */
    record Place(String commit, Optional<String> gitTag) {}

    interface Places {
        /** @return the oldest first; the head is none of them */
        List<Place> since(String since) throws GitReader.Unreadable;
    }

    interface Heads {
        Head of(String commit, Set<String> dockerfiles) throws GitReader.Unreadable;
    }

    /** @return empty while it has not been looked up */
    Optional<List<Known>> answer(Question question) {
        return Optional.ofNullable(answers.get(question));
    }

    boolean answers(Collection<Question> questions) {
        return answers.keySet().containsAll(questions);
    }

    /** Reads each commit once, however many builds ask, and keeps no more of it than they do. */
    Pushed answering(Set<Question> questions, Places places, Heads heads) throws GitReader.Unreadable {
        if (answers(questions)) {
            return this;
        }
        var wanted = new HashMap<Question, List<Place>>();
        var recipes = new LinkedHashMap<Place, Set<FileRecipe>>();
        for (var question : questions) {
            if (!answers.containsKey(question)) {
                var since = newest(places.since(question.since()), question);
                wanted.put(question, since);
                since.forEach(place ->
                        recipes.computeIfAbsent(place, _ -> new HashSet<>()).add(question.recipe()));
            }
        }
        var known = new HashMap<Place, Map<FileRecipe, Known>>();
        for (var place : recipes.entrySet()) {
            known.put(place.getKey(), read(place.getKey(), place.getValue(), heads));
        }
        var all = new HashMap<>(answers);
        wanted.forEach((question, since) -> all.put(
                question,
                since.stream()
                        .map(place -> known.getOrDefault(place, Map.of()).get(question.recipe()))
                        .toList()));
        return new Pushed(all);
    }

    private static Map<FileRecipe, Known> read(Place place, Set<FileRecipe> recipes, Heads heads)
            throws GitReader.Unreadable {
        var dockerfiles = new HashSet<String>();
        recipes.forEach(recipe -> dockerfiles.add(recipe.dockerfile()));
        var head = heads.of(place.commit(), dockerfiles);
        var known = new HashMap<FileRecipe, Known>();
        recipes.forEach(recipe ->
                head.view(recipe).ifPresent(view -> known.put(recipe, view.after(place.gitTag(), List.of()))));
        return known;
    }

    private static List<Place> newest(List<Place> places, Question question) {
        var skipped = places.size() - MOST;
        if (skipped <= 0) {
            return places;
        }
        LOG.atWarn()
                .addKeyValue("since", question.since())
                .addKeyValue("skipped", skipped)
                .addKeyValue("built", MOST)
                .log("More was pushed than is built one by one; the oldest are skipped");
        return new ArrayList<>(places.subList(skipped, places.size()));
    }
}
