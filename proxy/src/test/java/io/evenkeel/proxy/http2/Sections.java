package io.evenkeel.proxy.http2;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Header sections out of text and text out of them: a line per field, {@code name: value}, one character one octet. */
final class Sections {

    private Sections() {}

    /** A GET of {@code https://a.example/x} with these lines behind the pseudo-header fields. */
    static HeaderList get(String... lines) {
        HeaderList list = list(":method: GET", ":scheme: https", ":authority: a.example", ":path: /x");
        return add(list, lines);
    }

    static HeaderList list(String... lines) {
        return add(new HeaderList(), lines);
    }

    private static HeaderList add(HeaderList list, String... lines) {
        for (String line : lines) {
            int colon = line.indexOf(": ", 1);
            list.add(text(line.substring(0, colon)), text(line.substring(colon + 2)));
        }
        return list;
    }

    static AsciiString text(String text) {
        return new AsciiString(text.getBytes(StandardCharsets.ISO_8859_1), false);
    }

    static List<String> lines(HeaderList list) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            lines.add(string(list.name(i)) + ": " + string(list.value(i)));
        }
        return lines;
    }

    static String string(AsciiString text) {
        return new String(text.array(), text.arrayOffset(), text.length(), StandardCharsets.ISO_8859_1);
    }

    /** What is readable in the buffer, which is released; null for none. */
    static @Nullable String drain(@Nullable ByteBuf buffer) {
        if (buffer == null) {
            return null;
        }
        String text = buffer.toString(StandardCharsets.ISO_8859_1);
        buffer.release();
        return text;
    }
}
