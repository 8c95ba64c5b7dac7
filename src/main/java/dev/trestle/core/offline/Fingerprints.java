package dev.trestle.core.offline;

import dev.trestle.api.BackendBuild;
import dev.trestle.api.Input;
import dev.trestle.api.Leg;
import dev.trestle.core.inputs.LegInputs;
import dev.trestle.core.offline.Specs.Name;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The inputs of every leg at one revision. In the place of a base's digest stands the hash of its own inputs. */
final class Fingerprints {
    /** A base that no file has does not move. */
    private static final String UNKNOWN = "unknown";

    private static final int DIGITS = 12;

    private record BaseLeg(Name base, String platform) {}

    private final Specs specs;
    private final Checkout checkout;
    private final Map<BaseLeg, String> bases = new HashMap<>();

    Fingerprints(Specs specs, Checkout checkout) {
        this.specs = specs;
        this.checkout = checkout;
    }

    List<Input> inputsOf(BackendBuild build, Leg leg) {
        return legInputs(build, leg).inputs();
    }

    private LegInputs legInputs(BackendBuild build, Leg leg) {
        var base = Specs.baseOf(build).map(name -> valueOf(new BaseLeg(name, leg.effectiveBuildPlatform())));
        return LegInputs.of(build.getSpec(), leg, checkout.inputsOf(build).inputs(), base);
    }

    /** A base that is made on itself gets no further than to itself. */
    private String valueOf(BaseLeg leg) {
        var known = bases.putIfAbsent(leg, UNKNOWN);
        if (known != null) {
            return known;
        }
        var value = Optional.ofNullable(specs.bases().get(leg.base()))
                .flatMap(build -> legOn(build, leg.platform()).map(found -> legInputs(build, found)))
                .map(inputs -> inputs.fingerprint().substring(0, DIGITS))
                .orElse(UNKNOWN);
        bases.put(leg, value);
        return value;
    }

    private static Optional<Leg> legOn(BackendBuild build, String platform) {
        return build.getSpec().legs().stream()
                .filter(leg -> leg.platform().equals(platform))
                .findFirst();
    }
}
