package io.evenkeel.discovery.dns;

import io.evenkeel.discovery.AddressOrder;
import io.evenkeel.discovery.Endpoint;
import io.evenkeel.discovery.Lookup;
import io.netty.resolver.HostsFileEntriesProvider;
import java.io.File;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a host name in the configuration stands for: the hosts file has the first word, then DNS. IPv6 counts only where there is no IPv4,
 * because two addresses of one host are not two endpoints.
 */
final class HostLookup implements Lookup {

    static final File HOSTS_FILE = new File("/etc/hosts");

    private final File hostsFile;
    private final String host;
    private final int port;
    private final AddressLookup dns;

    HostLookup(File hostsFile, String host, int port, AddressLookup dns) {
        this.hostsFile = hostsFile;
        this.host = host;
        this.port = port;
        this.dns = dns;
    }

    @Override
    public CompletionStage<List<Endpoint>> endpoints() {
        List<InetAddress> local = inHostsFile();
        return local.isEmpty()
                ? dns.addresses().thenApply(this::preferV4)
                : CompletableFuture.completedFuture(preferV4(local));
    }

    private List<InetAddress> inHostsFile() {
        HostsFileEntriesProvider hosts = HostsFileEntriesProvider.parser().parseSilently(hostsFile);
        String key = host.toLowerCase(Locale.ENGLISH);
        List<InetAddress> v4 = hosts.ipv4Entries().getOrDefault(key, List.of());
        return v4.isEmpty() ? hosts.ipv6Entries().getOrDefault(key, List.of()) : v4;
    }

    private List<Endpoint> preferV4(Collection<InetAddress> addresses) {
        boolean anyV4 = addresses.stream().anyMatch(Inet4Address.class::isInstance);
        return addresses.stream()
                .filter(address -> !anyV4 || address instanceof Inet4Address)
                .map(address -> Endpoint.at(new InetSocketAddress(address, port)))
                .sorted(AddressOrder.OF_ENDPOINTS)
                .toList();
    }
}
