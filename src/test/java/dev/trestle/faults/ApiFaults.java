package dev.trestle.faults;

import static dev.trestle.faults.Fault.row;
import static org.awaitility.Awaitility.await;

import dev.trestle.faults.Expected.Published;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** What befalls the operator's connection to the API server; an operator in the test takes the place of the installed one. */
final class ApiFaults {
    private static final Duration LATE = Duration.ofMillis(300);

    private ApiFaults() {}

    static List<Fault> rows() {
        return List.of(
                row(
                                "api-slow",
                                Step.Before,
                                "API server answers everything 0.3 s late",
                                scene -> {
                                    scene.own().api().answer(_ -> new Answer.Late(LATE));
                                    scene.app().apply("a");
                                },
                                new Published("a"))
                        .after(ApiFaults::ownOperator),
                row(
                                "api-429",
                                Step.Before,
                                "API server answers the first five writes with 429",
                                scene -> beforeBuild(scene, 5, Request::isWrite, refused(429, "TooManyRequests")),
                                new Published("a"))
                        .after(ApiFaults::ownOperator),
                row(
                                "api-500",
                                Step.Before,
                                "API server answers the first five writes with 500",
                                scene -> beforeBuild(scene, 5, Request::isWrite, refused(500, "InternalError")),
                                new Published("a"))
                        .after(ApiFaults::ownOperator),
                row(
                                "api-409",
                                Step.Before,
                                "API server answers the first three status writes with 409",
                                scene -> beforeBuild(
                                        scene, 3, request -> request.is("PATCH", "/status"), refused(409, "Conflict")),
                                new Published("a"))
                        .after(ApiFaults::ownOperator),
                row(
                                "creates-unheard",
                                Step.Before,
                                "the first four creates are done, and the answers are lost",
                                scene -> beforeBuild(scene, 4, request -> request.is("POST", "/"), new Answer.Lost()),
                                new Published("a"))
                        .after(ApiFaults::ownOperator),
                row(
                                "api-410",
                                Step.Building,
                                "all connections cut, the next eight watches answered with 410",
                                scene -> {
                                    scene.own().api().answerFirst(8, Request::isWatch, refused(410, "Expired"));
                                    scene.own().api().cutAll();
                                },
                                new Published("a"))
                        .after(ApiFaults::ownOperator),
                row(
                                "watches-cut",
                                Step.Building,
                                "all connections cut, and watches until the leg has ended",
                                scene -> untilTheLegHasEnded(scene, Request::isWatch),
                                new Published("a"))
                        .after(ApiFaults::ownOperator),
                row(
                                "api-away",
                                Step.Building,
                                "API server away until the leg has ended",
                                scene -> untilTheLegHasEnded(scene, _ -> true),
                                new Published("a"))
                        .after(ApiFaults::ownOperator),
                row(
                                "two-operators",
                                Step.Before,
                                "a second operator",
                                scene -> scene.app().apply("a"),
                                new Published("a").pods(2))
                        .withLegs(Fault.TWO_LEGS)
                        .after(scene -> OwnOperator.beside(scene, Clock.systemUTC())),
                clockJump("clock-forward", Duration.ofHours(30)),
                clockJump("clock-back", Duration.ofHours(-30)));
    }

    private static Fault clockJump(String name, Duration by) {
        var clock = new ShiftedClock();
        return row(
                        name,
                        Step.Building,
                        "operator's clock jumps by %d hours".formatted(by.toHours()),
                        _ -> clock.jump(by),
                        new Published("a"))
                .after(scene -> scene.own(OwnOperator.instead(scene, clock)));
    }

    private static void ownOperator(Scene scene) throws Exception {
        scene.own(OwnOperator.instead(scene, Clock.systemUTC()));
    }

    private static void beforeBuild(Scene scene, int times, Predicate<Request> which, Answer answer) {
        scene.own().api().answerFirst(times, which, answer);
        scene.app().apply("a");
    }

    private static void untilTheLegHasEnded(Scene scene, Predicate<Request> which) {
        scene.own().api().answer(which, new Answer.Cut());
        scene.own().api().cutAll();
        scene.goOn();
        await().atMost(Scene.LIMIT).until(() -> Subject.ended(scene.app().legPod(), true));
        scene.own().api().passAll();
    }

    private static Answer refused(int status, String reason) {
        var body =
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"%s\",\"code\":%d,\"message\":\"a fault of the test\"}"
                        .formatted(reason, status);
        return new Answer.Refused(status, status == 429 ? "Retry-After: 1\r\n" : "", body);
    }
}
