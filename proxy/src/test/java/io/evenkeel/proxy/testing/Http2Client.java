package io.evenkeel.proxy.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * An HTTP/2 client that sends what it is told, legal or not, frame by frame, over plaintext with prior knowledge. Blocking; one thread. Windows are given back
 * at once unless {@link #keepWindows} was called.
 */
public final class Http2Client implements AutoCloseable {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MOST_KEPT = 1 << 20;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
    private final Map<Integer, Http2Response> responses = new HashMap<>();
    private boolean keepsWindows;
    private final List<Http2Frame> goAways = new ArrayList<>();
    private int nextStream = 1;

    private Http2Client(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream(), 1 << 16));
        this.out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
    }

    /** A connection that has greeted with these SETTINGS: pairs of identifier and value. */
    public static Http2Client connect(InetSocketAddress address, int... settings) throws IOException {
        Http2Client client = silent(address);
        client.out.write(PREFACE);
        ByteBuf payload = Unpooled.buffer();
        for (int i = 0; i < settings.length; i += 2) {
            payload.writeShort(settings[i]).writeInt(settings[i + 1]);
        }
        client.send(Http2Frame.SETTINGS, 0, 0, ByteBufUtil.getBytes(payload));
        client.flush();
        return client;
    }

    /** A connection that has sent nothing. */
    public static Http2Client silent(InetSocketAddress address) throws IOException {
        return new Http2Client(new Socket(address.getAddress(), address.getPort()));
    }

    /** From now on octets received are not given back to the windows. */
    public Http2Client keepWindows() {
        keepsWindows = true;
        return this;
    }

    /** Adds a frame to what {@link #flush} sends. */
    public Http2Client send(int type, int flags, int stream, byte... payload) throws IOException {
        ByteBuf head = Unpooled.buffer(9);
        head.writeMedium(payload.length).writeByte(type).writeByte(flags).writeInt(stream);
        out.write(head.array(), 0, 9);
        out.write(payload);
        return this;
    }

    public void flush() throws IOException {
        out.flush();
    }

    /** Octets of a header section of these field lines, {@code name: value}. */
    public byte[] section(String... lines) throws IOException {
        Http2Headers headers = new DefaultHttp2Headers(false);
        for (String line : lines) {
            int colon = line.indexOf(": ", 1);
            headers.add(text(line.substring(0, colon)), text(line.substring(colon + 2)));
        }
        ByteBuf block = Unpooled.buffer();
        try {
            encoder.encodeHeaders(1, headers, block);
        } catch (Http2Exception e) {
            throw new IOException(e);
        }
        return ByteBufUtil.getBytes(block);
    }

    private static AsciiString text(String text) {
        return new AsciiString(text.getBytes(StandardCharsets.ISO_8859_1), false);
    }

    /** Sends HEADERS on this stream. */
    public void headers(int stream, boolean ends, String... lines) throws IOException {
        int flags = Http2Frame.END_HEADERS | (ends ? Http2Frame.END_STREAM : 0);
        send(Http2Frame.HEADERS, flags, stream, section(lines)).flush();
    }

    /** Begins a request on a new stream, and returns its number. */
    public int request(boolean ends, String method, String path, String... more) throws IOException {
        int stream = nextStream;
        nextStream += 2;
        String[] lines = new String[4 + more.length];
        lines[0] = ":method: " + method;
        lines[1] = ":scheme: http";
        lines[2] = ":authority: a.example";
        lines[3] = ":path: " + path;
        System.arraycopy(more, 0, lines, 4, more.length);
        headers(stream, ends, lines);
        return stream;
    }

    /** The next stream's number is used by hand. */
    public void skipStream() {
        nextStream += 2;
    }

    public int get(String path, String... more) throws IOException {
        return request(true, "GET", path, more);
    }

    public void data(int stream, boolean ends, byte... octets) throws IOException {
        send(Http2Frame.DATA, ends ? Http2Frame.END_STREAM : 0, stream, octets).flush();
    }

    public void windowUpdate(int stream, int octets) throws IOException {
        send(Http2Frame.WINDOW_UPDATE, 0, stream, number(octets)).flush();
    }

    public void reset(int stream, int error) throws IOException {
        send(Http2Frame.RST_STREAM, 0, stream, number(error)).flush();
    }

    public static byte[] number(int value) {
        return ByteBufUtil.getBytes(Unpooled.buffer(4).writeInt(value));
    }

    /** Reads the next frame; SETTINGS and PING are answered, and what belongs to a stream is kept with {@link #response}. */
    public Http2Frame next() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt() & Integer.MAX_VALUE;
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
            throw new java.io.EOFException("in a frame");
        }
        Http2Frame frame = new Http2Frame(type, flags, stream, payload);
        if (type == Http2Frame.HEADERS && (flags & Http2Frame.END_HEADERS) == 0) {
            throw new IOException("a response in several frames is not expected here");
        }
        note(frame);
        return frame;
    }

    private void note(Http2Frame frame) throws IOException {
        Http2Response response = responses.computeIfAbsent(frame.stream(), id -> new Http2Response());
        response.frames.add(frame.type());
        switch (frame.type()) {
            case Http2Frame.SETTINGS, Http2Frame.PING -> {
                if ((frame.flags() & Http2Frame.ACK) == 0) {
                    byte[] echo = frame.type() == Http2Frame.PING ? frame.payload() : new byte[0];
                    send(frame.type(), Http2Frame.ACK, 0, echo).flush();
                }
            }
            case Http2Frame.HEADERS -> response.sections.add(fields(frame.payload()));
            case Http2Frame.DATA -> onData(frame, response);
            case Http2Frame.RST_STREAM -> response.reset = frame.error();
            case Http2Frame.GOAWAY -> goAways.add(frame);
            default -> {}
        }
        response.complete |= frame.endsStream();
    }

    private void onData(Http2Frame frame, Http2Response response) throws IOException {
        int length = frame.payload().length;
        response.octets += length;
        if (response.octets <= MOST_KEPT) {
            response.content.append(new String(frame.payload(), StandardCharsets.ISO_8859_1));
        }
        if (!keepsWindows && length > 0) {
            send(Http2Frame.WINDOW_UPDATE, 0, 0, number(length));
            if (!frame.endsStream()) {
                send(Http2Frame.WINDOW_UPDATE, 0, frame.stream(), number(length));
            }
            flush();
        }
    }

    private List<String> fields(byte[] block) throws IOException {
        try {
            Http2Headers headers = decoder.decodeHeaders(1, Unpooled.wrappedBuffer(block));
            return StreamSupport.stream(headers.spliterator(), false)
                    .map(field -> field.getKey() + ": " + field.getValue())
                    .toList();
        } catch (Http2Exception e) {
            throw new IOException(e);
        }
    }

    /** Reads until one of this type comes. */
    public Http2Frame until(int type) throws IOException {
        Http2Frame frame = next();
        while (frame.type() != type) {
            frame = next();
        }
        return frame;
    }

    /** What has come on this stream so far. */
    public Http2Response sofar(int stream) {
        return responses.computeIfAbsent(stream, id -> new Http2Response());
    }

    /** Reads until the stream has ended or is reset. */
    public Http2Response response(int stream) throws IOException {
        Http2Response response = sofar(stream);
        while (!response.complete && response.reset < 0) {
            next();
        }
        return response;
    }

    /** GOAWAY number {@code i}, from 0; reads until it has come. */
    public Http2Frame goAway(int i) throws IOException {
        while (goAways.size() <= i) {
            next();
        }
        return goAways.get(i);
    }

    /** Reads until GOAWAY with an error; the connection ends behind it. Returns the error. */
    public int goAwayError() throws IOException {
        Http2Frame frame = until(Http2Frame.GOAWAY);
        while (frame.error() == 0) {
            frame = until(Http2Frame.GOAWAY);
        }
        return frame.error();
    }

    /** Reads until the router closes. */
    public void untilClosed() throws IOException {
        try {
            while (true) {
                next();
            }
        } catch (java.io.EOFException | java.net.SocketException closed) {
            return;
        }
    }

    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
