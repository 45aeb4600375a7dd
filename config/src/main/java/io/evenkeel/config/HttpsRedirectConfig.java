package io.evenkeel.config;

/**
 * Answers every request with a redirection to the same address over TLS.
 *
 * @param port the port in the new address. Count, 1 to 65535, default 443. 443 is not written.
 * @param status the status. Count, 301 to 308, default 308. 308 keeps the method; 301 is what the oldest clients know.
 */
public record HttpsRedirectConfig(
        @Knob(byDefault = "443", min = "1", max = "65535", need = Knob.Need.FREQUENT) int port,
        @Knob(byDefault = "308", min = "301", max = "308") int status) {}
