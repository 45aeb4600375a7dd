package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.http.FieldTable;
import io.evenkeel.proxy.http.KnownField;
import io.evenkeel.proxy.http.Octets;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.http.RequestId;
import io.evenkeel.proxy.route.Route;
import io.evenkeel.proxy.telemetry.ExchangeRecord;
import io.evenkeel.proxy.telemetry.Failure;
import io.evenkeel.proxy.telemetry.Moment;
import io.evenkeel.proxy.telemetry.Part;
import io.evenkeel.proxy.telemetry.RouteMeter;
import org.jspecify.annotations.Nullable;

/**
 * The last phase, and the notes it needs of those before: moments, text for the access log, and the time that the router itself added. Reused;
 * event-loop confined.
 *
 * <p>Added latency is the time from the batch that brought the request to its flush to the endpoint, less any wait for a connection, plus the time from
 * the batch that brought the response head to its flush to the client. What the endpoint and the network take is not in it.
 */
final class Recording {

    private static final byte[] HTTP2 = Octets.ascii("HTTP/2.0");

    /** Of an exchange that became a tunnel: how long that was open is no latency of anything, so that only the way to it counts as its duration. */
    private static final int SWITCHED = 101;

    private final LoopContext loop;
    private final ExchangeRecord record;
    private final RequestId id;
    private final FailureLog failureLog;
    private boolean logged;
    private long startNanos;
    private long segmentNanos;
    private long addedNanos;
    private boolean requestTimed;
    private boolean responseTimed;

    Recording(LoopContext loop, ExchangeRecord record, RequestId id) {
        this.loop = loop;
        this.record = record;
        this.id = id;
        this.failureLog = loop.failureLog;
    }

    void begin() {
        record.reset();
        startNanos = loop.clock.batchNanos();
        segmentNanos = startNanos;
        addedNanos = 0;
        requestTimed = false;
        responseTimed = false;
        logged = loop.telemetry.accessLog().enabled();
    }

    void malformed(ClientAddress client, String listener) {
        record.routed(listener, "", "");
        if (logged) {
            note(client);
        }
    }

    private void note(ClientAddress client) {
        record.startMillis(loop.wallClock.millis());
        record.reached(Moment.STARTED, startNanos);
        record.copy(Part.CLIENT, client.text(), 0, client.text().length);
        record.copy(Part.REQUEST_ID, id.bytes(), 0, id.length());
    }

    void head(RequestHead head, ClientAddress client, String listener) {
        record.routed(listener, "", "");
        if (!logged) {
            return;
        }
        note(client);
        record.reached(Moment.HEAD_RECEIVED, startNanos);
        byte[] bytes = head.bytes();
        copy(Part.METHOD, bytes, head.methodStart(), head.methodEnd());
        copy(Part.TARGET, bytes, head.target().start(), head.target().end());
        if (head.http2()) {
            copy(Part.PROTOCOL, HTTP2, 0, HTTP2.length);
        } else {
            copy(Part.PROTOCOL, bytes, head.target().end() + 1, head.target().end() + 9);
        }
        copy(Part.HOST, bytes, head.target().authorityStart(), head.target().authorityEnd());
        FieldTable fields = head.fields();
        for (int i = 0; i < fields.count(); i++) {
            if (fields.known(i) == KnownField.REFERER) {
                copy(Part.REFERER, bytes, fields.valueStart(i), fields.valueEnd(i));
            } else if (fields.known(i) == KnownField.USER_AGENT) {
                copy(Part.USER_AGENT, bytes, fields.valueStart(i), fields.valueEnd(i));
            }
        }
    }

    private void copy(Part part, byte[] bytes, int start, int end) {
        record.copy(part, bytes, start, end - start);
    }

    void routed(Route route, String listener) {
        record.routed(listener, route.name(), route.upstream().name());
    }

    /** An endpoint is picked: where a connection to it idles, it is acquired at the same moment. */
    void picked(String endpoint) {
        record.attempted(endpoint);
        if (logged) {
            record.reached(Moment.ENDPOINT_PICKED, loop.clock.nanos());
        }
    }

    /** Of two attempts it was the one here that counts. */
    void answeredBy(String endpoint) {
        record.answeredBy(endpoint);
    }

    /** A connection is there. What a wait for it took is not the router's. */
    void acquired() {
        segmentNanos = loop.clock.batchNanos();
        if (logged) {
            record.reached(Moment.CONNECTION_ACQUIRED, loop.clock.nanos());
        }
    }

    /** @param now of the loop's clock, in nanoseconds */
    void requestFlushed(boolean complete, long now) {
        if (!requestTimed) {
            requestTimed = true;
            addedNanos += now - segmentNanos;
        }
        if (logged && complete) {
            record.reached(Moment.REQUEST_SENT, now);
        }
    }

    void responseHead() {
        segmentNanos = loop.clock.batchNanos();
        if (logged) {
            record.reached(Moment.RESPONSE_HEAD_RECEIVED, segmentNanos);
        }
    }

    void responseFlushed(boolean begun) {
        if (begun && !responseTimed) {
            responseTimed = true;
            addedNanos += loop.clock.nanos() - segmentNanos;
        }
    }

    void finish(RouteMeter meter, int status, @Nullable Failure failure) {
        long now = loop.clock.nanos();
        long added = requestTimed && responseTimed ? addedNanos : -1;
        meter.record(status, (status == SWITCHED ? segmentNanos : now) - startNanos, added);
        record.status(status);
        record.failed(failure);
        if (failure != null) {
            loop.telemetry.failed(failure);
            failureLog.log(failure, id, record);
        }
        if (logged) {
            record.addedNanos(added);
            record.reached(Moment.FINISHED, now);
            loop.telemetry.accessLog().write(record);
        }
    }
}
