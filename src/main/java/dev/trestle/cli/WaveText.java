package dev.trestle.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.core.admit.Wave;
import dev.trestle.core.admit.WaveBuild;
import dev.trestle.core.admit.WaveLeg.State;
import java.io.PrintWriter;
import java.util.Locale;

/** A wave for people and for programs. */
final class WaveText {
    private WaveText() {}

    /** @param poolsAreKnown whether legs are counted by pool; else by the platform that they are built on */
    static void print(Wave wave, String namespace, boolean poolsAreKnown, PrintWriter out) {
        var builds = wave.builds().size();
        out.printf(
                "BaseImage '%s' in namespace '%s': when it moves, %d %s with %d %s are rebuilt.%n",
                wave.base(),
                namespace,
                builds,
                builds == 1 ? "build" : "builds",
                wave.legs(),
                wave.legs() == 1 ? "leg" : "legs");
        wave.paused()
                .forEach(base -> out.printf(
                        "The wave of '%s' is paused. Resume it: kubectl annotate bimg %s -n %s trestle.dev/wave-%n",
                        base, base, namespace));
        if (builds == 0) {
            return;
        }
        out.printf("%n%-24s  %5s%n", poolsAreKnown ? "POOL" : "BUILD PLATFORM", "LEGS");
        wave.legsByPool().forEach((pool, legs) -> out.printf("%-24s  %5d%n", pool, legs));
        out.printf(
                "%n%-40s  %-24s  %5s  %5s  %7s  %7s  %6s%n",
                "BUILD", "BASE", "LEGS", "DONE", "RUNNING", "WAITING", "FAILED");
        wave.builds().forEach(build -> print(build, out));
        out.printf(
                "%nOn the present image: %d of %d legs; %d running, %d waiting, %d failed.%n",
                wave.count(State.Done),
                wave.legs(),
                wave.count(State.Running),
                wave.count(State.Waiting),
                wave.count(State.Failed));
    }

    private static void print(WaveBuild build, PrintWriter out) {
        out.printf(
                "%-40s  %-24s  %5d  %5d  %7d  %7d  %6d%n",
                build.name(),
                build.base(),
                build.legs().size(),
                build.count(State.Done),
                build.count(State.Running),
                build.count(State.Waiting),
                build.count(State.Failed));
    }

    static String json(Wave wave, String namespace) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("base", wave.base()).put("namespace", namespace);
        wave.paused().forEach(json.putArray("paused")::add);
        var pools = json.putObject("legsByPool");
        wave.legsByPool().forEach(pools::put);
        var progress = json.putObject("progress");
        for (var state : State.values()) {
            progress.put(state.name().toLowerCase(Locale.ROOT), wave.count(state));
        }
        var builds = json.putArray("builds");
        wave.builds().forEach(build -> fill(builds.addObject(), build));
        return json.toPrettyString();
    }

    private static void fill(ObjectNode json, WaveBuild build) {
        var legs = json.put("name", build.name()).put("base", build.base()).putArray("legs");
        build.legs()
                .forEach(leg -> legs.addObject()
                        .put("platform", leg.platform())
                        .put("pool", leg.pool())
                        .put("state", leg.state().name()));
    }
}
