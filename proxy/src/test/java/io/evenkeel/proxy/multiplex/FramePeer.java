package io.evenkeel.proxy.multiplex;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.http2.HeaderList;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** One connection of a {@link FrameEndpoint}: writes frames, legal or not, and reads those of the router. Not thread-safe. */
final class FramePeer {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;

    static final int MAX_CONCURRENT_STREAMS = 3;
    static final int INITIAL_WINDOW_SIZE = 4;

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final DefaultHttp2HeadersEncoder encoder =
            new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.NEVER_SENSITIVE, true);
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);

    /** A frame as it came; its payload as Latin-1 text. */
    record Frame(int type, int flags, int stream, String text) {

        boolean ends() {
            return (flags & END_STREAM) != 0;
        }

        byte[] payload() {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }

        /** The number that begins at this octet. */
        int number(int at) {
            return java.nio.ByteBuffer.wrap(payload()).getInt(at);
        }
    }

    FramePeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(FrameEndpoint.PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
        this.out = socket.getOutputStream();
    }

    void preface() throws IOException {
        byte[] octets = new byte[PREFACE.length()];
        in.readFully(octets);
        assertThat(new String(octets, StandardCharsets.US_ASCII)).isEqualTo(PREFACE);
    }

    /** The next frame, whatever it is. */
    Frame read() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(type, flags, stream, new String(payload, StandardCharsets.ISO_8859_1));
    }

    /** The next frame of this type; those before it are not looked at. */
    Frame await(int type) throws IOException {
        Frame frame = read();
        while (frame.type() != type) {
            frame = read();
        }
        return frame;
    }

    /** Whether the router closes the connection, after whatever it still sends. */
    boolean ends() throws IOException {
        try {
            while (true) {
                read();
            }
        } catch (java.io.EOFException | java.net.SocketException end) {
            return true;
        }
    }

    FramePeer send(int type, int flags, int stream, byte... payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(payload.length >> 16);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
        frame.write(type);
        frame.write(flags);
        number(frame, stream);
        frame.writeBytes(payload);
        out.write(frame.toByteArray());
        return this;
    }

    private static void number(ByteArrayOutputStream to, int value) {
        to.write(value >> 24);
        to.write(value >> 16);
        to.write(value >> 8);
        to.write(value);
    }

    private static byte[] numbers(int... values) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int value : values) {
            number(octets, value);
        }
        return octets.toByteArray();
    }

    /** Pairs of identifier and value. */
    FramePeer settings(int... pairs) throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        for (int i = 0; i < pairs.length; i += 2) {
            payload.write(pairs[i] >> 8);
            payload.write(pairs[i]);
            number(payload, pairs[i + 1]);
        }
        return send(SETTINGS, 0, 0, payload.toByteArray());
    }

    /** Pairs of name and value, written as they are. */
    FramePeer headers(int stream, boolean end, String... fields) throws IOException {
        return send(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block(fields));
    }

    byte[] block(String... fields) {
        HeaderList headers = new HeaderList();
        for (int i = 0; i < fields.length; i += 2) {
            headers.add(fields[i], fields[i + 1]);
        }
        ByteBuf block = Unpooled.buffer();
        try {
            encoder.encodeHeaders(3, headers, block);
            byte[] octets = new byte[block.readableBytes()];
            block.readBytes(octets);
            return octets;
        } catch (Http2Exception e) {
            throw new IllegalArgumentException(e);
        } finally {
            block.release();
        }
    }

    FramePeer data(int stream, boolean end, String text) throws IOException {
        return send(DATA, end ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    FramePeer reset(int stream, int code) throws IOException {
        return send(RST_STREAM, 0, stream, numbers(code));
    }

    FramePeer goAway(int lastStream, int code) throws IOException {
        return send(GOAWAY, 0, 0, numbers(lastStream, code));
    }

    FramePeer widen(int stream, int octets) throws IOException {
        return send(WINDOW_UPDATE, 0, stream, numbers(octets));
    }

    /** The fields of a HEADERS frame, which have to be read in the order of their coming. */
    Map<String, String> fields(Frame headers) {
        Map<String, String> fields = new LinkedHashMap<>();
        ByteBuf block = Unpooled.wrappedBuffer(headers.payload());
        try {
            decoder.decodeHeaders(headers.stream(), block)
                    .forEach(field -> fields.put(
                            field.getKey().toString(), field.getValue().toString()));
        } catch (Http2Exception e) {
            throw new IllegalArgumentException(e);
        } finally {
            block.release();
        }
        return fields;
    }

    /** Reads the next request, of which there is nothing but a head or a body of a few frames; returns its stream. */
    int request() throws IOException {
        Frame frame = await(HEADERS);
        fields(frame);
        int stream = frame.stream();
        while (!frame.ends()) {
            frame = read();
        }
        return stream;
    }

    /** Answers with these few octets. */
    FramePeer answer(int stream, String body) throws IOException {
        return headers(stream, false, ":status", "200").data(stream, true, body);
    }

    void close() throws IOException {
        socket.close();
    }
}
