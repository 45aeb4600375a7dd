package io.evenkeel.discovery.testing;

import io.evenkeel.discovery.testing.FaultyHttp.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** One connection to a {@link FaultyHttp}: requests one after another, each passed on and its answer spoilt or not. */
final class FaultyConnection {

    private static final Set<Fault> SPOIL_THE_REAL_ONE =
            Set.of(Fault.TRUNCATED, Fault.DRIP, Fault.BROKEN_JSON, Fault.NO_INDEX);
    private static final long DRIP_NANOS = 100_000_000;

    private final FaultyHttp proxy;
    private final Socket socket;
    private final Forwarding forwarding;

    FaultyConnection(FaultyHttp proxy, Socket socket) throws IOException {
        this.proxy = proxy;
        this.socket = socket;
        this.forwarding = new Forwarding(proxy.target(), socket);
    }

    void serve() {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = forwarding.input();
            for (Optional<RawRequest> next = RawRequest.read(in); next.isPresent(); next = RawRequest.read(in)) {
                proxy.note(next.get().target());
                answer(next.get());
            }
        } catch (IOException gone) {
            reset(); // the client learns that there is no answer
        }
    }

    void ruleChanged() {
        forwarding.giveUp();
    }

    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException alreadyClosed) {
            // the same to the client
        }
        ruleChanged();
    }

    private void answer(RawRequest request) throws IOException {
        Fault fault = proxy.fault(request.target());
        RawAnswer real = RawAnswer.NONE;
        while (fault == Fault.NONE && real.missing() && !socket.isClosed()) {
            real = forwarding.answer(request);
            fault = proxy.fault(request.target());
        }
        boolean lacking = real.missing() && SPOIL_THE_REAL_ONE.contains(fault);
        send(fault, lacking ? forwarding.answer(request.withoutWaiting()) : real);
    }

    private void send(Fault fault, RawAnswer real) throws IOException {
        switch (fault) {
            case NONE -> whole(real);
            case STATUS_500 -> whole(new RawAnswer(500, "", "No cluster leader"));
            case STATUS_429 -> whole(new RawAnswer(429, "", "Your IP is issuing too many concurrent connections"));
            case STATUS_503 -> whole(new RawAnswer(503, "", "Service Unavailable"));
            case GARBAGE -> whole(new RawAnswer(200, "7", "<html>Welcome</html>"));
            case INDEX_RESET -> whole(new RawAnswer(200, "1", "[]"));
            case NO_INDEX -> whole(real.withoutIndex());
            case BROKEN_JSON -> whole(real.half());
            case TRUNCATED -> truncated(real);
            case DRIP -> drip(real);
            case HUGE -> endless();
            case RESET -> reset();
            case HANG -> hang();
        }
    }

    private void whole(RawAnswer answer) throws IOException {
        byte[] body = octets(answer.body());
        write(octets(answer.head(body.length)));
        write(body);
    }

    private void truncated(RawAnswer real) throws IOException {
        write(octets(real.head(octets(real.body()).length)));
        write(octets(real.half().body()));
        socket.close();
    }

    private void drip(RawAnswer real) throws IOException {
        byte[] body = octets(real.body());
        write(octets(real.head(body.length)));
        for (byte octet : body) {
            LockSupport.parkNanos(DRIP_NANOS);
            write(new byte[] {octet});
        }
    }

    private void endless() throws IOException {
        write(octets("HTTP/1.1 200 OK\r\nX-Consul-Index: 9\r\nConnection: close\r\n\r\n["));
        byte[] spaces = octets(" ".repeat(64 << 10));
        while (!socket.isClosed()) {
            write(spaces);
        }
    }

    /** Until the client gives up. */
    private void hang() throws IOException {
        if (forwarding.input().read() < 0) {
            socket.close();
        }
    }

    private void write(byte[] octets) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(octets);
        out.flush();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
