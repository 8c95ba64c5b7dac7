package dev.trestle.registry;

import dev.trestle.core.merge.ImagePlatform;
import dev.trestle.core.merge.RawManifest;

/**
 * A manifest, and a repository that has it.
 *
 * @param leg the platform whose leg brings it
 */
record Found(ImagePlatform leg, Repository repository, RawManifest manifest) {}
