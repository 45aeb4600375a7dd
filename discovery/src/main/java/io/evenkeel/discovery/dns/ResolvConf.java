package io.evenkeel.discovery.dns;

import io.evenkeel.discovery.Literals;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whom to ask and under which names, as resolv.conf(5) has it. Immutable.
 *
 * @param servers in the order to ask them
 * @param search domains to try a short name in, without dots at the ends
 * @param ndots a name with at least as many dots is first tried as it is
 */
record ResolvConf(List<InetSocketAddress> servers, List<String> search, int ndots) {

    static final Path SYSTEM = Path.of("/etc/resolv.conf");

    private static final int DNS_PORT = 53;

    /** What resolv.conf(5) allows at most: three servers, six domains, 15 dots. */
    private static final int MAX_SERVERS = 3;

    private static final int MAX_SEARCH = 6;
    private static final int MAX_NDOTS = 15;

    /** These servers and no search list: names are asked as they are. */
    static ResolvConf ofServers(List<InetSocketAddress> servers) {
        return new ResolvConf(servers, List.of(), 0);
    }

    /** Reads a file; the local host is the server if the file is missing or names none. */
    static ResolvConf read(Path file) {
        List<String> lines = List.of();
        try {
            lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1); // comments may be in any encoding
        } catch (IOException e) {
            // resolv.conf(5): without the file only the name server on the local machine is asked
        }
        return parse(lines);
    }

    static ResolvConf parse(List<String> lines) {
        List<InetSocketAddress> servers = new ArrayList<>();
        List<String> search = List.of();
        int ndots = 1;
        for (String line : lines) {
            String[] words = line.strip().split("\\s+", -1);
            switch (words[0]) {
                case "nameserver" -> address(words).ifPresent(a -> servers.add(new InetSocketAddress(a, DNS_PORT)));
                case "search", "domain" -> search = domains(words);
                case "options" -> ndots = ndots(words, ndots);
                default -> {}
            }
        }
        if (servers.isEmpty()) {
            servers.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), DNS_PORT));
        }
        return new ResolvConf(servers.stream().limit(MAX_SERVERS).toList(), search, ndots);
    }

    /** The absolute names to ask for, in order. A name that ends in a dot is absolute already. */
    List<String> candidates(String name) {
        if (name.endsWith(".")) {
            return List.of(name);
        }
        Stream<String> asIs = Stream.of(name + ".");
        Stream<String> searched = search.stream().map(domain -> name + "." + domain + ".");
        boolean asIsFirst = name.chars().filter(c -> c == '.').count() >= ndots;
        return (asIsFirst ? Stream.concat(asIs, searched) : Stream.concat(searched, asIs)).toList();
    }

    private static Optional<InetAddress> address(String[] words) {
        return words.length < 2 ? Optional.empty() : Literals.address(words[1]);
    }

    private static List<String> domains(String[] words) {
        return Stream.of(words)
                .skip(1)
                .map(domain -> domain.replaceAll("^\\.+|\\.+$", ""))
                .filter(domain -> !domain.isEmpty())
                .limit(MAX_SEARCH)
                .toList();
    }

    private static int ndots(String[] words, int otherwise) {
        int ndots = otherwise;
        for (String word : words) {
            if (word.matches("ndots:\\d{1,4}")) {
                ndots = Math.min(Integer.parseInt(word.substring("ndots:".length())), MAX_NDOTS);
            }
        }
        return ndots;
    }
}
