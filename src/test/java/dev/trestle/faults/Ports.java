package dev.trestle.faults;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

/** The ports that {@code hack/install} names to the operator as registries over plain http: each test has one at a time. */
final class Ports {
    private static final BlockingQueue<Integer> FREE =
            new LinkedBlockingQueue<>(IntStream.rangeClosed(5051, 5058).boxed().toList());

    private Ports() {}

    static int take() throws InterruptedException {
        return FREE.take();
    }

    static void giveBack(int port) {
        FREE.add(port);
    }
}
