package dev.trestle.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.core.config.Registry;
import dev.trestle.core.merge.Digest;
import dev.trestle.core.refresh.UpstreamImage;
import dev.trestle.core.refresh.UpstreamView;
import dev.trestle.core.refresh.UpstreamView.Known;
import dev.trestle.core.refresh.UpstreamView.Unavailable;
import dev.trestle.core.refresh.UpstreamView.Unresolved;
import dev.trestle.source.HandCranked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UpstreamWatchTest {

    private static final Duration PERIOD = Duration.ofMinutes(10);
    private static final UpstreamImage UBUNTU = UpstreamImage.parse("ubuntu:24.04");
    private static final UpstreamImage CUDA = UpstreamImage.parse("nvidia/cuda:12.8");
    private static final UpstreamImage QUAY = UpstreamImage.parse("quay.io/acme/base:v1");
    private static final Digest OLD = digest("a1");
    private static final Digest NEW = digest("b2");

    private final FakeImageRegistry registry = new FakeImageRegistry();
    private final HandCranked time = new HandCranked();
    private final List<UpstreamImage> told = new ArrayList<>();
    private Set<UpstreamImage> wanted = Set.of(UBUNTU, CUDA, QUAY);
    private List<Registry> registries = List.of();
    private final UpstreamWatch watch = watch();

    private UpstreamWatch watch() {
        var made = new UpstreamWatch(registry, () -> registries, () -> PERIOD, time, told::add);
        made.forgetAllBut(() -> wanted);
        return made;
    }

    @Test
    void whoAsksFirstDoesNotWaitForTheRegistry() {
        assertThat(watch.viewOf(UBUNTU)).isEqualTo(new Unresolved());
        assertThat(registry.asked()).isEmpty();
    }

    @Test
    void theFirstLookIsAtOnceAndIsTold() {
        registry.tag("docker.io/library/ubuntu:24.04", OLD);

        assertThat(after(Duration.ZERO, UBUNTU)).isEqualTo(new Known(OLD.value()));
        assertThat(told).containsExactly(UBUNTU);
    }

    @Test
    void aTagThatStandsStillIsAskedForOnceAPeriodAndTellsNobody() {
        known();

        assertThat(after(PERIOD.multipliedBy(3), UBUNTU)).isEqualTo(new Known(OLD.value()));
        assertThat(registry.asked()).hasSize(3);
        assertThat(told).isEmpty();
    }

    @Test
    void aTagThatMovesIsToldOnceAtTheNextLook() {
        known();
        registry.tag("docker.io/library/ubuntu:24.04", NEW);

        assertThat(after(PERIOD.minusMillis(1), UBUNTU)).isEqualTo(new Known(OLD.value()));
        assertThat(after(Duration.ofMillis(1), UBUNTU)).isEqualTo(new Known(NEW.value()));
        assertThat(after(PERIOD, UBUNTU)).isEqualTo(new Known(NEW.value()));
        assertThat(told).containsExactly(UBUNTU);
    }

    @Test
    void oneImageIsAskedForOnceHoweverItIsWritten() {
        for (var written : List.of("ubuntu:24.04", "docker.io/ubuntu:24.04", "docker.io/library/ubuntu:24.04")) {
            watch.viewOf(written);
        }
        time.advance(Duration.ZERO);

        assertThat(registry.asked()).containsExactly("docker.io/library/ubuntu:24.04");
    }

    @Test
    void aHostIsAskedOneThingAtATimeAndAnotherHostMeanwhile() {
        var duringUbuntu = new ArrayList<String>();
        registry.whileAsked(() -> {
            registry.whileAsked(() -> {});
            registry.asked();
            watch.viewOf(CUDA);
            watch.viewOf(QUAY);
            time.advance(Duration.ZERO);
            duringUbuntu.addAll(registry.asked());
        });
        after(Duration.ZERO, UBUNTU);
        time.advance(Duration.ZERO);

        assertThat(duringUbuntu).containsExactly("quay.io/acme/base:v1");
        assertThat(registry.asked()).containsExactly("docker.io/nvidia/cuda:12.8");
    }

    @Test
    void aBusyHostIsAskedNothingUntilTheTimeItGaveAndOthersAre() {
        registry.busy("docker.io", Optional.of(Duration.ofMinutes(3)));
        watch.viewOf(UBUNTU);
        watch.viewOf(CUDA);
        watch.viewOf(QUAY);
        time.advance(Duration.ofSeconds(179));
        assertThat(registry.asked())
                .containsExactlyInAnyOrder("docker.io/library/ubuntu:24.04", "quay.io/acme/base:v1");

        registry.answers("docker.io");
        registry.tag("docker.io/library/ubuntu:24.04", OLD);
        time.advance(Duration.ofSeconds(1));
        assertThat(registry.asked()).containsExactly("docker.io/nvidia/cuda:12.8", "docker.io/library/ubuntu:24.04");
        assertThat(watch.viewOf(UBUNTU)).isEqualTo(new Known(OLD.value()));
    }

    @Test
    void whoAsksForNoPauseGetsOneAllTheSame() {
        registry.busy("docker.io", Optional.of(Duration.ZERO));

        after(Duration.ofSeconds(35), UBUNTU);
        assertThat(registry.asked()).hasSize(4);
    }

    @Test
    void whoAsksForMoreThanADayIsAskedAfterADay() {
        registry.busy("docker.io", Optional.of(Duration.ofDays(11)));

        after(Duration.ofDays(1), UBUNTU);
        assertThat(registry.asked()).hasSize(2);
    }

    @Test
    void aHostThatIsAwayIsAskedEverMoreSeldomButOnceAPeriod() {
        registry.busy("docker.io", Optional.empty());

        after(Duration.ofSeconds(10 + 20 + 40 + 80 + 160 + 320), UBUNTU);
        assertThat(registry.asked()).hasSize(7);
        time.advance(PERIOD.multipliedBy(2));
        assertThat(registry.asked()).hasSize(2);
    }

    @Test
    void aHostThatAnsweredBeginsAnewWithShortPauses() {
        registry.busy("docker.io", Optional.empty());
        after(Duration.ofMinutes(5), UBUNTU);
        registry.answers("docker.io");
        after(PERIOD, UBUNTU);
        registry.busy("docker.io", Optional.empty());
        registry.asked();

        after(PERIOD, UBUNTU);
        assertThat(registry.asked()).hasSizeGreaterThan(4);
    }

    @Test
    void whatWasKnownStaysKnownWhileTheRegistryIsAway() {
        known();
        registry.busy("docker.io", Optional.empty());

        assertThat(after(PERIOD.multipliedBy(3), UBUNTU)).isEqualTo(new Known(OLD.value()));
        assertThat(told).isEmpty();

        registry.answers("docker.io");
        registry.tag("docker.io/library/ubuntu:24.04", NEW);
        assertThat(after(PERIOD, UBUNTU)).isEqualTo(new Known(NEW.value()));
        assertThat(told).containsExactly(UBUNTU);
    }

    @Test
    void whatWasNeverKnownSaysWhy() {
        registry.busy("docker.io", Optional.empty());

        assertThat(after(Duration.ZERO, UBUNTU))
                .isEqualTo(
                        new Unavailable(
                                "Upstream image 'docker.io/library/ubuntu:24.04' cannot be looked up, and is tried again: "
                                        + "Cannot pull manifest in 'docker.io/any': HTTP 429. Try again when 'docker.io' answers."));
        time.advance(PERIOD);
        assertThat(told).containsExactly(UBUNTU);
    }

    @Test
    void aTagThatIsGoneIsToldAlsoWhenItWasKnown() {
        known();
        registry.untag("docker.io/library/ubuntu:24.04");

        assertThat(after(PERIOD, UBUNTU))
                .isEqualTo(
                        new Unavailable(
                                "Upstream image 'docker.io/library/ubuntu:24.04' does not exist: 'docker.io/library/ubuntu' has no tag '24.04'. Push it, or correct the name."));
        assertThat(told).containsExactly(UBUNTU);
    }

    @Test
    void whatOneImageIsRefusedHoldsUpNoOther() {
        registry.denies("docker.io");
        watch.viewOf(UBUNTU);
        watch.viewOf(CUDA);
        time.advance(PERIOD.minusMillis(1));
        assertThat(registry.asked()).hasSize(2);

        time.advance(Duration.ofMillis(1));
        assertThat(registry.asked()).hasSize(2);
    }

    @Test
    void anAnswerThatNobodyExpectedEndsNoWatch() {
        registry.fails("docker.io", new IllegalArgumentException("'sha512:12' is no digest"));
        assertThat(after(Duration.ZERO, UBUNTU))
                .isInstanceOfSatisfying(
                        Unavailable.class, view -> assertThat(view.message()).endsWith("'sha512:12' is no digest"));

        registry.answers("docker.io");
        registry.tag("docker.io/library/ubuntu:24.04", OLD);
        assertThat(after(PERIOD, UBUNTU)).isEqualTo(new Known(OLD.value()));
    }

    @Test
    void aListenerThatFailsEndsNoWatch() {
        var deaf = new UpstreamWatch(registry, () -> registries, () -> PERIOD, time, image -> {
            throw new IllegalStateException("no one is there");
        });
        deaf.forgetAllBut(() -> wanted);
        deaf.viewOf(UBUNTU);
        time.advance(PERIOD);
        registry.tag("docker.io/library/ubuntu:24.04", NEW);
        time.advance(PERIOD);

        assertThat(deaf.viewOf(UBUNTU)).isEqualTo(new Known(NEW.value()));
    }

    @Test
    void registriesThatNoBaseNamesAnyMoreAreForgotten() {
        watch.viewOf(UBUNTU);
        watch.viewOf(QUAY);
        time.advance(Duration.ZERO);
        assertThat(watch.hosts()).isEqualTo(2);

        wanted = Set.of(UBUNTU);
        time.advance(PERIOD.multipliedBy(2));

        assertThat(watch.hosts()).isEqualTo(1);
    }

    @Test
    void aMirrorIsAskedFirstAndTheOriginWhereItDoesNotHelp() {
        registries = List.of(new Registry("docker.io", false, List.of("mirror.example/hub")));
        registry.tag("docker.io/library/ubuntu:24.04", OLD);

        assertThat(after(Duration.ZERO, UBUNTU)).isEqualTo(new Known(OLD.value()));
        assertThat(registry.asked())
                .containsExactly("mirror.example/hub/library/ubuntu:24.04", "docker.io/library/ubuntu:24.04");

        registry.tag("mirror.example/hub/library/ubuntu:24.04", NEW);
        assertThat(after(PERIOD, UBUNTU)).isEqualTo(new Known(NEW.value()));
        assertThat(registry.asked()).containsExactly("mirror.example/hub/library/ubuntu:24.04");

        registry.busy("mirror.example", Optional.of(Duration.ofHours(1)));
        assertThat(after(PERIOD, UBUNTU)).isEqualTo(new Known(OLD.value()));
    }

    @Test
    void anImageThatNoBaseNeedsIsNotAskedForAgain() {
        known();
        wanted = Set.of();
        time.advance(PERIOD.multipliedBy(3));

        assertThat(registry.asked()).isEmpty();
        assertThat(watch.viewOf(UBUNTU)).isEqualTo(new Unresolved());
    }

    @Test
    void norIsOneWhoseHostIsAway() {
        registry.busy("docker.io", Optional.empty());
        after(Duration.ZERO, UBUNTU);
        wanted = Set.of();
        time.advance(PERIOD);
        registry.asked();

        time.advance(PERIOD.multipliedBy(3));
        assertThat(registry.asked()).isEmpty();
    }

    private UpstreamView after(Duration passed, UpstreamImage image) {
        watch.viewOf(image);
        time.advance(passed);
        return watch.viewOf(image);
    }

    private void known() {
        registry.tag("docker.io/library/ubuntu:24.04", OLD);
        assertThat(after(Duration.ZERO, UBUNTU)).isEqualTo(new Known(OLD.value()));
        registry.asked();
        told.clear();
    }

    private static Digest digest(String twice) {
        return new Digest("sha256:" + twice.repeat(32));
    }
}
