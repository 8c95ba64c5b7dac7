package dev.trestle.core.config;

/** The configuration cannot be used; the message says where, what is wrong, and what is allowed. */
public final class ConfigurationRefused extends Exception {
    private static final long serialVersionUID = 1L;

    ConfigurationRefused(String message) {
        super(message);
    }
}
