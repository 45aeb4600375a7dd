package io.evenkeel.discovery.dns;

import io.evenkeel.discovery.InnermostCause;
import io.evenkeel.discovery.LookupFailure;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One question on its way through a list of servers.
 *
 * <p>The resolver watches the time-out of the UDP and of the TCP exchange, but not how long a TCP connection takes to come about; a
 * deadline of twice the time-out covers that.
 *
 * <p><b>Threading.</b> Event-loop confined.
 *
 * <p><b>Ownership.</b> Releases every response; one that arrives after its deadline is released by the resolver.
 */
final class DnsQuery {

    private final EventLoop loop;
    private final DnsNameResolver resolver;
    private final Iterator<InetSocketAddress> servers;
    private final String name;
    private final DnsRecordType type;
    private final Duration timeout;
    private final StringJoiner failures = new StringJoiner(", ");
    private final CompletableFuture<DnsAnswer> answer = new CompletableFuture<>();

    DnsQuery(
            EventLoop loop,
            DnsNameResolver resolver,
            List<InetSocketAddress> servers,
            String name,
            DnsRecordType type,
            Duration timeout) {
        this.loop = loop;
        this.resolver = resolver;
        this.servers = servers.iterator();
        this.name = name;
        this.type = type;
        this.timeout = timeout;
    }

    CompletionStage<DnsAnswer> answer() {
        return answer;
    }

    void askNext() {
        if (!servers.hasNext()) {
            answer.completeExceptionally(LookupFailure.noAnswer(question() + failures));
            return;
        }
        try {
            ask(servers.next(), new DefaultDnsQuestion(name, type));
        } catch (IllegalArgumentException e) { // not a domain name
            answer.completeExceptionally(LookupFailure.noAnswer(question() + e.getMessage()));
        }
    }

    private void ask(InetSocketAddress server, DnsQuestion question) {
        Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> reply = resolver.query(server, question);
        Future<?> deadline = loop.schedule(() -> reply.cancel(false), 2 * timeout.toNanos(), TimeUnit.NANOSECONDS);
        reply.addListener((Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> done) -> {
            deadline.cancel(false);
            onReply(server, done);
        });
    }

    private void onReply(InetSocketAddress server, Future<AddressedEnvelope<DnsResponse, InetSocketAddress>> reply) {
        if (reply.isCancelled() || timedOut(reply.cause())) {
            tryNext(server, "no answer within " + timeout.toMillis() + " ms");
        } else if (!reply.isSuccess()) {
            tryNext(
                    server,
                    InnermostCause.message(
                            reply.cause())); // the resolver's own words tell about its query and its stack
        } else {
            AddressedEnvelope<DnsResponse, InetSocketAddress> envelope = reply.getNow();
            try {
                onResponse(server, envelope.content());
            } finally {
                envelope.release();
            }
        }
    }

    private void onResponse(InetSocketAddress server, DnsResponse response) {
        DnsResponseCode code = response.code();
        if (response.isTruncated()) { // the resolver hands out what it has when TCP brought nothing
            tryNext(server, "truncated answer, and none over TCP");
        } else if (code.equals(DnsResponseCode.NXDOMAIN)) {
            answer.complete(DnsAnswer.nameError(question() + text(code) + from(server)));
        } else if (code.equals(DnsResponseCode.NOERROR)) {
            readAnswer(server, response);
        } else {
            tryNext(server, text(code));
        }
    }

    private void readAnswer(InetSocketAddress server, DnsResponse response) {
        try {
            answer.complete(DnsAnswer.read(response));
        } catch (RuntimeException e) { // a record that does not parse
            tryNext(server, "malformed answer: " + e.getMessage());
        }
    }

    private void tryNext(InetSocketAddress server, String failure) {
        failures.add(failure + from(server));
        askNext();
    }

    private static boolean timedOut(@Nullable Throwable cause) {
        return cause instanceof DnsNameResolverTimeoutException || DnsNameResolver.isTimeoutError(cause);
    }

    /** Such as {@code SERVFAIL(2)}. */
    private static String text(DnsResponseCode code) {
        return code.toString().toUpperCase(Locale.ROOT);
    }

    private String question() {
        return type.name() + " " + name + ": ";
    }

    private static String from(InetSocketAddress server) {
        return " from " + NetUtil.toSocketAddressString(server);
    }
}
