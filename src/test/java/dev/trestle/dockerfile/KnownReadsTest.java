package dev.trestle.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.core.dockerfile.DockerfileReader;
import dev.trestle.core.dockerfile.DockerfileReads;
import dev.trestle.core.dockerfile.DockerfileRequest;
import dev.trestle.source.HandCranked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownReadsTest {
    private final HandCranked time = new HandCranked();
    private final List<String> read = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private Optional<RuntimeException> failure = Optional.empty();
    private final DockerfileReader reader = request -> {
        read.add(request.text());
        failure.ifPresent(cause -> {
            throw cause;
        });
        return reads(request.text());
    };
    private final KnownReads known = new KnownReads(reader, time);

    @Test
    void theFirstQuestionDoesNotWaitAndIsCalledBack() {
        assertThat(ask("a", "one")).isEmpty();
        assertThat(read).isEmpty();

        time.advance(Duration.ZERO);
        assertThat(told).containsExactly("one");
        assertThat(ask("a", "one")).hasValue(reads("a"));
        assertThat(read).containsExactly("a");
    }

    @Test
    void equalQuestionsAreAnsweredTogether() {
        ask("a", "one");
        ask("a", "two");
        time.advance(Duration.ZERO);

        assertThat(read).containsExactly("a");
        assertThat(told).containsExactly("one", "two");
    }

    @Test
    void anOwnerOfManyRequestsDelaysAnotherByOne() {
        for (var at = 0; at < 10; at++) {
            known.of(request("many-" + at), "https://git.example/many", () -> {});
        }
        known.of(request("one"), "https://git.example/one", () -> {});
        time.advance(Duration.ZERO);

        assertThat(read).hasSize(11).startsWith("many-0", "one", "many-1");
    }

    @Test
    void aReaderThatFailsIsAskedLater() {
        failure = Optional.of(new IllegalStateException("no memory"));
        ask("a", "one");
        time.advance(Duration.ZERO);
        assertThat(told).isEmpty();

        failure = Optional.empty();
        time.advance(Duration.ofSeconds(10));
        assertThat(told).containsExactly("one");
        assertThat(ask("a", "one")).isPresent();
    }

    @Test
    void aCallThatFailsHindersNoOther() {
        known.of(request("a"), "url", () -> {
            throw new IllegalStateException("gone");
        });
        ask("a", "two");
        time.advance(Duration.ZERO);

        assertThat(told).containsExactly("two");
    }

    @Test
    void theCacheIsBounded() {
        var path = "x".repeat(1 << 20);
        for (var at = 0; at < 4; at++) {
            known.now(request(at + path));
        }
        read.clear();
        known.now(request(3 + path));
        assertThat(read).as("the newest is there").isEmpty();
        known.now(request(0 + path));
        assertThat(read).as("the eldest is gone").hasSize(1);
    }

    private Optional<DockerfileReads> ask(String text, String who) {
        return known.of(request(text), "https://git.example/a", new Asking(told, who));
    }

    private record Asking(List<String> told, String who) implements Runnable {
        @Override
        public void run() {
            told.add(who);
        }
    }

    private static DockerfileReads reads(String path) {
        return new DockerfileReads.Paths(List.of(path), false, List.of());
    }

    private static DockerfileRequest request(String text) {
        return new DockerfileRequest(text, List.of(), Optional.empty());
    }
}
