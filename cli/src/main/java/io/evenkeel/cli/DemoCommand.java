package io.evenkeel.cli;

import io.evenkeel.cli.load.Load;
import io.evenkeel.cli.load.LoadReport;
import io.evenkeel.cli.vvm.DemoVvms;
import io.evenkeel.proxy.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code evenkeel demo}: a router and six VVMs in one process, to look at or to load. */
@Command(name = "demo", mixinStandardHelpOptions = true, description = "Run a router and six demo VVMs in one process.")
final class DemoCommand implements Callable<Integer> {

    private static final int VVMS = 6;

    /** How far an endpoint's share of the load may be from equal. */
    private static final double TOLERANCE = 0.02;

    private static final int MAX_REQUESTS = 100_000_000;
    private static final int MAX_CONCURRENCY = 10_000;

    @Option(names = "--port", defaultValue = "8080", description = "0 for any free port (default ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--tls-port", defaultValue = "8443", description = "The same, with TLS (default ${DEFAULT-VALUE}).")
    private int tlsPort;

    @Option(names = "--admin-port", defaultValue = "9901", description = "The same (default ${DEFAULT-VALUE}).")
    private int adminPort;

    @Option(names = "--bind", defaultValue = "127.0.0.1", description = "Address (default ${DEFAULT-VALUE}).")
    private String bind = "";

    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = "0",
            description = "Send so many requests through the router, say how they spread, exit 0 if within 2 %%.")
    private int requests;

    @Option(
            names = "--concurrency",
            paramLabel = "C",
            defaultValue = "32",
            description = "Connections that send them (default ${DEFAULT-VALUE}).")
    private int concurrency;

    @Override
    public Integer call() throws InterruptedException {
        UserError.unless(requests >= 0 && requests <= MAX_REQUESTS, "--requests: expected 0–" + MAX_REQUESTS);
        UserError.unless(
                concurrency >= 1 && concurrency <= MAX_CONCURRENCY, "--concurrency: expected 1–" + MAX_CONCURRENCY);
        DemoConfig.Addressing addressing = new DemoConfig.Addressing(
                Addresses.bind(bind, port), Addresses.bind(bind, tlsPort), Addresses.bind(bind, adminPort));
        StopSignal stop = StopSignal.install();
        try (DemoVvms vvms = new DemoVvms();
                Router router = start(addressing, start(vvms))) {
            Console.say(Ready.line(router));
            return requests == 0 ? show(router, stop) : load(router);
        } catch (IOException | UncheckedIOException e) {
            throw UserError.from(e);
        }
    }

    private static List<InetSocketAddress> start(DemoVvms vvms) throws IOException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (int i = 1; i <= VVMS; i++) {
            addresses.add(vvms.start("vvm-" + i, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        }
        return addresses;
    }

    private static Router start(DemoConfig.Addressing addressing, List<InetSocketAddress> endpoints) {
        try (DemoCertificate certificate = DemoCertificate.make(addressing.tls().getHostString())) {
            return Router.start(DemoConfig.of(addressing, certificate.file(), endpoints));
        }
    }

    private static int show(Router router, StopSignal stop) {
        String web = "http://" + Addresses.show(router.address(DemoConfig.LISTENER));
        String tls = "https://" + Addresses.show(router.address(DemoConfig.TLS_LISTENER));
        String admin = "http://" + Addresses.show(router.adminAddress());
        System.out.printf(
                """
                Six demo VVMs are behind %1$s. To try:
                  curl -v %1$s/
                  curl '%1$s/?delay=50ms&size=10k&status=503'
                  curl -k --http2 %3$s/
                  curl %2$s/endpoints
                  curl %2$s/metrics
                Ctrl-C stops.
                """,
                web, admin, tls);
        stop.await();
        router.shutdown();
        return 0;
    }

    private int load(Router router) throws InterruptedException {
        LoadReport report = Load.run(router.address(DemoConfig.LISTENER), requests, concurrency);
        report.print(System.out);
        boolean even = report.even(VVMS, TOLERANCE);
        System.out.println(even ? "even" : "not even: an error, or an endpoint off by more than 2 %");
        return even ? 0 : 1;
    }
}
