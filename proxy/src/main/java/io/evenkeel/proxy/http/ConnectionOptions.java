package io.evenkeel.proxy.http;

import java.util.Arrays;

/**
 * What the {@code Connection} fields of one head say, and which field lines they and the list of hop-by-hop fields take out of it. Reused;
 * event-loop confined.
 *
 * <p><b>Spec.</b> RFC 9110 §7.6.1. A nomination of a field that this router itself relies on ({@code Host}, {@code Content-Length},
 * {@code X-Forwarded-*}, …) is not honoured: it is the known way to strip what an endpoint trusts.
 */
final class ConnectionOptions {

    private static final byte[] CLOSE = Octets.ascii("close");
    private static final byte[] KEEP_ALIVE = Octets.ascii("keep-alive");
    private static final byte[] UPGRADE = Octets.ascii("upgrade");

    private boolean[] dropped = new boolean[0];
    private boolean close;
    private boolean keepAlive;
    private boolean upgrade;

    /** Reads the fields of a head. Returns false where a {@code Connection} value is no list of tokens. */
    boolean read(byte[] bytes, FieldTable fields) {
        close = false;
        keepAlive = false;
        upgrade = false;
        if (dropped.length < fields.count()) {
            dropped = new boolean[fields.count() + 16];
        } else {
            Arrays.fill(dropped, 0, fields.count(), false);
        }
        for (int i = 0; i < fields.count(); i++) {
            switch (fields.known(i)) {
                case CONNECTION -> {
                    dropped[i] = true;
                    if (!options(bytes, fields, fields.valueStart(i), fields.valueEnd(i))) {
                        return false;
                    }
                }
                case KEEP_ALIVE, PROXY_CONNECTION, TE, UPGRADE, HTTP2_SETTINGS -> dropped[i] = true;
                default -> {}
            }
        }
        return true;
    }

    private boolean options(byte[] bytes, FieldTable fields, int from, int to) {
        int start = from;
        while (start < to) {
            int comma = start;
            while (comma < to && bytes[comma] != ',') {
                comma++;
            }
            int end = comma;
            while (start < end && Octets.isBlank(bytes[start])) {
                start++;
            }
            while (end > start && Octets.isBlank(bytes[end - 1])) {
                end--;
            }
            if (end > start && !option(bytes, fields, start, end)) {
                return false;
            }
            start = comma + 1;
        }
        return true;
    }

    private boolean option(byte[] bytes, FieldTable fields, int start, int end) {
        if (!Octets.isAllToken(bytes, start, end)) {
            return false;
        }
        if (Octets.equalsIgnoreCase(bytes, start, end, CLOSE)) {
            close = true;
        } else if (Octets.equalsIgnoreCase(bytes, start, end, KEEP_ALIVE)) {
            keepAlive = true;
        } else if (Octets.equalsIgnoreCase(bytes, start, end, UPGRADE)) {
            upgrade = true;
        } else if (mayBeNamed(KnownField.of(bytes, start, end))) {
            dropNamed(bytes, fields, start, end);
        }
        return true;
    }

    private static boolean mayBeNamed(KnownField field) {
        return switch (field) {
            case OTHER, REFERER, USER_AGENT, COOKIE, CONTENT_TYPE, CONTENT_ENCODING -> true;
            default -> false;
        };
    }

    private void dropNamed(byte[] bytes, FieldTable fields, int start, int end) {
        for (int i = 0; i < fields.count(); i++) {
            if (mayBeNamed(fields.known(i)) && sameName(bytes, fields.start(i), fields.nameEnd(i), start, end)) {
                dropped[i] = true;
            }
        }
    }

    private static boolean sameName(byte[] bytes, int start, int end, int otherStart, int otherEnd) {
        if (end - start != otherEnd - otherStart) {
            return false;
        }
        for (int i = 0; i < end - start; i++) {
            if (Octets.lower(bytes[start + i]) != Octets.lower(bytes[otherStart + i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether field line {@code i} ends at this hop. */
    boolean dropped(int i) {
        return dropped[i];
    }

    void drop(int i) {
        dropped[i] = true;
    }

    void keep(int i) {
        dropped[i] = false;
    }

    boolean close() {
        return close;
    }

    boolean keepAlive() {
        return keepAlive;
    }

    boolean upgrade() {
        return upgrade;
    }
}
