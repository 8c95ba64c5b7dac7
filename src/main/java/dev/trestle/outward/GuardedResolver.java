package dev.trestle.outward;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * The JVM's resolver of names, which leaves out the addresses that the {@link Guard} does not permit. Both HTTP clients, JGit's and the
 * JDK's, connect to its answers, so a name that leads elsewhere between a check and its use (DNS rebinding) gains nothing. Without a
 * guard, as in the commands and in merges, it answers all.
 */
public final class GuardedResolver extends InetAddressResolverProvider {
    private static final AtomicReference<Optional<Guard>> GUARD = new AtomicReference<>(Optional.empty());

    /** Has this guard decide, until another takes its place. */
    public static void obey(Guard guard) {
        GUARD.set(Optional.of(guard));
    }

    /** Answers all again, if {@code guard} is still the one that decides. */
    public static void forget(Guard guard) {
        GUARD.updateAndGet(now -> now.filter(one -> one != guard));
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        return new Filtered(configuration.builtinResolver());
    }

    @Override
    public String name() {
        return "trestle";
    }

    private record Filtered(InetAddressResolver builtin) implements InetAddressResolver {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            return permitted(host, builtin.lookupByName(host, policy));
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            return builtin.lookupByAddress(address);
        }
    }

    /** @throws UnknownHostException when no address is left */
    static Stream<InetAddress> permitted(String host, Stream<InetAddress> addresses) throws UnknownHostException {
        var guard = GUARD.get();
        if (guard.isEmpty()) {
            return addresses;
        }
        var permitted = guard.get().permitted(host, addresses.toList());
        if (permitted.isEmpty()) {
            throw new UnknownHostException(host + ": none of its addresses may be asked");
        }
        return permitted.stream();
    }
}
