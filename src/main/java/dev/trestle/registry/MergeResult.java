package dev.trestle.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.core.merge.FailureClass;
import dev.trestle.core.merge.IndexPlan;
import dev.trestle.core.merge.MergeRefused;
import java.nio.charset.StandardCharsets;

/**
 * The result of a merge, as one line of JSON that fits into a pod's termination message.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/debug/debug-application/determine-reason-pod-failure/">termination messages: 4096 bytes</a>
 */
public final class MergeResult {

    /** Bytes that a result never exceeds. */
    static final int LONGEST = 4000;

    private static final int LONGEST_MESSAGE = 1200;

    private MergeResult() {}

    /** {@code {"digest", "mediaType", "size", "platforms": [{"platform", "digest", "size"}], "attestations"}}. */
    public static String of(IndexPlan plan) {
        var whole = json(plan, true);
        // 32 platforms with long names would not fit; the index itself has their sizes
        return whole.getBytes(StandardCharsets.UTF_8).length < LONGEST ? whole : json(plan, false);
    }

    private static String json(IndexPlan plan, boolean sizes) {
        var json = object().put("digest", plan.index().digest().value())
                .put("mediaType", plan.index().mediaType())
                .put("size", plan.size());
        var platforms = json.putArray("platforms");
        for (var image : plan.images()) {
            var platform = platforms
                    .addObject()
                    .put("platform", image.platform().toString())
                    .put("digest", image.digest().value());
            if (sizes) {
                platform.put("size", image.size());
            }
        }
        return json.put("attestations", plan.attestations()).toString();
    }

    /** {@code {"failure": {"class", "message"}}}; a long message is cut. */
    public static String of(FailureClass failure, String message) {
        return failure(failure, message).toString();
    }

    /** The same with {@code "gone"}, the platforms whose images are gone, and {@code "supersededBy"}, the later run's number. */
    public static String of(MergeRefused refused) {
        var json = failure(refused.failure(), String.valueOf(refused.getMessage()));
        var failure = json.withObject("/failure");
        if (!refused.gone().isEmpty()) {
            var gone = failure.putArray("gone");
            refused.gone().forEach(platform -> gone.add(platform.toString()));
        }
        refused.supersededBy().ifPresent(number -> failure.put("supersededBy", number));
        return json.toString();
    }

    /** The same with {@code "limitedBy"}, the registry that is asked too often, and {@code "retryAfter"}, the seconds that it asks for. */
    public static String of(RegistryFailure refused) {
        var json = failure(refused.failure(), String.valueOf(refused.getMessage()));
        var failure = json.withObject("/failure");
        refused.limitedBy().ifPresent(host -> {
            failure.put("limitedBy", host);
            refused.retryAfter().ifPresent(after -> failure.put("retryAfter", after.toSeconds()));
        });
        return json.toString();
    }

    private static ObjectNode failure(FailureClass failure, String message) {
        var cut = message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "…" : message;
        var json = object();
        json.putObject("failure").put("class", failure.name()).put("message", cut);
        return json;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
