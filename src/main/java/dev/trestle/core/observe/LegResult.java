package dev.trestle.core.observe;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.trestle.api.FailureReason;
import dev.trestle.api.LegFailure;
import dev.trestle.api.LegFailure.FailureClass;
import dev.trestle.api.LegFailureBuilder;
import dev.trestle.api.Schema;
import dev.trestle.core.Text;
import dev.trestle.core.merge.Digest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The termination message of a leg's container, which {@code images/builder/trestle-leg} writes. */
@JsonIgnoreProperties(ignoreUnknown = true)
record LegResult(
        @Nullable String digest,
        @Nullable Long seconds,
        @Nullable Integer steps,
        @Nullable Integer cachedSteps,
        @Nullable String cacheImport,
        @Nullable String cacheExport,
        @Nullable Failure failure) {
    private static final int LINES = 20;

    /** @return empty when there is no message, or it is none of ours */
    static Optional<LegResult> parse(@Nullable String message) {
        return TerminationMessage.read(message, LegResult.class);
    }

    /** Every build can write the message, and a status takes no other numbers than these. */
    static <N extends Number> Optional<N> amount(@Nullable N number) {
        return Optional.ofNullable(number)
                .filter(amount -> amount.longValue() >= 0 && amount.longValue() <= Integer.MAX_VALUE);
    }

    Optional<String> validDigest() {
        return Optional.ofNullable(digest).filter(Digest::isWellFormed);
    }

    /** Class and reason are texts here, so that a builder newer than the operator is understood as far as it can be. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Failure(
            @JsonProperty("class") @Nullable String failureClass,
            @Nullable String reason,
            @Nullable String step,
            @Nullable String location,
            @Nullable Integer exitCode,
            @Nullable String message,
            @Nullable List<String> lastLines,
            @Nullable String registry) {

        LegFailure toLegFailure(FailureReason otherwise) {
            var known = reasonOr(otherwise);
            return LegFailureBuilder.builder()
                    .failureClass(known.failureClass())
                    .reason(known)
                    .step(cut(step, Schema.STEP))
                    .location(cut(location, Schema.STEP))
                    .exitCode(exitCode)
                    .message(
                            message == null
                                    ? "The build failed without a message."
                                    : cutText(message, Schema.LEG_MESSAGE))
                    .lastLines(tail())
                    .registry(cut(registry, Schema.HOST_LENGTH))
                    .build();
        }

        private FailureReason reasonOr(FailureReason otherwise) {
            for (var known : FailureClass.values()) {
                if (known.name().equals(failureClass)) {
                    return FailureReason.of(reason, FailureReason.ofClass(known));
                }
            }
            return FailureReason.of(reason, otherwise);
        }

        private List<String> tail() {
            if (lastLines == null) {
                return List.of();
            }
            return lastLines.subList(Math.max(0, lastLines.size() - LINES), lastLines.size()).stream()
                    .filter(Objects::nonNull)
                    .map(line -> cutText(line, Schema.LAST_LINE))
                    .toList();
        }

        private static @Nullable String cut(@Nullable String text, int length) {
            return text == null ? null : cutText(text, length);
        }

        private static String cutText(String text, int length) {
            return Text.atMost(length, text);
        }
    }
}
