package dev.trestle.registry;

import dev.trestle.core.merge.Descriptor;
import dev.trestle.core.merge.Digest;
import dev.trestle.core.merge.FailureClass;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings blobs into repositories; a copied blob is streamed, never held in memory. */
final class BlobCopy {

    private static final Logger log = LoggerFactory.getLogger(BlobCopy.class);
    private static final long SLOWEST_BYTES_PER_SECOND = 512 << 10;

    private final Wire wire;
    private final Requests requests;

    BlobCopy(Wire wire, Requests requests) {
        this.wire = wire;
        this.requests = requests;
    }

    /** Puts a blob that is in memory, unless it is there. */
    void put(Repository to, byte[] content) {
        var digest = Digest.of(content);
        requests.asUnit(() -> {
            if (!has(to, digest)) {
                upload(to, digest, content.length, () -> new ByteArrayInputStream(content));
            }
            return digest;
        });
    }

    /** Mounts a blob where both repositories are on one host, else streams it; nothing when it is there. */
    void copy(Repository from, Repository to, Descriptor blob) {
        var digest = blob.digest();
        requests.asUnit(() -> {
            if (!has(to, digest) && !mounted(from, to, digest)) {
                requireBlob(from, digest);
                log.info("Copying {} ({} bytes) from '{}' to '{}'", digest, blob.size(), from, to);
                upload(to, digest, blob.size(), () -> wire.open(from, "blobs/" + digest));
            }
            return digest;
        });
    }

    private boolean has(Repository repository, Digest digest) {
        var doing = Doing.pull(repository, "blob " + digest);
        return requests.once(doing, Requests.SHORT, () -> wire.head(repository, "blobs/" + digest, "*/*"))
                .found();
    }

    private boolean mounted(Repository from, Repository to, Digest digest) {
        if (!from.host().equals(to.host())) {
            return false;
        }
        try {
            var doing = Doing.push(to, "a blob");
            var rest = "blobs/uploads/?mount=%s&from=%s".formatted(digest, from.path());
            return requests.once(doing, Requests.SHORT, () -> wire.mount(to, from.path(), rest))
                            .status()
                    == 201;
        } catch (RegistryFailure | Retry.TryAgain e) {
            // a mount is a favour; some token servers refuse a token for two repositories
            log.debug("No mount of {} from '{}' into '{}'", digest, from, to, e);
            return false;
        }
    }

    private void requireBlob(Repository from, Digest digest) {
        if (!has(from, digest)) {
            throw Doing.pull(from, "blob " + digest)
                    .failed(FailureClass.ChildMissing, "it is gone", "Build the leg again.");
        }
    }

    private Reply begin(Repository to) {
        var doing = Doing.push(to, "a blob");
        return requests.once(doing, Requests.SHORT, () -> wire.post(to, "blobs/uploads/"));
    }

    private void upload(Repository to, Digest digest, long size, Supplier<InputStream> content) {
        var doing = Doing.push(to, "blob " + digest);
        var begun = begin(to);
        var location = begun.header("location")
                .orElseThrow(() -> doing.failed(
                        FailureClass.Invalid, Answers.of(begun), "Create the repository, or correct its name."));
        var where = where(doing, to, location, digest);
        var limit = Requests.SHORT.plusSeconds(size / SLOWEST_BYTES_PER_SECOND);
        var reply = requests.once(doing, limit, () -> wire.upload(to, where, size, content));
        if (reply.status() != 201) {
            throw doing.failed(FailureClass.Invalid, Answers.of(reply), "Try the merge again.");
        }
    }

    private URI where(Doing doing, Repository to, String location, Digest digest) {
        try {
            var whole = wire.uri(to, "blobs/uploads/").resolve(location);
            if (Hops.isHttp(whole)) {
                return URI.create(whole + (whole.getRawQuery() == null ? "?" : "&") + "digest=" + digest);
            }
        } catch (IllegalArgumentException e) {
            log.debug("The place of an upload is not a valid address", e);
        }
        throw doing.failed(
                FailureClass.Invalid, "the upload's place is not a valid address", "Check the registry's own address.");
    }
}
