package io.evenkeel.discovery.consul;

import com.github.dockerjava.transport.UnixSocket;
import io.evenkeel.config.ConsulConfig;
import io.evenkeel.discovery.tls.PemTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * The connections to the agents of one {@link ConsulConfig} and the threads that wait on them: as many as there may be questions at a time.
 *
 * <p><b>Threading.</b> Callable from any thread.
 */
final class AgentConnections implements AutoCloseable {

    /** Questions answered at once that run beside those that wait. */
    static final int PROMPT = 6;

    private static final Duration IDLE = Duration.ofSeconds(30);

    /** 256 KiB: a call is a few frames deep. */
    private static final long STACK_BYTES = 256 << 10;

    private final ExecutorService threads;
    private final OkHttpClient http;

    /** Connects to nobody before the first question. */
    AgentConnections(ConsulConfig config) {
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), daemons());
        int most = config.maxWatches() + PROMPT;
        Dispatcher dispatcher = new Dispatcher(threads);
        dispatcher.setMaxRequests(most);
        dispatcher.setMaxRequestsPerHost(most);
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(most, IDLE.toSeconds(), TimeUnit.SECONDS))
                .connectTimeout(config.timeout())
                .writeTimeout(config.timeout())
                .protocols(List.of(Protocol.HTTP_1_1))
                .followRedirects(false) // the token is for the agents only
                .proxy(Proxy.NO_PROXY);
        if (config.tls().enabled()) {
            PemTls tls = PemTls.of(config.tls(), "discovery.consul.tls");
            builder.sslSocketFactory(tls.context().getSocketFactory(), tls.trust());
        } else {
            builder.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
        }
        this.http = builder.build();
    }

    /** What asks the agent at this address. */
    OkHttpClient to(AgentAddress address) {
        Optional<String> socket = address.socket();
        return socket.isEmpty()
                ? http
                : http.newBuilder()
                        .socketFactory(new Sockets(socket.get()))
                        .dns(name -> List.of(InetAddress.getLoopbackAddress()))
                        .build();
    }

    /** Ends every call; returns without waiting. */
    @Override
    public void close() {
        http.dispatcher().cancelAll();
        threads.shutdown();
        http.connectionPool().evictAll();
    }

    private static ThreadFactory daemons() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(null, task, "evenkeel-consul-" + number.incrementAndGet(), STACK_BYTES);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Sockets in the file system, wherever they are told to connect to. */
    private static final class Sockets extends SocketFactory {

        private final String path;

        Sockets(String path) {
            this.path = path;
        }

        @Override
        public Socket createSocket() throws IOException {
            return UnixSocket.get(path);
        }

        @Override
        public Socket createSocket(@Nullable String host, int port) throws IOException {
            return createSocket();
        }

        @Override
        public Socket createSocket(@Nullable String host, int port, @Nullable InetAddress from, int fromPort)
                throws IOException {
            return createSocket();
        }

        @Override
        public Socket createSocket(@Nullable InetAddress host, int port) throws IOException {
            return createSocket();
        }

        @Override
        public Socket createSocket(@Nullable InetAddress host, int port, @Nullable InetAddress from, int fromPort)
                throws IOException {
            return createSocket();
        }
    }
}
