package dev.trestle.core.admit;

/** Which build. */
public record BuildKey(String namespace, String name) {}
