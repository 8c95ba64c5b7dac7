package dev.trestle.registry;

import dev.trestle.core.merge.RawManifest;

/** A manifest, and a repository that has it. */
record Found(Repository repository, RawManifest manifest) {}
