package io.evenkeel.proxy.testing;

/**
 * The content of a message and how it was framed.
 *
 * @param length octets of content
 * @param crc CRC-32 of the content
 * @param text the content as Latin-1 text, or its first mebibyte where it is longer
 * @param trailers the trailer section, empty unless chunked
 */
public record Body(Framing framing, long length, long crc, String text, Fields trailers) {

    /** How the end of the content is known (RFC 9112 §6.3). */
    public enum Framing {
        NONE,
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE
    }

    @Override
    public String toString() {
        return framing + " " + length + " octets, crc " + Long.toHexString(crc);
    }
}
