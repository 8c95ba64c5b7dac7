package dev.trestle.faults;

import static org.awaitility.Awaitility.await;

import dev.trestle.core.Labels;

/** How far the build is when the fault strikes. */
enum Step {
    /** Nothing has been applied. */
    Before("before the build") {
        @Override
        void reach(Scene scene) {}
    },
    PodCreated("leg's pod created") {
        @Override
        void reach(Scene scene) {
            scene.apply("a");
            scene.legPod();
        }
    },
    Building("leg building") {
        @Override
        void reach(Scene scene) {
            scene.apply("a");
            scene.gate().awaitArrivals(scene.legs().size());
        }
    },
    /** The operator is frozen, so that nothing follows. */
    LegEnded("leg ended, no merge yet") {
        @Override
        void reach(Scene scene) {
            Building.reach(scene);
            OperatorProcess.find().freeze();
            scene.gate().open();
            await().atMost(Scene.LIMIT).until(() -> Scene.ended(scene.legPod(), true));
        }
    },
    Merging("merge's first request") {
        @Override
        void reach(Scene scene) {
            scene.holdMerge();
            scene.gate().open();
            scene.apply("a");
            scene.awaitMergeHeld();
        }
    },
    /** The operator is frozen, so that its status does not follow. */
    Merged("tag moved, status not written") {
        @Override
        void reach(Scene scene) {
            Merging.reach(scene);
            OperatorProcess.find().freeze();
            scene.goOn();
            await().atMost(Scene.LIMIT)
                    .until(() -> scene.cluster().pods().labelled(Labels.COMPONENT, "merge").stream()
                            .anyMatch(pod -> Scene.ended(pod, true)));
        }
    },
    Published("image published") {
        @Override
        void reach(Scene scene) {
            scene.gate().open();
            scene.apply("a");
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

    /** Applies the build and returns when it is there. */
    abstract void reach(Scene scene);
}
