package io.evenkeel.discovery.state;

import io.evenkeel.discovery.LastGoodStore.LastGood;
import io.evenkeel.discovery.SourceKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** The octets of a state file: one line with the version and the checksum of the payload, then the payload. Stateless. */
final class StateFormat {

    static final int VERSION = 1;

    /** 64 MiB, some 400,000 endpoints: what would be more is a mistake, and must not fill memory or disk. */
    static final int MAX_BYTES = 64 << 20;

    private static final String NAME = "evenkeel-state";
    private static final Pattern HEADER = Pattern.compile(NAME + " ([1-9][0-9]{0,8}) ([0-9a-f]{8})");

    /** The header's longest line and its end. */
    private static final int MAX_HEADER_BYTES = NAME.length() + 20;

    private StateFormat() {}

    static byte[] encode(Map<SourceKey, LastGood> sets) throws IOException {
        byte[] payload = StateJson.write(sets);
        byte[] header = header(VERSION, payload).getBytes(StandardCharsets.US_ASCII);
        if (header.length + payload.length > MAX_BYTES) {
            throw new IOException(payload.length + " bytes (expected: at most " + MAX_BYTES + ")");
        }
        byte[] whole = Arrays.copyOf(header, header.length + payload.length);
        System.arraycopy(payload, 0, whole, header.length, payload.length);
        return whole;
    }

    static Map<SourceKey, LastGood> decode(byte[] file) throws UnusableState {
        int end = endOfHeader(file);
        Matcher header = HEADER.matcher(new String(file, 0, end, StandardCharsets.US_ASCII));
        if (!header.matches()) {
            throw UnusableState.corrupt("no header");
        }
        int version = Integer.parseInt(header.group(1));
        if (version > VERSION) {
            throw UnusableState.newer(version);
        }
        byte[] payload = Arrays.copyOfRange(file, end + 1, file.length);
        if (!checksum(payload).equals(header.group(2))) {
            throw UnusableState.corrupt("checksum " + checksum(payload) + " (expected: " + header.group(2) + ")");
        }
        return StateJson.read(payload);
    }

    static String header(int version, byte[] payload) {
        return NAME + " " + version + " " + checksum(payload) + "\n";
    }

    private static int endOfHeader(byte[] file) throws UnusableState {
        for (int i = 0; i < Math.min(file.length, MAX_HEADER_BYTES); i++) {
            if (file[i] == '\n') {
                return i;
            }
        }
        throw UnusableState.corrupt("no header");
    }

    private static String checksum(byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(payload);
        return String.format("%08x", crc.getValue());
    }
}
