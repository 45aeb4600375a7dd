package io.evenkeel.proxy.health;

import io.evenkeel.config.CqlCheckConfig;
import io.netty.channel.ChannelPipeline;
import java.net.InetSocketAddress;

/** Asks a CQL server for its options, which it tells without a login. Immutable. */
final class CqlCheck implements Check {

    private final CheckTls tls;

    /** @throws IllegalArgumentException with one line if a certificate or key is none */
    CqlCheck(CqlCheckConfig config) {
        this.tls = CheckTls.of(config.tls(), config.host(), "health-check.cql.tls");
    }

    @Override
    public CheckTls tls() {
        return tls;
    }

    @Override
    public void begin(ChannelPipeline pipeline, Question question, InetSocketAddress address) {
        pipeline.addLast(new CqlAnswer(question));
    }
}
