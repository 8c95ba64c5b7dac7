package dev.trestle.core.admit;

import dev.trestle.core.Jitter;
import dev.trestle.core.admit.RegistryUse.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The legs and merges that may start at a registry after it has answered 429: none during a pause; then one leg or merge, and two more
 * for each that succeeds. A leg that takes hours before it pushes must not keep all others waiting, so the number doubles with time too:
 * with each minute, or with each length of the pause when that is longer. After ten times the limit ends.
 *
 * <p>The pause is {@link #FIRST}, and doubles each time that the registry answers 429 to a leg or merge that was started after it. A 429
 * to one that was under way before, or was not known to need the registry, only prolongs the pause. A success ends it.
 *
 * @param since the first 429 of all these
 * @param until nothing starts before
 * @param room how many legs and merges may start now
 */
public record RegistryBudget(String registry, Instant since, Instant until, int room) {
    static final Duration FIRST = Duration.ofSeconds(30);
    static final Duration LONGEST = Duration.ofMinutes(15);
    /** A longer one is a mistake, such as a point in time that was meant. */
    static final Duration LONGEST_ASKED = Duration.ofHours(1);

    private static final Duration SOONEST_DOUBLE = Duration.ofMinutes(1);
    private static final int DOUBLINGS = 10;

    /** @return empty when the registry is not known to be rate-limiting */
    public static Optional<RegistryBudget> of(String registry, List<RegistryUse> uses, Instant now) {
        return Trouble.of(registry, uses.stream().map(use -> use.seenAt(now)).toList())
                .filter(trouble -> !trouble.isOverAt(now))
                .map(trouble ->
                        new RegistryBudget(registry, trouble.since(), trouble.until(), trouble.room(uses, now)));
    }

    /** Whether nothing starts now that needs it. */
    public boolean isPaused() {
        return room == 0;
    }

    /** The message for users. It changes once a pause, not with each waiting leg: a status must not be written again for others. */
    public String message() {
        return "Registry '%s' answers 429 since %s. Until %s nothing is started that needs it, and after that one by one at first."
                .formatted(registry, since.truncatedTo(ChronoUnit.SECONDS), until);
    }

    /**
     * @param began the first 429 of the present pause
     * @param strikes pauses in a row
     * @param well legs and merges that were started after that and have succeeded
     */
    private record Trouble(String registry, Instant since, Instant began, Instant until, int strikes, int well) {
        static Optional<Trouble> of(String registry, List<RegistryUse> uses) {
            var told = new ArrayList<>(uses);
            told.removeIf(use -> use.answer() instanceof Answer.None);
            told.sort(Comparator.comparing(Trouble::at)
                    .thenComparing(use -> use.who().name()));
            var trouble = Optional.<Trouble>empty();
            for (var use : told) {
                trouble = after(registry, trouble, use);
            }
            return trouble;
        }

        private static Instant at(RegistryUse use) {
            return switch (use.answer()) {
                case Answer.None _ -> Instant.MAX;
                case Answer.Well(var at) -> at;
                case Answer.Limited(var at, var _) -> at;
            };
        }

        private static Optional<Trouble> after(String registry, Optional<Trouble> before, RegistryUse use) {
            return switch (use.answer()) {
                case Answer.None _ -> before;
                case Answer.Well(var at) -> before.map(trouble -> trouble.eased(use.startedAt(), at));
                case Answer.Limited limited ->
                    before.filter(trouble -> !trouble.isOverAt(limited.at()))
                            .map(trouble -> trouble.limited(use.startedAt(), limited))
                            .or(() -> Optional.of(new Trouble(registry, limited.at(), limited.at(), limited.at(), 0, 0)
                                    .struck(limited)));
            };
        }

        private Trouble eased(Instant startedAt, Instant at) {
            var end = at.isBefore(until) ? up(at) : until;
            return startedAt.isAfter(began)
                    ? new Trouble(registry, since, began, end, 0, well + 1)
                    : new Trouble(registry, since, began, end, strikes, well);
        }

        private Trouble limited(Instant startedAt, Answer.Limited answer) {
            return startedAt.isBefore(until) ? prolonged(began, Math.max(1, strikes), answer) : struck(answer);
        }

        private Trouble struck(Answer.Limited answer) {
            return prolonged(answer.at(), strikes + 1, answer);
        }

        private Trouble prolonged(Instant from, int count, Answer.Limited answer) {
            var pause = answer.at().plus(pause(count, from));
            var asked = answer.retryAt()
                    .map(at -> earlier(at, answer.at().plus(LONGEST_ASKED)))
                    .orElse(pause);
            return new Trouble(registry, since, from, up(later(later(pause, asked), until)), count, 0);
        }

        /** Longer by up to a half, so that the operators of many clusters do not come again together. */
        private Duration pause(int count, Instant from) {
            return Jitter.upToHalfMore(least(count), List.of(registry, from.toString()));
        }

        private static Duration least(int count) {
            var grown = FIRST.multipliedBy(1L << Math.clamp(count - 1, 0, 10));
            return grown.compareTo(LONGEST) > 0 ? LONGEST : grown;
        }

        private Duration doubles() {
            var pause = least(strikes);
            return pause.compareTo(SOONEST_DOUBLE) > 0 ? pause : SOONEST_DOUBLE;
        }

        private boolean isOverAt(Instant now) {
            return !now.isBefore(until.plus(doubles().multipliedBy(DOUBLINGS)));
        }

        private int room(List<RegistryUse> uses, Instant now) {
            if (now.isBefore(until)) {
                return 0;
            }
            var started = (int) uses.stream()
                    .filter(use -> !use.startedAt().isBefore(until))
                    .count();
            var doubled = 1 << Duration.between(until, now).dividedBy(doubles());
            return Math.max(0, doubled + 2 * well - started);
        }

        /** Times of objects have whole seconds, rounded down: only later starts are surely later. */
        private static Instant up(Instant at) {
            var second = at.truncatedTo(ChronoUnit.SECONDS);
            return second.equals(at) ? at : second.plusSeconds(1);
        }

        private static Instant later(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }

        private static Instant earlier(Instant one, Instant other) {
            return one.isBefore(other) ? one : other;
        }
    }
}
