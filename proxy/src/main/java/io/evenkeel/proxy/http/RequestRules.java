package io.evenkeel.proxy.http;

/** The rules that make a well-formed request head one that may be routed and forwarded. Stateless. */
final class RequestRules {

    private static final byte[] CONTINUE = Octets.ascii("100-continue");

    private RequestRules() {}

    static HeadVerdict apply(RequestHead head) {
        if (!head.connection.read(head.bytes(), head.fields())) {
            return HeadVerdict.MALFORMED;
        }
        HeadVerdict framing = head.framing.read(head.bytes(), head.fields(), head.http10());
        if (framing != HeadVerdict.COMPLETE) {
            return framing;
        }
        HeadVerdict target = TargetRules.apply(head);
        if (target != HeadVerdict.COMPLETE) {
            return target;
        }
        if (head.method() == Method.CONNECT || head.method() == Method.TRACE) {
            return HeadVerdict.METHOD_REFUSED;
        }
        return expectations(head);
    }

    /** RFC 9110 §10.1.1: an unknown expectation is answered 417; HTTP/1.0 clients can neither expect anything nor offer an upgrade (§7.8). */
    private static HeadVerdict expectations(RequestHead head) {
        head.expectContinue(false);
        head.upgrade().reset();
        FieldTable fields = head.fields();
        for (int i = 0; i < fields.count(); i++) {
            if (fields.known(i) == KnownField.EXPECT) {
                if (!Octets.equalsIgnoreCase(head.bytes(), fields.valueStart(i), fields.valueEnd(i), CONTINUE)) {
                    return HeadVerdict.EXPECTATION_UNKNOWN;
                }
                head.expectContinue(!head.http10());
                if (head.http10()) {
                    head.connection.drop(i);
                }
            } else if (fields.known(i) == KnownField.UPGRADE && head.connection.upgrade() && !head.http10()) {
                head.upgrade().found();
            }
        }
        return HeadVerdict.COMPLETE;
    }
}
