package dev.trestle.core.config;

/** The configuration cannot be used; the message names the place, the fault and the allowed values. */
public final class ConfigurationRefused extends Exception {
    private static final long serialVersionUID = 1L;

    ConfigurationRefused(String message) {
        super(message);
    }
}
