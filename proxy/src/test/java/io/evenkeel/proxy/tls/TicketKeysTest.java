package io.evenkeel.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TicketKeysTest {

    private static byte[] secret(int fill) {
        byte[] secret = new byte[48];
        Arrays.fill(secret, (byte) fill);
        return secret;
    }

    private static String shown(OpenSslSessionTicketKey key) {
        return Arrays.toString(key.name()) + Arrays.toString(key.hmacKey()) + Arrays.toString(key.aesKey());
    }

    @Test
    void replicasMakeTheSameKeysOfTheSameSecret() {
        OpenSslSessionTicketKey[] one = new TicketKeys(List.of(secret(1))).keys("kind");
        OpenSslSessionTicketKey[] other = new TicketKeys(List.of(secret(2), secret(1))).keys("kind");

        assertThat(shown(one[0])).isEqualTo(shown(other[1])).isNotEqualTo(shown(other[0]));
    }

    @Test
    void sessionsOfAnotherKindHaveOtherKeysAndNoneIsTheSecretItself() {
        TicketKeys keys = new TicketKeys(List.of(secret(1)));

        assertThat(shown(keys.keys("one")[0])).isNotEqualTo(shown(keys.keys("other")[0]));
        assertThat(keys.keys("one")[0].aesKey()).isNotEqualTo(Arrays.copyOf(secret(1), 16));
        assertThat(keys.keys("one")[0].hmacKey()).isNotEqualTo(keys.keys("one")[0].aesKey());
    }

    @Test
    void theRoutersOwnSecretsChangeInTimeAndTheLastOneStillOpens() {
        OwnTicketSecrets own = new OwnTicketSecrets(0);
        TicketKeys first = own.at(OwnTicketSecrets.ROTATION_NANOS - 1);
        assertThat(own.at(0)).isSameAs(first);

        TicketKeys second = own.at(OwnTicketSecrets.ROTATION_NANOS);
        assertThat(second.keys("k")).hasSize(2);
        assertThat(shown(second.keys("k")[1])).isEqualTo(shown(first.keys("k")[0]));

        TicketKeys third = own.at(2 * OwnTicketSecrets.ROTATION_NANOS);
        assertThat(third.keys("k")).hasSize(2);
        assertThat(shown(third.keys("k")[1])).isEqualTo(shown(second.keys("k")[0]));
    }
}
