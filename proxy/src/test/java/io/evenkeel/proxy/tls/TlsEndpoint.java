package io.evenkeel.proxy.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** An endpoint that speaks HTTP/1.1 over TLS, on a thread per connection. */
final class TlsEndpoint implements AutoCloseable {

    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final ServerSocket server;
    private final SSLContext context;
    private final boolean wantsCertificate;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> subjects = new ConcurrentLinkedQueue<>();

    /** What is answered; written by the test, read by connections. */
    private volatile String answer = OK;

    /** Whether connections end behind the answer, and not as TLS has it; written by the test, read by connections. */
    private volatile boolean cutsOff;

    private TlsEndpoint(HeldCertificate certificate, boolean wantsCertificate) throws IOException {
        this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        this.wantsCertificate = wantsCertificate;
        this.context = new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .addTrustedCertificate(Pki.ROOT.certificate())
                .build()
                .sslContext();
    }

    static TlsEndpoint start(HeldCertificate certificate) throws IOException {
        return start(certificate, false);
    }

    /** @param wantsCertificate whether clients must show one of {@link Pki#ROOT} */
    static TlsEndpoint start(HeldCertificate certificate, boolean wantsCertificate) throws IOException {
        TlsEndpoint endpoint = new TlsEndpoint(certificate, wantsCertificate);
        spawn(endpoint::accept);
        return endpoint;
    }

    private static void spawn(Runnable task) {
        Thread thread = new Thread(task, "tls-endpoint");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    TlsEndpoint answering(String text) {
        answer = text;
        return this;
    }

    TlsEndpoint cuttingOff() {
        cutsOff = true;
        return this;
    }

    int requests() {
        return requests.get();
    }

    int connections() {
        return sockets.size();
    }

    /** Those of the certificates that were shown. */
    List<String> subjects() {
        return List.copyOf(subjects);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                spawn(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket plain) {
        try (plain;
                SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true)) {
            socket.setUseClientMode(false);
            socket.setNeedClientAuth(wantsCertificate);
            socket.startHandshake();
            if (wantsCertificate) {
                Principal subject = socket.getSession().getPeerPrincipal();
                subjects.add(subject.getName());
            }
            while (readHead(socket.getInputStream())) {
                requests.incrementAndGet();
                OutputStream out = socket.getOutputStream();
                out.write(answer.getBytes(StandardCharsets.US_ASCII));
                out.flush();
                if (cutsOff) {
                    plain.close();
                }
                if (!answer.contains("Content-Length")) {
                    return;
                }
            }
        } catch (IOException ended) {
            return;
        }
    }

    private static boolean readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                return false;
            }
            head.append((char) octet);
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
