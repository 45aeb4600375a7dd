package io.evenkeel.proxy.http;

/**
 * The grammar of chunk extensions, octet by octet: {@code *( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )} (RFC 9112 §7.1.1). Reused;
 * event-loop confined.
 */
final class ChunkExtension {

    private enum State {
        BEFORE_SEMICOLON,
        BEFORE_NAME,
        NAME,
        AFTER_NAME,
        BEFORE_VALUE,
        TOKEN,
        QUOTED,
        ESCAPED,
        AFTER_VALUE
    }

    private State state = State.BEFORE_SEMICOLON;

    void start() {
        state = State.BEFORE_SEMICOLON;
    }

    /** Whether the line may end here. */
    boolean mayEnd() {
        return state == State.NAME || state == State.TOKEN || state == State.AFTER_VALUE;
    }

    /** Takes the next octet; false: it breaks the grammar. */
    boolean accepts(byte b) {
        switch (state) {
            case BEFORE_SEMICOLON, AFTER_VALUE -> {
                return Octets.isBlank(b) || semicolon(b);
            }
            case BEFORE_NAME -> {
                return Octets.isBlank(b) || token(b, State.NAME);
            }
            case NAME -> {
                return token(b, State.NAME) || equalsSign(b) || semicolon(b) || blank(b, State.AFTER_NAME);
            }
            case AFTER_NAME -> {
                return Octets.isBlank(b) || equalsSign(b) || semicolon(b);
            }
            case BEFORE_VALUE -> {
                return Octets.isBlank(b) || quote(b, State.QUOTED) || token(b, State.TOKEN);
            }
            case TOKEN -> {
                return token(b, State.TOKEN) || semicolon(b) || blank(b, State.BEFORE_SEMICOLON);
            }
            case QUOTED -> {
                state = b == '\\' ? State.ESCAPED : State.QUOTED;
                return quote(b, State.AFTER_VALUE) || Octets.isValue(b);
            }
            default -> {
                state = State.QUOTED;
                return Octets.isValue(b);
            }
        }
    }

    private boolean semicolon(byte b) {
        return is(b == ';', State.BEFORE_NAME);
    }

    private boolean equalsSign(byte b) {
        return is(b == '=', State.BEFORE_VALUE);
    }

    private boolean quote(byte b, State next) {
        return is(b == '"', next);
    }

    private boolean blank(byte b, State next) {
        return is(Octets.isBlank(b), next);
    }

    private boolean token(byte b, State next) {
        return is(Octets.isToken(b), next);
    }

    private boolean is(boolean fits, State next) {
        if (fits) {
            state = next;
        }
        return fits;
    }
}
