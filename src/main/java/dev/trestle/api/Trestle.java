package dev.trestle.api;

/** The names of the API itself. */
public final class Trestle {
    public static final String GROUP = "trestle.dev";
    public static final String VERSION = "v1alpha1";
    public static final String API_VERSION = GROUP + "/" + VERSION;
    /** The category of all three kinds: {@code kubectl get trestle}. */
    public static final String CATEGORY = "trestle";

    private Trestle() {}
}
