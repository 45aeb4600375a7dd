package io.evenkeel.conformance;

import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.testing.integration.TestServiceImpl;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * A program with the class path of gRPC: the interop service and grpc-java's own health service at a free port of 127.0.0.1. Each line that it reads is the
 * status that it has from then on; each call to the interop service is a line that it prints. It ends with its standard input.
 */
final class GrpcHealthServer {

    private GrpcHealthServer() {}

    public static void main(String[] arguments) throws IOException {
        HealthStatusManager health = new HealthStatusManager();
        List<ServerInterceptor> interceptors = new ArrayList<>(TestServiceImpl.interceptors());
        interceptors.add(new Told());
        TestServiceImpl tests = new TestServiceImpl(Executors.newSingleThreadScheduledExecutor());
        Server server = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create())
                .addService(health.getHealthService())
                .addService(ServerInterceptors.intercept(tests, interceptors))
                .build()
                .start();
        System.out.println("ready on " + server.getPort());
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.valueOf(line));
            }
        }
        System.exit(0);
    }

    private static final class Told implements ServerInterceptor {

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            System.out.println("call " + call.getMethodDescriptor().getFullMethodName());
            return next.startCall(call, headers);
        }
    }
}
