package dev.trestle.core.admit;

import static dev.trestle.core.admit.Legs.NOON;
import static dev.trestle.core.admit.Legs.POOL;
import static dev.trestle.core.admit.Legs.atMost;
import static dev.trestle.core.admit.Legs.due;
import static dev.trestle.core.admit.Legs.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.core.admit.WaitingLegs.Moment;
import dev.trestle.core.config.Limits;
import dev.trestle.core.inputs.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One pool with one place, for which builds x and y contend. */
class WaitingLegsTest {
    private static final DueLeg X = due("a/x", Cause.Source, 2);
    private static final DueLeg Y = due("a/y", Cause.Source, 1);

    private final WaitingLegs legs = new WaitingLegs();
    private final Pods pods = new Pods();
    private Instant now = NOON;
    private Limits limits = atMost(1);
    private RegistriesSeen registries = (_, _) -> List.of();

    private static final class Pods implements PodsSeen {
        final List<RunningLeg> told = new ArrayList<>();
        final Map<PodKey, Sighting> sightings = new HashMap<>();

        @Override
        public List<RunningLeg> runningIn(String pool) {
            return List.copyOf(told);
        }

        @Override
        public Sighting look(PodKey pod) {
            return sightings.getOrDefault(pod, Sighting.Absent);
        }

        /** The operator knows what it has created before the API server tells of it. */
        void created(DueLeg leg) {
            sightings.put(leg.podKey(), Sighting.Running);
        }

        void told(DueLeg leg) {
            created(leg);
            told.add(leg.running());
        }

        void ended(DueLeg leg) {
            told.remove(leg.running());
            sightings.put(leg.podKey(), Sighting.Ended);
        }

        void gone(DueLeg leg) {
            told.remove(leg.running());
            sightings.remove(leg.podKey());
        }
    }

    @Test
    void theFirstThatComesFindsAPlaceAtOnce() {
        assertThat(tell(X)).containsExactly("x-1");
        assertThat(tell(Y)).isEmpty();
        assertThat(legs.waiting()).containsExactly(Y);
    }

    @Test
    void whenAPodEndsTheNextIsLetInAndWoken() {
        start(X);
        assertThat(tell(Y)).isEmpty();

        pods.ended(X);
        assertThat(nothingIsDue("a/x").woken()).containsExactly(key("a/y"));
        assertThat(tell(Y)).containsExactly("y-1");
    }

    @Test
    void aPodThatTheApiServerHasNotToldOfYetTakesItsPlaceAllTheSame() {
        tell(X);
        pods.created(X);
        nothingIsDue("a/x");
        pass(3_600);

        assertThat(tell(Y)).isEmpty();
    }

    @Test
    void aPlaceIsCountedOnceWhenItsPodIsThere() {
        limits = atMost(2);
        start(X);

        assertThat(tell(Y)).containsExactly("y-1");
    }

    @Test
    void aLegThatIsNoLongerDueGivesItsPlaceBack() {
        tell(X);
        tell(Y);

        assertThat(nothingIsDue("a/x").woken()).containsExactly(key("a/y"));
    }

    @Test
    void soDoesOneWhosePodWasRefused() {
        tell(X);
        tell(Y);

        assertThat(legs.refused(Set.of(X.podKey()), moment())).containsExactly(key("a/y"));
    }

    @Test
    void soDoesOneWhoseBuildFailsToStartIt() {
        tell(X);
        tell(Y);
        pass(20);
        assertThat(tell(X)).as("tried again").containsExactly("x-1");
        pass(11);

        assertThat(sweep()).containsExactly(key("a/y"));
        assertThat(tell(X)).as("others come first now").isEmpty();
    }

    @Test
    void onePassMayTakeItsTimeAfterItWasWoken() {
        start(X);
        tell(Y);
        pods.gone(X);
        nothingIsDue("a/x");
        pass(29);
        assertThat(tell(Y)).containsExactly("y-1");
        pass(29);

        assertThat(tell(X)).isEmpty();
    }

    @Test
    void aBuildThatIsGoneWaitsNoMore() {
        start(X);
        tell(Y);
        pods.gone(X);

        assertThat(legs.sweep(build -> !build.equals(key("a/y")), moment())).isEmpty();
        assertThat(legs.waiting()).isEmpty();
    }

    @Test
    void aPodOfABuildThatIsGoneGivesItsPlaceToTheNextSweep() {
        start(X);
        tell(Y);
        pods.gone(X);

        assertThat(sweep()).containsExactly(key("a/y"));
    }

    @Test
    void inputsThatMoveOnDoNotSendALegToTheEndOfTheQueue() {
        start(due("a/r", Cause.Source, 9));
        tell(X);
        tell(Y);
        pass(60);
        tell(new DueLeg(X.build(), X.platform(), "x-2", POOL, Cause.Source, now, Set.of(), Instant.EPOCH));
        pods.told.clear();

        assertThat(sweep()).containsExactly(key("a/x"));
    }

    @Test
    void aRestartedOperatorCountsTheLegsThatRun() {
        pods.told(X);

        assertThat(tell(Y)).isEmpty();
    }

    @Test
    void aRaisedLimitLetsMoreIn() {
        start(X);
        tell(Y);
        limits = atMost(2);

        assertThat(sweep()).containsExactly(key("a/y"));
    }

    @Test
    void atARegistryThatHasHadEnoughOneStartsAfterThePauseAndTheMergeFirst() {
        limits = Limits.NONE;
        var began = now;
        var limited = new RegistryUse(
                new PodKey("a", "z-1"),
                began.minusSeconds(60),
                new RegistryUse.Answer.Limited(began, Optional.empty()));
        registries = (registry, _) -> registry.equals("quay.io") ? List.of(limited) : List.of();
        var leg = needing("quay.io", X);
        var merge = DueLeg.ofMerge(key("a/y"), "y-merge", now, Set.of("quay.io"), Instant.EPOCH);

        assertThat(tell(leg)).isEmpty();
        assertThat(tell(merge)).isEmpty();
        assertThat(tell(needing("ghcr.io", due("a/v", Cause.Wave, 0)))).containsExactly("v-1");
        pass(60);
        assertThat(sweep()).containsExactly(key("a/y"));
        assertThat(tell(merge)).containsExactly("y-merge");
        pods.created(merge);
        assertThat(tell(leg))
                .as("as many as the registry takes are on their way")
                .isEmpty();

        registries = (_, _) -> List.of();
        assertThat(sweep()).as("it is forgotten").containsExactly(key("a/x"));
    }

    private static DueLeg needing(String registry, DueLeg leg) {
        return Legs.needing(registry, leg, Instant.EPOCH);
    }

    /** As a build's passes do: it is let in, creates the pod, and is told of it. */
    private void start(DueLeg leg) {
        assertThat(tell(leg)).containsExactly(leg.pod());
        pods.told(leg);
        legs.tell(leg.build(), List.of(), moment());
    }

    private Set<String> tell(DueLeg leg) {
        return legs.tell(leg.build(), List.of(leg), moment()).admitted();
    }

    private WaitingLegs.Answer nothingIsDue(String build) {
        return legs.tell(key(build), List.of(), moment());
    }

    private Set<BuildKey> sweep() {
        return legs.sweep(_ -> true, moment());
    }

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }

    private Moment moment() {
        return new Moment(Map.of(POOL, limits), pods, registries, now);
    }
}
