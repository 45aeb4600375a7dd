package io.evenkeel.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class TlsFaultLogTest {

    @Test
    void theInnermostCauseIsTheReason() {
        Throwable cause = new SSLException("General problem", new CertificateException("No name matching db.internal"));

        assertThat(TlsFaultLog.reason(new SSLException(cause))).isEqualTo("No name matching db.internal");
        assertThat(TlsFaultLog.reason(new SSLException(new IllegalStateException())))
                .isEqualTo("IllegalStateException");
    }

    @Test
    void aReasonIsOneLineOfBoundedLength() {
        assertThat(TlsFaultLog.reason(new SSLException("one\r\ntwo\0three"))).isEqualTo("one two three");
        assertThat(TlsFaultLog.reason(new SSLException("x".repeat(10_000)))).hasSize(201);
    }
}
