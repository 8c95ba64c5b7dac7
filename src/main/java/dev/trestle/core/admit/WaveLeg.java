package dev.trestle.core.admit;

/**
 * One leg that a wave rebuilds.
 *
 * @param pool where it is built; its build platform when the operator's pools are not known
 */
public record WaveLeg(String platform, String pool, State state) {
    /** How far it has got. */
    public enum State {
        /** Its image is made on the base's present one. */
        Done,
        Running,
        Waiting,
        Failed
    }
}
