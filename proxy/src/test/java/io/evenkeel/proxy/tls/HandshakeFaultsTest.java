package io.evenkeel.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.telemetry.HandshakeFault;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeFaultsTest {

    @ParameterizedTest
    @CsvSource({
        "error:100000b8:SSL routines:OPENSSL_internal:NO_SHARED_CIPHER, NO_CIPHER",
        "no cipher suites in common, NO_CIPHER",
        "error:100000f0:SSL routines:OPENSSL_internal:UNSUPPORTED_PROTOCOL, NO_VERSION",
        "The client supported protocol versions[TLSv1.1] are not accepted by server preferences [TLS13], NO_VERSION",
        "error:100000c0:SSL routines:OPENSSL_internal:PEER_DID_NOT_RETURN_A_CERTIFICATE, CLIENT_CERTIFICATE",
        "Empty client certificate chain, CLIENT_CERTIFICATE",
        "PKIX path building failed: unable to find valid certification path, CLIENT_CERTIFICATE",
        "error:10000416:SSL routines:OPENSSL_internal:SSLV3_ALERT_CERTIFICATE_UNKNOWN, CLIENT_ALERT",
        "Received fatal alert: unknown_ca, CLIENT_ALERT",
        "something that no library says yet, OTHER"
    })
    void theReasonIsFoundInTheLibrarysWords(String message, HandshakeFault fault) {
        assertThat(HandshakeFaults.of(new SSLHandshakeException(message))).isEqualTo(fault);
        assertThat(HandshakeFaults.of(new RuntimeException("wrapped", new SSLException(message))))
                .isEqualTo(fault);
    }

    @Test
    void aConnectionThatEndsIsAClientThatWentAway() {
        assertThat(HandshakeFaults.of(new ClosedChannelException())).isEqualTo(HandshakeFault.CLIENT_CLOSED);
        assertThat(HandshakeFaults.of(new IOException("Connection reset by peer")))
                .isEqualTo(HandshakeFault.CLIENT_CLOSED);
    }
}
