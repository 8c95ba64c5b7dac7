package dev.trestle.faults;

import dev.trestle.api.Leg;
import dev.trestle.api.LegBuilder;
import java.util.List;

/**
 * One row of the matrix.
 *
 * @param name by which it is run alone
 * @param step when it strikes
 * @param what what happens, as the table has it
 * @param strike does it; what was held goes on after it
 * @param expected what must come of it
 * @param legs of the build
 * @param images of the build, each in a repository of its own
 * @param before what is put in place before the first step
 */
record Fault(
        String name,
        Step step,
        String what,
        Strike strike,
        Expected expected,
        List<Leg> legs,
        List<String> images,
        Strike before) {
    /** One pod, in the first pool of the platform. */
    static final List<Leg> ONE_LEG = List.of(Leg.on("linux/amd64"));

    static final List<Leg> TWO_LEGS = List.of(
            Leg.on("linux/amd64"),
            LegBuilder.builder()
                    .platform("linux/arm64")
                    .buildPlatform("linux/amd64")
                    .build());

    /** Does the harm. */
    @FunctionalInterface
    interface Strike {
        void on(Scene scene) throws Exception;
    }

    static Fault row(String name, Step step, String what, Strike strike, Expected expected) {
        return new Fault(name, step, what, strike, expected, ONE_LEG, List.of(Subject.NAME), _ -> {});
    }

    Fault withLegs(List<Leg> legs) {
        return new Fault(name, step, what, strike, expected, legs, images, before);
    }

    Fault withMirror() {
        var two = List.of(Subject.NAME, Subject.MIRROR);
        return new Fault(name, step, what, strike, expected, legs, two, before);
    }

    Fault after(Strike before) {
        return new Fault(name, step, what, strike, expected, legs, images, before);
    }

    /** Plays the row in a namespace of its own. */
    Outcome play() throws Exception {
        var begun = System.nanoTime();
        try (var scene = Scene.open(legs, images)) {
            before.on(scene);
            step.reach(scene);
            strike.on(scene);
            scene.goOn();
            var seen = expected.check(scene);
            Leaks.assertNone(scene);
            return new Outcome(
                    this,
                    scene.cluster().namespace(),
                    seen.published(),
                    seen.status(),
                    (System.nanoTime() - begun) / 1_000_000_000.0);
        }
    }
}
