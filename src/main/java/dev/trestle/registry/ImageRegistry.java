package dev.trestle.registry;

import dev.trestle.core.merge.Descriptor;
import dev.trestle.core.merge.Digest;
import dev.trestle.core.merge.ImageManifest;
import dev.trestle.core.merge.RawManifest;
import java.util.Optional;

/**
 * The requests of Trestle to registries. Bytes come and go as they are; nothing is parsed and written again.
 *
 * <p>Every method throws {@link RegistryFailure} when a registry refuses, or gives no answer after retries.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md">OCI distribution 1.1.1</a>
 */
public interface ImageRegistry extends Digests {

    /** The largest manifest that is read; registries take no larger one. */
    int MANIFEST_LIMIT = 4 << 20;

    /**
     * The manifest or index under a tag or a digest, verified when by digest; empty when there is none.
     *
     * @param reference a tag or a digest
     */
    Optional<RawManifest> manifest(Repository repository, String reference);

    /** The digest under a tag or a digest without reading the manifest; empty when there is none. */
    @Override
    Optional<Digest> digestOf(Repository repository, String reference);

    /**
     * A small blob, verified; empty when there is none.
     *
     * @param limit bytes; a larger blob is refused
     */
    Optional<byte[]> blob(Repository repository, Digest digest, int limit);

    /** Puts a manifest under a tag or its own digest. All that it points at must be in the repository. */
    void putManifest(Repository repository, String reference, RawManifest manifest);

    /** Puts a small blob, unless it is there. */
    void putBlob(Repository repository, byte[] content);

    /** Brings a blob from one repository to another, unless it is there: mounted on the same host, else sent through here. */
    void copyBlob(Repository from, Repository to, Descriptor blob);

    /** Brings a child of an index, with its blobs, from one repository to another and puts it there by digest. */
    default void copyChild(Repository from, Repository to, RawManifest child) {
        ImageManifest.of(child).blobs().filter(blob -> !blob.isForeign()).forEach(blob -> copyBlob(from, to, blob));
        putManifest(to, child.digest().value(), child);
    }
}
