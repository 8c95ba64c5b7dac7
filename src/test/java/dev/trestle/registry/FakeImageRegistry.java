package dev.trestle.registry;

import dev.trestle.core.merge.Descriptor;
import dev.trestle.core.merge.Digest;
import dev.trestle.core.merge.FailureClass;
import dev.trestle.core.merge.RawManifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Registries that know digests of tags, and reasons not to tell them. */
final class FakeImageRegistry implements ImageRegistry {

    private final Map<String, Digest> tags = new HashMap<>();
    private final Map<String, RuntimeException> outages = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private Runnable whileAsked = () -> {};

    /** All that was asked for since the last time, as repository:tag. */
    List<String> asked() {
        var all = List.copyOf(asked);
        asked.clear();
        return all;
    }

    void tag(String image, Digest digest) {
        tags.put(image, digest);
    }

    void untag(String image) {
        tags.remove(image);
    }

    /** The host answers 429 from now on. */
    void busy(String host, Optional<Duration> retryAfter) {
        var doing = Doing.pull(new Repository(host, "any"), "manifest");
        outages.put(host, doing.unavailable("HTTP 429", null, retryAfter));
    }

    void denies(String host) {
        outages.put(host, new RegistryFailure(FailureClass.Denied, "HTTP 401", null, Optional.empty()));
    }

    void fails(String host, RuntimeException failure) {
        outages.put(host, failure);
    }

    void answers(String host) {
        outages.remove(host);
    }

    /** What happens while a request is on its way. */
    void whileAsked(Runnable meanwhile) {
        whileAsked = meanwhile;
    }

    @Override
    public Optional<Digest> digestOf(Repository repository, String reference) {
        asked.add(repository + ":" + reference);
        whileAsked.run();
        var outage = outages.get(repository.host());
        if (outage != null) {
            throw outage;
        }
        return Optional.ofNullable(tags.get(repository + ":" + reference));
    }

    @Override
    public Optional<RawManifest> manifest(Repository repository, String reference) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<byte[]> blob(Repository repository, Digest digest, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void putManifest(Repository repository, String reference, RawManifest manifest) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void putBlob(Repository repository, byte[] content) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void copyBlob(Repository from, Repository to, Descriptor blob) {
        throw new UnsupportedOperationException();
    }
}
