package dev.trestle.core.inputs;

import java.util.Arrays;

/**
 * Follows paths through a {@link Glob}. Where a beginning of a path has come to is a set of places in the glob, so nothing is ever tried
 * again, and paths of one folder share the work for its name. Of one thread only.
 */
final class GlobMatcher {
    /** {@code ?}: one character, but no {@code /}. */
    static final int CHARACTER = -1;
    /** {@code *}: any characters, but no {@code /}. */
    static final int NAME = -2;
    /** {@code **}: any characters. */
    static final int ANYTHING = -3;
    /** {@code **}{@code /}: no folder, or any number of them. */
    static final int FOLDERS = -4;
    /** Either the end, or a {@code /} before more. */
    static final int BELOW = -5;

    /** A place stands for the step that comes next. Inside of {@link #FOLDERS} this bit distinguishes the place from the one before it. */
    private static final int INSIDE = 1 << 30;

    private static final int[] NOWHERE = {};

    private final int[] steps;
    private final int[] seenAt;
    private final int[] insideSeenAt;
    private final int[] found;
    private int round;
    private int count;
    private long work;

    GlobMatcher(int[] steps) {
        this.steps = steps;
        this.seenAt = new int[steps.length + 1];
        this.insideSeenAt = new int[steps.length + 1];
        this.found = new int[2 * steps.length + 2];
    }

    /** How many places it has looked at so far. */
    long work() {
        return work;
    }

    boolean selects(String path) {
        return selects(after(start(), path));
    }

    boolean maySelectWithin(String folder) {
        return maySelectMore(after(start(), folder + "/"));
    }

    /** Before the first character of a path. */
    int[] start() {
        begin();
        reach(0);
        return Arrays.copyOf(found, count);
    }

    /** @return where the text leads from there; without any place when no path that goes on so is selected */
    int[] after(int[] places, String text) {
        var from = places;
        for (var at = 0; at < text.length() && from.length > 0; ) {
            var character = text.codePointAt(at);
            from = after(from, character);
            at += Character.charCount(character);
        }
        return from;
    }

    /** Whether a path that ends there is selected. */
    boolean selects(int[] places) {
        for (var place : places) {
            if (place == steps.length || (place == steps.length - 2 && steps[place] == BELOW)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a path that goes on from there, by any characters, may be selected. */
    boolean maySelectMore(int[] places) {
        return places.length > 0 && (places.length > 1 || places[0] != steps.length);
    }

    private int[] after(int[] places, int character) {
        begin();
        for (var place : places) {
            work++;
            follow(place, character);
        }
        return count == 0 ? NOWHERE : same(places) ? places : Arrays.copyOf(found, count);
    }

    private boolean same(int[] places) {
        return Arrays.equals(places, 0, places.length, found, 0, count);
    }

    private void follow(int place, int character) {
        if (place >= INSIDE) {
            reachInside(place - INSIDE);
            if (character == '/') {
                reach(place - INSIDE + 1);
            }
            return;
        }
        if (place == steps.length) {
            return;
        }
        switch (steps[place]) {
            case ANYTHING -> reach(place);
            case NAME -> {
                if (character != '/') {
                    reach(place);
                }
            }
            case CHARACTER -> {
                if (character != '/') {
                    reach(place + 1);
                }
            }
            case FOLDERS -> {
                reachInside(place);
                if (character == '/') {
                    reach(place + 1);
                }
            }
            case BELOW -> {
                if (character == '/') {
                    reach(place + 1);
                }
            }
            default -> {
                if (character == steps[place]) {
                    reach(place + 1);
                }
            }
        }
    }

    private void begin() {
        round++;
        count = 0;
    }

    private void reachInside(int place) {
        if (insideSeenAt[place] != round) {
            insideSeenAt[place] = round;
            found[count++] = place + INSIDE;
        }
    }

    /** Steps that may stand for nothing are passed at once. */
    private void reach(int first) {
        for (var place = first; place <= steps.length && seenAt[place] != round; place++) {
            seenAt[place] = round;
            found[count++] = place;
            work++;
            if (place == steps.length || !mayBeNothing(steps[place])) {
                return;
            }
        }
    }

    private static boolean mayBeNothing(int step) {
        return step == NAME || step == ANYTHING || step == FOLDERS;
    }
}
