package dev.trestle.core.admit;

/** Which pod. */
public record PodKey(String namespace, String name) {}
