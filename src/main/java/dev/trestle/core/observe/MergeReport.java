package dev.trestle.core.observe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.trestle.api.PlatformImage;
import dev.trestle.core.merge.Digest;
import dev.trestle.core.observe.MergeOutcome.Failed;
import dev.trestle.core.observe.MergeOutcome.Limited;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The termination message of {@code trestle merge}, cut to the limits of a status. */
@JsonIgnoreProperties(ignoreUnknown = true)
record MergeReport(
        @Nullable String digest,
        @Nullable List<PlatformImage> platforms,
        @Nullable Failure failure) {
    private static final int MOST_PLATFORMS = 16;
    private static final int LONGEST_PLATFORM = 32;
    private static final long LARGEST_IN_JSON = (1L << 53) - 1;

    /** @return empty when there is no message, or it is none of ours */
    static Optional<MergeReport> parse(@Nullable String message) {
        return TerminationMessage.read(message, MergeReport.class);
    }

    Optional<String> validDigest() {
        return Optional.ofNullable(digest).filter(Digest::isWellFormed);
    }

    List<PlatformImage> validPlatforms() {
        return Objects.requireNonNullElse(platforms, List.<PlatformImage>of()).stream()
                .filter(image -> image != null && isValid(image))
                .limit(MOST_PLATFORMS)
                .toList();
    }

    private static boolean isValid(PlatformImage image) {
        return Stream.of(image.platform(), image.digest()).allMatch(text -> text != null && !text.isEmpty())
                && image.platform().length() <= LONGEST_PLATFORM
                && Digest.isWellFormed(image.digest())
                && (image.size() == null || isAmount(image.size()));
    }

    private static boolean isAmount(long number) {
        return number >= 0 && number <= LARGEST_IN_JSON;
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Failure(
            @Nullable String message,
            @Nullable List<String> gone,
            @Nullable Long supersededBy,
            @Nullable String limitedBy,
            @Nullable Long retryAfter) {
        private static final int LONGEST_HOST = 253;
        private static final int LONGEST_PAUSE = 86_400;

        Failed at(String time, MergeOutcome.Cause cause) {
            return new Failed(
                    Objects.requireNonNullElse(message, "no message"),
                    platformsGone(),
                    Optional.ofNullable(supersededBy).filter(MergeReport::isAmount),
                    limited(),
                    cause,
                    time);
        }

        private List<String> platformsGone() {
            return Objects.requireNonNullElse(gone, List.<String>of()).stream()
                    .filter(Objects::nonNull)
                    .toList();
        }

        private Optional<Limited> limited() {
            var after = Optional.ofNullable(retryAfter)
                    .map(seconds -> Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST_PAUSE)));
            return Optional.ofNullable(limitedBy)
                    .filter(registry -> registry.length() <= LONGEST_HOST)
                    .map(registry -> new Limited(registry, after));
        }
    }
}
