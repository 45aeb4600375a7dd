package io.evenkeel.proxy.testing;

import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** First messages of real TLS clients. */
public final class Hellos {

    private Hellos() {}

    /** The hello of the JDK's client as one record; {@code name} null: without one; no {@code protocols}: without ALPN. */
    public static byte[] of(@Nullable String name, String... protocols) throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(name == null ? List.of() : List.of(new SNIHostName(name)));
        parameters.setApplicationProtocols(protocols);
        engine.setSSLParameters(parameters);
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        byte[] hello = new byte[out.flip().remaining()];
        out.get(hello);
        return hello;
    }

    /** The same message in records of at most so many bytes. */
    public static byte[] fragmented(byte[] hello, int most) {
        int message = hello.length - 5;
        int records = (message + most - 1) / most;
        ByteBuffer out = ByteBuffer.allocate(message + 5 * records);
        for (int at = 0; at < message; at += most) {
            int size = Math.min(most, message - at);
            out.put(hello, 0, 3).putShort((short) size).put(hello, 5 + at, size);
        }
        return out.array();
    }
}
