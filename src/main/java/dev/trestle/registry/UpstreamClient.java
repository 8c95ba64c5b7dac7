package dev.trestle.registry;

import dev.trestle.core.merge.Digest;
import dev.trestle.outward.Guard;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Reads which digest a tag has, for the operator: registries that tenants name, so each address is checked by the guard. A token goes to the
 * registry that has named its server, and to no other; it is not kept between looks, whatever is named.
 */
public final class UpstreamClient implements Digests {
    private final Hops hops;
    private final Predicate<String> plainHttp;
    private final Supplier<? extends Credentials> credentials;
    private final Requests requests;

    /**
     * @param guard decides which hosts are asked
     * @param plainHttp which hosts, with their port, are asked without TLS
     * @param credentials read at each look
     */
    public UpstreamClient(
            Guard guard, Predicate<String> plainHttp, Supplier<? extends Credentials> credentials, Retry retry) {
        this.hops = new Hops(new GuardedRoute(guard));
        this.plainHttp = plainHttp;
        this.credentials = credentials;
        this.requests = new Requests(retry);
    }

    @Override
    public Optional<Digest> digestOf(Repository repository, String reference) {
        var wire = new Wire(plainHttp, credentials.get(), hops);
        return new HttpImageRegistry(wire, requests).digestOf(repository, reference);
    }
}
