package io.evenkeel.proxy.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes the parts of a message and keeps their text. */
final class Parts implements BodySink {

    final List<String> texts = new ArrayList<>();
    String trailers = "";
    final List<ByteBuf> buffers = new ArrayList<>();

    @Override
    public void onPart(ByteBuf part) {
        texts.add(part.toString(StandardCharsets.ISO_8859_1));
        buffers.add(part);
        part.release();
    }

    @Override
    public void onTrailers(ByteBuf lines) {
        trailers += lines.toString(StandardCharsets.ISO_8859_1);
        lines.release();
    }

    String text() {
        return String.join("", texts);
    }
}
