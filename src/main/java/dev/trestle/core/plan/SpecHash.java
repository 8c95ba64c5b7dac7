package dev.trestle.core.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trestle.api.BackendBuildSpec;
import dev.trestle.core.Hash;
import java.util.List;

/** Tells whether an image fulfils the spec as it is now; suspending a build is no other image. */
public final class SpecHash {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SpecHash() {}

    public static String of(BackendBuildSpec spec) {
        try {
            return Hash.shortOf(
                    16,
                    List.of(JSON.writeValueAsString(List.of(
                            spec.source(),
                            spec.effectiveDockerfile(),
                            spec.effectiveContext(),
                            String.valueOf(spec.target()),
                            spec.buildArgs(),
                            spec.base() == null ? "" : spec.base(),
                            spec.legs(),
                            spec.image()))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a spec that came from JSON is written as JSON", e);
        }
    }
}
