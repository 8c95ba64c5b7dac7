package dev.trestle.core.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trestle.api.BackendBuildSpec;
import dev.trestle.api.BuildArg;
import dev.trestle.api.Source;
import dev.trestle.core.Hash;
import java.util.Comparator;
import java.util.List;

/**
 * Tells whether an image fulfils the spec as it is now; suspending a build is no other image, nor is another pool, another order or another
 * right to read it.
 */
public final class SpecHash {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SpecHash() {}

    public static String of(BackendBuildSpec spec) {
        try {
            return Hash.shortOf(
                    16,
                    List.of(JSON.writeValueAsString(List.of(
                            new Source(spec.source().git().withoutSecret()),
                            spec.effectiveDockerfile(),
                            spec.effectiveContext(),
                            String.valueOf(spec.target()),
                            spec.buildArgs().stream()
                                    .sorted(Comparator.comparing(BuildArg::name))
                                    .toList(),
                            spec.base() == null ? "" : spec.base(),
                            spec.legs().stream()
                                    .map(leg -> List.of(leg.platform(), leg.effectiveBuildPlatform()))
                                    .toList(),
                            spec.image()))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a spec that came from JSON is written as JSON", e);
        }
    }
}
