package dev.trestle.api;

/** What becomes of a run when its ref moves before it has ended. */
public enum RunPolicy {
    /** It is finished; then the newest commit is built, and those between are skipped. */
    Latest,
    /** It is given up for the newest commit. */
    Replace,
    /** It is finished; then each commit that was pushed since is built, in their order. */
    Every
}
