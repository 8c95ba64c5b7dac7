package dev.trestle.core.inputs;

import java.util.List;
import java.util.Optional;

/**
 * Files that a glob selects and others do not take out; a submodule also when the glob may select something in it. Beyond
 * {@value #MOST_WORK} steps every file that is left is chosen: that is never too little, and of one tree always the same.
 */
final class GlobChoice implements FileWalk.Choice<GlobChoice.Known> {
    /** About a fifth of a second of one core, so the 164 globs of a recipe take half a minute; one with {@code **} on the 87,000 files of Linux takes 4 million. */
    static final long MOST_WORK = 20_000_000;

    private static final int[][] NONE = {};

    private final GlobMatcher glob;
    private final List<GlobMatcher> outs;
    private final long mostWork;

    /** Where the globs have come to with a folder's path. */
    static final class Known {
        private final int[] glob;
        private final int[][] outs;

        private Known(int[] glob, int[][] outs) {
            this.glob = glob;
            this.outs = outs;
        }
    }

    GlobChoice(Glob glob, List<Glob> outs) {
        this(glob, outs, MOST_WORK);
    }

    GlobChoice(Glob glob, List<Glob> outs, long mostWork) {
        this.glob = glob.matcher();
        this.outs = outs.stream().map(Glob::matcher).toList();
        this.mostWork = mostWork;
    }

    /** How many steps its globs have taken. */
    long work() {
        return glob.work() + outs.stream().mapToLong(GlobMatcher::work).sum();
    }

    @Override
    public Known top() {
        return new Known(
                glob.start(),
                outs.isEmpty() ? NONE : outs.stream().map(GlobMatcher::start).toArray(int[][]::new));
    }

    @Override
    public Optional<Known> within(Known folder, String name) {
        if (isOver()) {
            return Optional.of(folder);
        }
        var path = name + "/";
        var places = glob.after(folder.glob, path);
        return places.length == 0 ? Optional.empty() : Optional.of(new Known(places, outsAfter(folder, path)));
    }

    private int[][] outsAfter(Known folder, String path) {
        if (outs.isEmpty()) {
            return NONE;
        }
        var after = new int[outs.size()][];
        for (var at = 0; at < after.length; at++) {
            after[at] = outs.get(at).after(folder.outs[at], path);
        }
        return after;
    }

    @Override
    public boolean takes(Known folder, String name, boolean submodule) {
        if (isOver()) {
            return true;
        }
        var places = glob.after(folder.glob, name);
        var meant = glob.selects(places) || (submodule && glob.maySelectMore(glob.after(places, "/")));
        return meant && !isOut(folder, name);
    }

    private boolean isOut(Known folder, String name) {
        for (var at = 0; at < folder.outs.length; at++) {
            var out = outs.get(at);
            if (out.selects(out.after(folder.outs[at], name))) {
                return true;
            }
        }
        return false;
    }

    private boolean isOver() {
        return work() > mostWork;
    }
}
