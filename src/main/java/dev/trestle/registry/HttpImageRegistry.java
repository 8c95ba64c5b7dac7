package dev.trestle.registry;

import static java.util.stream.Collectors.joining;

import dev.trestle.core.merge.Descriptor;
import dev.trestle.core.merge.Digest;
import dev.trestle.core.merge.FailureClass;
import dev.trestle.core.merge.MediaTypes;
import dev.trestle.core.merge.RawManifest;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Registries over HTTP: bounded reads, digests verified, busy registries tried again. */
public final class HttpImageRegistry implements ImageRegistry {

    private static final String ANY_IMAGE = MediaTypes.ANY_IMAGE.stream().collect(joining(", "));

    private final Wire wire;
    private final Requests requests;
    private final BlobCopy blobCopy;

    /**
     * Talks https, except to hosts in {@code plainHttp}.
     *
     * @param plainHttp hosts with their port, as in repositories' names
     * @param retry how to wait when a registry is busy or away
     */
    public HttpImageRegistry(Set<String> plainHttp, Credentials credentials, Retry retry) {
        this(Set.copyOf(plainHttp)::contains, credentials, retry);
    }

    /**
     * Talks https, except to hosts that {@code plainHttp} knows at the time of a request.
     *
     * @param plainHttp takes hosts with their port, as in repositories' names
     * @param retry how to wait when a registry is busy or away
     */
    public HttpImageRegistry(Predicate<String> plainHttp, Credentials credentials, Retry retry) {
        this(new Wire(plainHttp, credentials, new Hops(Hops.Route.ANY)), new Requests(retry));
    }

    HttpImageRegistry(Wire wire, Requests requests) {
        this.wire = wire;
        this.requests = requests;
        this.blobCopy = new BlobCopy(wire, requests);
    }

    @Override
    public Optional<RawManifest> manifest(Repository repository, String reference) {
        var doing = Doing.pull(repository, "manifest " + reference);
        var reply =
                requests.send(doing, () -> wire.get(repository, "manifests/" + reference, ANY_IMAGE, MANIFEST_LIMIT));
        if (!reply.found()) {
            return Optional.empty();
        }
        var mediaType = reply.header("content-type").orElse("").split(";", 2)[0].strip();
        if (!MediaTypes.isIndex(mediaType) && !MediaTypes.isManifest(mediaType)) {
            throw doing.failed(FailureClass.Invalid, "it is a '%s'".formatted(mediaType), "Name an image or an index.");
        }
        var manifest = RawManifest.of(mediaType, reply.body());
        if (reference.contains(":")) {
            requireDigest(doing, new Digest(reference), manifest.digest());
        }
        return Optional.of(manifest);
    }

    @Override
    public Optional<Digest> digestOf(Repository repository, String reference) {
        var doing = Doing.pull(repository, "manifest " + reference);
        var reply = requests.send(doing, () -> wire.head(repository, "manifests/" + reference, ANY_IMAGE));
        if (!reply.found()) {
            return Optional.empty();
        }
        return digestIn(reply)
                .or(() -> digestIn(requests.send(
                        doing, () -> wire.digest(repository, "manifests/" + reference, ANY_IMAGE, MANIFEST_LIMIT))));
    }

    private static Optional<Digest> digestIn(Reply reply) {
        return reply.found() ? reply.header(Hops.DIGEST).map(Digest::new) : Optional.empty();
    }

    @Override
    public Optional<byte[]> blob(Repository repository, Digest digest, int limit) {
        var doing = Doing.pull(repository, "blob " + digest);
        var reply = requests.send(doing, () -> wire.get(repository, "blobs/" + digest, "*/*", limit));
        if (!reply.found()) {
            return Optional.empty();
        }
        requireDigest(doing, digest, Digest.of(reply.body()));
        return Optional.of(reply.body());
    }

    @Override
    public void putManifest(Repository repository, String reference, RawManifest manifest) {
        var doing = Doing.push(repository, "manifest " + reference);
        var reply = requests.send(
                doing, () -> wire.put(repository, "manifests/" + reference, manifest.mediaType(), manifest.bytes()));
        // Oracle's registry answers 409 to a manifest that it has: https://github.com/docker/cli/issues/5874
        var there = reply.status() == 409 && digestOf(repository, reference).equals(Optional.of(manifest.digest()));
        if (reply.status() == 404 || (reply.status() == 409 && !there)) {
            throw doing.failed(FailureClass.Invalid, Answers.of(reply), "Create the repository, or correct its name.");
        }
    }

    @Override
    public void putBlob(Repository repository, byte[] content) {
        blobCopy.put(repository, content);
    }

    @Override
    public void copyBlob(Repository from, Repository to, Descriptor blob) {
        blobCopy.copy(from, to, blob);
    }

    private static void requireDigest(Doing doing, Digest asked, Digest got) {
        if (!asked.equals(got)) {
            throw doing.failed(
                    FailureClass.Invalid,
                    "the content that came has the digest %s".formatted(got),
                    "Check what stands between here and the registry.");
        }
    }
}
