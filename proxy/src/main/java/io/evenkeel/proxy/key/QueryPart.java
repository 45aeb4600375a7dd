package io.evenkeel.proxy.key;

import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.http.Octets;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.http.RequestTarget;

/** The value of the first parameter of a name in the query, as it stands there: nothing is decoded. Immutable. */
final class QueryPart implements KeyPart {

    private final byte[] nameAndEquals;

    QueryPart(String name) {
        this.nameAndEquals = Octets.ascii(name + "=");
    }

    @Override
    public boolean find(RequestHead head, ClientAddress client, Span found) {
        RequestTarget target = head.target();
        byte[] bytes = target.pathBytes();
        int to = target.queryEnd();
        int start = target.pathEnd() + 1;
        while (start < to) {
            int end = start;
            while (end < to && bytes[end] != '&') {
                end++;
            }
            if (Octets.startsWith(bytes, start, end, nameAndEquals)) {
                found.set(bytes, start + nameAndEquals.length, end);
                return true;
            }
            start = end + 1;
        }
        return false;
    }
}
