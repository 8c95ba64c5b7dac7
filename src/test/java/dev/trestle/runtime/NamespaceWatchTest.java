package dev.trestle.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A namespace that cannot be read stops no other, and is followed again when it can. */
class NamespaceWatchTest {
    private final Set<String> lost = new TreeSet<>();
    private final List<Set<String>> followed = new ArrayList<>();
    private boolean isAway;
    private final NamespaceWatch watch = new NamespaceWatch(Set.of("a", "b"), this::read);

    @Test
    void oneThatIsLostFromTheStartIsLeftOutUntilItCanBeRead() {
        lost.add("b");
        assertThat(watch.first()).containsExactly("a");
        assertThat(watch.isReadable("b")).isFalse();
        look();
        assertThat(followed).isEmpty();
        lost.clear();
        look();
        assertThat(followed).containsExactly(Set.of("a", "b"));
        assertThat(watch.isReadable("b")).isTrue();
    }

    @Test
    void oneThatIsLostForAShortTimeStaysFollowed() {
        watch.first();
        lost.add("b");
        look(NamespaceStates.MOST_IN_A_ROW - 1);
        assertThat(watch.isReadable("b")).isFalse();
        assertThat(followed).isEmpty();
        lost.clear();
        look();
        assertThat(followed).isEmpty();
    }

    @Test
    void oneThatIsLostForLongIsLetGoOfAndTakenUpAgain() {
        watch.first();
        lost.add("b");
        look(NamespaceStates.MOST_IN_A_ROW);
        assertThat(followed).containsExactly(Set.of("a"));
        lost.clear();
        look();
        assertThat(followed).containsExactly(Set.of("a"), Set.of("a", "b"));
    }

    @Test
    void anApiServerThatIsAwaySaysNothingOfNamespaces() {
        watch.first();
        isAway = true;
        look(NamespaceStates.MOST_IN_A_ROW + 1);
        assertThat(watch.isReadable("b")).isTrue();
        assertThat(followed).isEmpty();
        assertThatThrownBy(watch::first).isInstanceOf(KubernetesClientException.class);
    }

    @Test
    void whenNoneCanBeReadTheOperatorAsksForAll() {
        lost.addAll(Set.of("a", "b"));
        assertThat(watch.first()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void oneThatDoesNotStartIsTriedAgain() {
        lost.add("b");
        watch.first();
        lost.clear();
        watch.look(_ -> {
            throw new IllegalStateException("informer");
        });
        look();
        assertThat(followed).containsExactly(Set.of("a", "b"));
    }

    private void look(int times) {
        for (var i = 0; i < times; i++) {
            look();
        }
    }

    private void look() {
        watch.look(followed::add);
    }

    private Optional<String> read(String namespace) {
        if (isAway) {
            throw new KubernetesClientException("connection refused");
        }
        return lost.contains(namespace) ? Optional.of("forbidden") : Optional.empty();
    }
}
