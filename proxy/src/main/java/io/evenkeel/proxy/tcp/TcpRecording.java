package io.evenkeel.proxy.tcp;

import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.telemetry.ExchangeRecord;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.Moment;
import io.evenkeel.proxy.telemetry.Part;
import io.evenkeel.proxy.telemetry.Side;
import io.evenkeel.proxy.telemetry.TcpMeter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What is counted of one connection as it goes on, and logged of it when it ends. Event-loop confined. */
final class TcpRecording {

    private static final byte[] PROTOCOL = {'T', 'C', 'P'};
    private static final long NOT_YET = -1;

    private final TcpListener listener;
    private final TcpLoop loop;
    private final ClientAddress client;
    private TcpMeter meter;
    private @Nullable String server;
    private String upstream = "";
    private String endpoint = "";
    private int attempts;
    private long startMillis;
    private long startNanos;
    private long pickedNanos = NOT_YET;
    private long connectedNanos = NOT_YET;
    private long received;
    private long sent;
    private boolean counted;

    TcpRecording(TcpListener listener, ClientAddress client) {
        this.listener = listener;
        this.loop = listener.loop();
        this.client = client;
        this.meter = listener.unrouted();
    }

    void begin() {
        startNanos = loop.clock.batchNanos();
        startMillis = loop.wallClock.millis();
    }

    /** @param binding null: it goes nowhere */
    void routed(@Nullable String name, @Nullable DestinationBinding binding) {
        server = name;
        if (binding != null) {
            meter = binding.meter();
            upstream = binding.destination().upstream().name();
        }
        count();
    }

    private void count() {
        counted = true;
        meter.begun();
        meter.received(received);
    }

    void picked(String address) {
        endpoint = address;
        attempts++;
        pickedNanos = loop.clock.batchNanos();
    }

    void connected() {
        connectedNanos = loop.clock.batchNanos();
    }

    /** So many bytes came from this side. */
    void passed(Side from, int bytes) {
        if (from == Side.UPSTREAM) {
            sent += bytes;
            meter.sent(bytes);
        } else {
            received += bytes;
            if (counted) {
                meter.received(bytes);
            }
        }
    }

    /** Bytes that the endpoint sent. */
    long sentBytes() {
        return sent;
    }

    /** @param failure null: it ended properly */
    void finish(@Nullable Failure failure) {
        if (!counted) {
            count();
        }
        long now = loop.clock.nanos();
        meter.ended(now - startNanos);
        boolean logged = loop.telemetry.accessLog().enabled();
        if (logged || failure != null) {
            write(loop.record, now, failure);
        }
        if (failure != null) {
            loop.telemetry.failed(failure);
            loop.failureLog.log(failure, listener.settings().name(), loop.record);
        }
        if (logged) {
            loop.telemetry.accessLog().write(loop.record);
        }
    }

    private void write(ExchangeRecord record, long now, @Nullable Failure failure) {
        record.reset();
        record.routed(listener.settings().name(), "", upstream);
        record.attempts(attempts, endpoint);
        record.failed(failure);
        record.startMillis(startMillis);
        record.copy(Part.CLIENT, client.text(), 0, client.text().length);
        record.copy(Part.PROTOCOL, PROTOCOL, 0, PROTOCOL.length);
        if (server != null) {
            byte[] name = server.getBytes(StandardCharsets.US_ASCII);
            record.copy(Part.HOST, name, 0, name.length);
        }
        record.bytes().receivedBody(received);
        record.bytes().sentBody(sent);
        record.reached(Moment.STARTED, startNanos);
        reached(record, Moment.ENDPOINT_PICKED, pickedNanos);
        reached(record, Moment.CONNECTION_ACQUIRED, connectedNanos);
        record.reached(Moment.FINISHED, now);
    }

    private static void reached(ExchangeRecord record, Moment moment, long nanos) {
        if (nanos != NOT_YET) {
            record.reached(moment, nanos);
        }
    }
}
