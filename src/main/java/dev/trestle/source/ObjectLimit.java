package dev.trestle.source;

import org.eclipse.jgit.lib.EmptyProgressMonitor;

/** Ends a fetch of so many objects that no Dockerfile's repository can mean it. */
final class ObjectLimit extends EmptyProgressMonitor {
    private static final int MOST_OBJECTS = 500_000;

    private volatile boolean exceeded;

    @Override
    public void beginTask(String title, int totalWork) {
        exceeded |= totalWork > MOST_OBJECTS;
    }

    @Override
    public boolean isCancelled() {
        return exceeded;
    }
}
