package io.evenkeel.discovery;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Which source a last good set belongs to, over restarts. Immutable.
 *
 * @param source its name, unique within the upstream
 * @param config a digest of its configuration, so that nothing is revived that another question was answered with
 */
public record SourceKey(String upstream, String source, String config) {

    /** Enough that no two configurations share one. */
    private static final int DIGEST_BYTES = 16;

    /** @param config as in {@link SourceFactory#key}; what it prints is digested */
    public static SourceKey of(String upstream, String source, Object config) {
        return new SourceKey(upstream, source, digest(config.toString()));
    }

    private static String digest(String text) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(whole, DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
