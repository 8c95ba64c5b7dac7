package dev.trestle.controller;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** A kind that nothing but {@link LostEventIT}'s own controller writes. */
@Group("test.trestle.dev")
@Version("v1")
@Plural("watcheds")
public class Watched extends CustomResource<Watched.Spec, Watched.Status> implements Namespaced {
    private static final long serialVersionUID = 1L;

    /** What a foreign writer changes. */
    public record Spec(int value) {}

    /** What the controller has seen. */
    public record Status(Long observedGeneration) {}
}
