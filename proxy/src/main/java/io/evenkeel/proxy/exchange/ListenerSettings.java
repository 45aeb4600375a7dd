package io.evenkeel.proxy.exchange;

import io.evenkeel.config.ClientCertificateConfig;
import io.evenkeel.config.Http2Config;
import io.evenkeel.config.HttpsRedirectConfig;
import io.evenkeel.config.ListenerConfig;
import io.evenkeel.config.ListenerLimits;
import io.evenkeel.config.ListenerTimeouts;
import io.evenkeel.config.ListenerTlsConfig;
import io.evenkeel.proxy.http.ForwardingPolicy;
import io.evenkeel.proxy.http.Hsts;
import io.evenkeel.proxy.http.RequestHead;
import io.evenkeel.proxy.http.SubjectFields;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A listener's configuration in the units that exchanges work in. Times in nanoseconds. Immutable. */
public record ListenerSettings(
        String name,
        RequestHead.Limits headLimits,
        ListenerLimits limits,
        Http2Config http2,
        long headNanos,
        long keepAliveNanos,
        long idleNanos,
        long bodyRateGraceNanos,
        long halfCloseNanos,
        long lingerNanos,
        ForwardingPolicy forwarding,
        @Nullable HttpsRedirectConfig redirect,
        @Nullable Hsts hsts) {

    /**
     * @param pseudonym this router's name in {@code Via}
     * @param guarded the fields in which any listener of this router tells endpoints the subjects of client certificates
     */
    public static ListenerSettings of(ListenerConfig config, String pseudonym, Collection<String> guarded) {
        ListenerLimits limits = config.limits();
        ListenerTimeouts timeouts = config.timeouts();
        return new ListenerSettings(
                config.name(),
                new RequestHead.Limits(limits.maxHeadBytes(), limits.maxFields(), limits.maxTargetBytes()),
                limits,
                config.http2(),
                timeouts.head().toNanos(),
                timeouts.keepAlive().toNanos(),
                timeouts.idle().toNanos(),
                timeouts.bodyRateGrace().toNanos(),
                timeouts.halfClose().toNanos(),
                timeouts.linger().toNanos(),
                new ForwardingPolicy(config.forwarding(), pseudonym, SubjectFields.of(guarded, subjectField(config))),
                config.redirectToHttps().orElse(null),
                config.tls().flatMap(ListenerTlsConfig::hsts).map(Hsts::new).orElse(null));
    }

    /** The field in which this listener tells endpoints the subjects of client certificates; empty: it does not. */
    public static String subjectField(ListenerConfig config) {
        return config.tls()
                .map(ListenerTlsConfig::clientCertificate)
                .filter(asked -> asked.mode() != ClientCertificateConfig.Mode.NONE)
                .map(ClientCertificateConfig::header)
                .orElse("");
    }
}
