package io.evenkeel.discovery.dns;

import io.evenkeel.discovery.AddressOrder;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.Lookup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The A and AAAA records of a name, each an endpoint at one port.
 *
 * <p>A family that has never had a record may fail, because there are servers that answer AAAA with nonsense; once it had one, its failure
 * is a failure of the whole.
 *
 * <p><b>Threading.</b> One lookup at a time; answers are handled on the DNS event loop.
 */
final class AddressLookup implements Lookup {

    private final DnsClient client;
    private final Supplier<ResolvConf> conf;
    private final SearchedName name;
    private final int port;
    private final Duration timeout;
    private boolean hadV4;
    private boolean hadV6;

    /**
     * A lookup that has not been made yet.
     *
     * @param conf asked before each lookup
     * @param timeout for each server
     */
    AddressLookup(DnsClient client, Supplier<ResolvConf> conf, String name, int port, Duration timeout) {
        this.client = client;
        this.conf = conf;
        this.name = new SearchedName(name);
        this.port = port;
        this.timeout = timeout;
    }

    @Override
    public CompletionStage<List<Endpoint>> endpoints() {
        return addresses().thenApply(addresses -> addresses.stream()
                .map(address -> Endpoint.at(new InetSocketAddress(address, port)))
                .sorted(AddressOrder.OF_ENDPOINTS)
                .toList());
    }

    /** Both families, at least one address. */
    CompletionStage<Set<InetAddress>> addresses() {
        ResolvConf current = conf.get();
        return name.firstAnswer(current, absolute -> DnsAddresses.ask(client, current.servers(), absolute, timeout)
                .thenApply(found -> trusted(found, absolute)));
    }

    private Set<InetAddress> trusted(DnsAddresses found, String absolute) {
        boolean lost = (hadV4 && found.v4().failed()) || (hadV6 && found.v6().failed());
        Set<InetAddress> both = found.both();
        if (lost || both.isEmpty()) {
            throw found.failure(absolute);
        }
        hadV4 |= !found.v4().addresses().isEmpty();
        hadV6 |= !found.v6().addresses().isEmpty();
        return both;
    }
}
