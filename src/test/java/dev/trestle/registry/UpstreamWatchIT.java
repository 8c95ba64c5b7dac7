package dev.trestle.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.cluster.SharesCluster;
import dev.trestle.core.merge.TinyImage;
import dev.trestle.core.refresh.UpstreamImage;
import dev.trestle.core.refresh.UpstreamView.Known;
import dev.trestle.core.refresh.UpstreamView.Unavailable;
import dev.trestle.source.HandCranked;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A tag of a real registry, and a registry that has had enough; time alone is made. */
@SharesCluster
class UpstreamWatchIT {

    private static final Duration PERIOD = Duration.ofMinutes(10);
    private static final TinyImage OLD = TinyImage.of("linux/amd64").attested("old");
    private static final TinyImage NEW = TinyImage.of("linux/amd64").attested("new");

    private final RealRegistry real = RealRegistry.required();
    private final HandCranked time = new HandCranked();
    private final List<UpstreamImage> told = new ArrayList<>();

    @Test
    void aTagThatMovesIsSeenWithoutReadingItsManifest() throws IOException {
        try (var front = new RegistryFront(real.host(), request -> false)) {
            var repository = real.repository("upstream");
            tag(repository, OLD);
            var image = new UpstreamImage(front.host() + "/" + repository.path(), "v1");
            var watch = watch(image, front);
            watch.viewOf(image);
            time.advance(Duration.ZERO);
            assertThat(watch.viewOf(image))
                    .isEqualTo(new Known(OLD.root().digest().value()));

            tag(repository, NEW);
            time.advance(PERIOD);

            assertThat(watch.viewOf(image))
                    .isEqualTo(new Known(NEW.root().digest().value()));
            assertThat(told).containsExactly(image, image);
            assertThat(front.requests()).hasSize(2).allMatch(request -> request.startsWith("HEAD "));
        }
    }

    @Test
    void aRegistryThatAnswers429IsLeftAloneForAsLongAsItSays() throws IOException {
        var hadEnough = new AtomicBoolean(true);
        try (var front = new RegistryFront(real.host(), request -> {
            request.getResponseHeaders().set("Retry-After", "120");
            return hadEnough.get() && RegistryFront.answer(request, 429);
        })) {
            var repository = real.repository("upstream");
            tag(repository, OLD);
            var image = new UpstreamImage(front.host() + "/" + repository.path(), "v1");
            var watch = watch(image, front);
            watch.viewOf(image);
            time.advance(Duration.ofSeconds(119));
            assertThat(front.requests()).hasSize(1);
            assertThat(watch.viewOf(image))
                    .isInstanceOfSatisfying(
                            Unavailable.class,
                            view -> assertThat(view.message()).contains("HTTP 429"));

            hadEnough.set(false);
            time.advance(Duration.ofSeconds(1));
            assertThat(watch.viewOf(image))
                    .isEqualTo(new Known(OLD.root().digest().value()));
        }
    }

    private void tag(Repository repository, TinyImage image) {
        real.push(image, repository);
        real.client().putManifest(repository, "v1", image.root());
    }

    private UpstreamWatch watch(UpstreamImage image, RegistryFront front) {
        var client = new HttpImageRegistry(
                front.host()::equals, DockerCredentials.in(Path.of("/nowhere")), real.retry(Backoff.ONCE));
        var made = new UpstreamWatch(client, List::of, () -> PERIOD, time, told::add);
        made.forgetAllBut(() -> Set.of(image));
        return made;
    }
}
