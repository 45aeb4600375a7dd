package io.evenkeel.proxy.route;

import io.evenkeel.config.HeaderMatch;
import io.evenkeel.config.MatchConfig;
import io.evenkeel.proxy.http.FieldTable;
import io.evenkeel.proxy.http.Octets;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.http.RequestTarget;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request must look like apart from its host. Immutable; allocates nothing when matching.
 *
 * <p>A prefix matches whole path segments: {@code /api} fits {@code /api} and {@code /api/x}, not {@code /apix}.
 */
final class Matcher {

    private final byte @Nullable [] path;
    private final byte @Nullable [] prefix;
    private final byte[][] methods;
    private final Header[] headers;

    private static final class Header {
        final byte[] name;
        final byte @Nullable [] value;

        Header(HeaderMatch match) {
            name = Octets.ascii(match.name().toLowerCase(Locale.ROOT));
            value = octets(match.value());
        }
    }

    private Matcher(byte @Nullable [] path, byte @Nullable [] prefix, byte[][] methods, Header[] headers) {
        this.path = path;
        this.prefix = prefix;
        this.methods = methods;
        this.headers = headers;
    }

    static Matcher of(MatchConfig match) {
        return new Matcher(
                octets(match.path()),
                octets(match.pathPrefix()),
                match.methods().stream().map(Octets::ascii).toArray(byte[][]::new),
                match.headers().stream().map(Header::new).toArray(Header[]::new));
    }

    private static byte @Nullable [] octets(Optional<String> text) {
        return text.isPresent() ? Octets.ascii(text.get()) : null;
    }

    boolean matches(RequestHead head) {
        return path(head.target()) && method(head) && headers(head);
    }

    private boolean path(RequestTarget target) {
        byte[] bytes = target.pathBytes();
        int start = target.pathStart();
        int end = target.pathEnd();
        if (path != null) {
            return Octets.equals(bytes, start, end, path);
        }
        if (prefix == null) {
            return true;
        }
        return Octets.startsWith(bytes, start, end, prefix)
                && (prefix[prefix.length - 1] == '/'
                        || end - start == prefix.length
                        || bytes[start + prefix.length] == '/');
    }

    private boolean method(RequestHead head) {
        for (byte[] method : methods) {
            if (Octets.equals(head.bytes(), head.methodStart(), head.methodEnd(), method)) {
                return true;
            }
        }
        return methods.length == 0;
    }

    private boolean headers(RequestHead head) {
        for (Header header : headers) {
            if (!hasField(head, header)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasField(RequestHead head, Header wanted) {
        byte[] bytes = head.bytes();
        FieldTable fields = head.fields();
        for (int i = 0; i < fields.count(); i++) {
            if (Octets.equalsIgnoreCase(bytes, fields.start(i), fields.nameEnd(i), wanted.name)
                    && (wanted.value == null
                            || Octets.equals(bytes, fields.valueStart(i), fields.valueEnd(i), wanted.value))) {
                return true;
            }
        }
        return false;
    }
}
