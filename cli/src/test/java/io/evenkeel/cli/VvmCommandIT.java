package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class VvmCommandIT {

    @Test
    void itSaysWhereItServesAndLeavesWithZeroOnSigterm() throws Exception {
        try (Child vvm = Child.start("vvm", "--port", "0", "--name", "vvm-9")) {
            vvm.awaitLine("^evenkeel: vvm-9 ready on http://127\\.0\\.0\\.1:\\d+$");
            vvm.signal("TERM");
            assertThat(vvm.awaitEnd()).isZero();
        }
    }

    @Test
    void portInUseIsOneLineAndExitIsOne() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Child vvm = Child.start("vvm", "--port", "" + taken.getLocalPort())) {
            assertThat(vvm.awaitEnd()).isEqualTo(1);
            assertThat(vvm.err())
                    .containsExactly("evenkeel: cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + ": Address already in use");
        }
    }
}
