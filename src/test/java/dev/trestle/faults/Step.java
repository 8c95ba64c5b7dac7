package dev.trestle.faults;

import static org.awaitility.Awaitility.await;

import dev.trestle.api.Reason;
import dev.trestle.core.Labels;
import dev.trestle.e2e.Conditions;

/** How far the build is when the fault strikes. */
enum Step {
    /** Nothing has been applied. */
    Before("before the build") {
        @Override
        void reach(Scene scene) {}
    },
    /** Its pool builds one leg at a time, and that is another build's. */
    Queued("leg waits for its pool") {
        @Override
        void reach(Scene scene) {
            scene.app().applyOther();
            scene.gate().awaitArrivals(1);
            scene.app().apply("a");
            await().atMost(Scene.LIMIT)
                    .until(() -> Conditions.find(scene.app().get(), "Ready")
                            .filter(ready -> ready.reason() == Reason.WaitingForPool)
                            .isPresent());
        }
    },
    PodCreated("leg's pod created") {
        @Override
        void reach(Scene scene) {
            scene.app().apply("a");
            scene.app().legPod();
        }
    },
    Building("leg building") {
        @Override
        void reach(Scene scene) {
            scene.app().apply("a");
            scene.gate().awaitArrivals(scene.legs().size());
        }
    },
    /** The operator is frozen, so that nothing follows. */
    LegEnded("leg ended, no merge yet") {
        @Override
        void reach(Scene scene) {
            Building.reach(scene);
            freezeOperator(scene);
            scene.gate().open();
            await().atMost(Scene.LIMIT).until(() -> Subject.ended(scene.app().legPod(), true));
        }
    },
    Merging("merge's first request") {
        @Override
        void reach(Scene scene) {
            scene.holdMerge();
            scene.gate().open();
            scene.app().apply("a");
            scene.awaitMergeHeld();
        }
    },
    /** The operator is frozen, so that its status does not follow. */
    Merged("tag moved, status not written") {
        @Override
        void reach(Scene scene) {
            Merging.reach(scene);
            freezeOperator(scene);
            scene.goOn();
            await().atMost(Scene.LIMIT)
                    .until(() -> scene.cluster().pods().labelled(Labels.COMPONENT, "merge").stream()
                            .anyMatch(pod -> Subject.ended(pod, true)));
        }
    },
    Published("image published") {
        @Override
        void reach(Scene scene) {
            scene.gate().open();
            scene.app().apply("a");
            Expected.awaitReady(scene);
        }
    };

    private final String text;

    Step(String text) {
        this.text = text;
    }

    /** As the table has it. */
    String text() {
        return text;
    }

    /** A row that fails leaves no frozen operator to the next. */
    private static void freezeOperator(Scene scene) {
        var operator = OperatorProcess.find();
        scene.atEnd(operator::goOn);
        operator.freeze();
    }

    /** Applies the build and returns when it is there. */
    abstract void reach(Scene scene);
}
