package io.evenkeel.proxy.telemetry;

import java.util.List;

/** Counts the TLS handshakes of one listener on one event loop, which alone may count; anybody reads. */
@SuppressWarnings("EnumOrdinal") // the ordinals index a plain array and never leave the class
public final class TlsMeter {

    /** As they are called on the wire and in metrics. */
    static final List<String> VERSIONS = List.of("TLSv1.2", "TLSv1.3");

    private final String listener;
    private final LoopCounter[] fresh = LoopCounter.table(VERSIONS.size());
    private final LoopCounter[] resumed = LoopCounter.table(VERSIONS.size());
    private final LoopCounter[] faults = LoopCounter.table(HandshakeFault.values().length);

    TlsMeter(String listener) {
        this.listener = listener;
    }

    /** A handshake succeeded; {@code version} is one of {@link #VERSIONS}, other ones are not spoken. */
    public void finished(String version, boolean isResumed) {
        int index = VERSIONS.indexOf(version);
        if (index >= 0) {
            (isResumed ? resumed : fresh)[index].increment();
        }
    }

    /** A handshake came to nothing. */
    public void failed(HandshakeFault fault) {
        faults[fault.ordinal()].increment();
    }

    String listener() {
        return listener;
    }

    long finished(int version, boolean isResumed) {
        return (isResumed ? resumed : fresh)[version].read();
    }

    long count(HandshakeFault fault) {
        return faults[fault.ordinal()].read();
    }
}
