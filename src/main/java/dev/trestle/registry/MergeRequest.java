package dev.trestle.registry;

import dev.trestle.core.merge.Digest;
import dev.trestle.core.merge.ImagePlatform;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which images become one index, and where its tags go.
 *
 * @param sources one per platform; 1 to 32
 * @param targets 1 to 16
 * @param annotations for the index itself
 */
public record MergeRequest(List<Source> sources, List<Target> targets, Map<String, String> annotations) {

    private static final int MOST_SOURCES = 32;
    private static final int MOST_TARGETS = 16;

    /**
     * Takes a request.
     *
     * @throws IllegalArgumentException when there are too few or too many of something
     */
    public MergeRequest {
        sources = List.copyOf(sources);
        targets = List.copyOf(targets);
        annotations = Map.copyOf(annotations);
        require("sources", sources.size(), MOST_SOURCES);
        require("targets", targets.size(), MOST_TARGETS);
    }

    private static void require(String what, int count, int most) {
        if (count < 1 || count > most) {
            throw new IllegalArgumentException("There are %d %s; 1 to %d may be.".formatted(count, what, most));
        }
    }

    /** The image of one leg: the root that its build reported. */
    public record Source(ImagePlatform platform, Repository repository, Digest digest) {

        /**
         * Reads {@code PLATFORM=REPOSITORY@DIGEST}.
         *
         * @throws IllegalArgumentException when {@code text} has another form
         */
        public static Source parse(String text) {
            var equals = text.indexOf('=');
            var at = text.lastIndexOf('@');
            if (equals < 0 || at < equals) {
                throw new IllegalArgumentException(
                        "'%s' is no source; write PLATFORM=REPOSITORY@DIGEST.".formatted(text));
            }
            return new Source(
                    ImagePlatform.parse(text.substring(0, equals)),
                    Repository.parse(text.substring(equals + 1, at)),
                    new Digest(text.substring(at + 1)));
        }

        @Override
        public String toString() {
            return repository + "@" + digest;
        }
    }

    /** A repository, and the tags there that the index gets. */
    public record Target(Repository repository, List<String> tags) {

        /**
         * Reads {@code REPOSITORY=TAG[,TAG…]}.
         *
         * @throws IllegalArgumentException when {@code text} has another form
         */
        public static Target parse(String text) {
            var equals = text.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'%s' is no target; write REPOSITORY=TAG,TAG.".formatted(text));
            }
            var tags = Stream.of(text.substring(equals + 1).split(",", -1))
                    .map(Repository::requireTag)
                    .distinct()
                    .toList();
            return new Target(Repository.parse(text.substring(0, equals)), tags);
        }
    }

    /** Every repository of the request, once. */
    List<Repository> repositories() {
        return Stream.concat(
                        sources.stream().map(Source::repository),
                        targets.stream().map(Target::repository))
                .distinct()
                .toList();
    }
}
