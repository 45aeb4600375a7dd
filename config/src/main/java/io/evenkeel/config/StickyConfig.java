package io.evenkeel.config;

import java.time.Duration;

/**
 * A signed cookie that brings a client back to the endpoint that served it. One that was not made with the secret is ignored and counted. Endpoints are sent
 * the cookie too.
 *
 * @param cookie the cookie's name. Token, default evenkeel.
 * @param secret what it is signed with. Secret, required. At least 16 characters, the same in every replica.
 * @param maxAge how long the client keeps it. Duration, ≥ 0s, default 0s. 0s is until the browser is closed.
 * @param path the paths it is sent with. Path, default /.
 * @param secure whether it is sent over TLS only. true or false, default false.
 * @param sameSite when it is sent with requests from other sites. lax, strict or none, default lax. none needs {@code secure}.
 */
public record StickyConfig(
        @Knob(byDefault = "evenkeel", format = TextFormat.TOKEN, need = Knob.Need.FREQUENT) String cookie,
        @Knob(need = Knob.Need.FREQUENT) Secret secret,
        @Knob(byDefault = "0s") Duration maxAge,
        @Knob(byDefault = "/", format = TextFormat.PATH) String path,
        @Knob(byDefault = "false") boolean secure,
        @Knob(byDefault = "lax") SameSite sameSite) {

    /** RFC 6265bis §4.1.2.7. */
    public enum SameSite {
        LAX,
        STRICT,
        NONE
    }
}
