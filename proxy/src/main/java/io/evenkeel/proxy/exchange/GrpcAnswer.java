package io.evenkeel.proxy.exchange;

import io.evenkeel.proxy.http.RequestId;
import io.evenkeel.proxy.http.ResponseHeadEditor;
import io.evenkeel.proxy.telemetry.Failure;
import io.netty.buffer.ByteBuf;

/** Tells gRPC clients in their own way that the router has failed. Stateless. */
final class GrpcAnswer {

    /** What the router itself answers to calls, whatever has happened. */
    static final int HTTP_STATUS = 200;

    private GrpcAnswer() {}

    /** Writes an answer that is nothing but a head; returns its octets as the client gets them. */
    static int write(Exchange exchange, Failure failure, ResponseHeadEditor.Persistence persistence) {
        LoopContext loop = exchange.loop();
        Downstream client = exchange.downstream();
        ByteBuf octets = loop.grpcResponse.only(GrpcStatus.of(failure), exchange.id(), client.alloc());
        loop.responseHead.read(octets, octets.readableBytes() + 1, LoopContext.MAX_FIELDS);
        int length = client.writeHead(octets, loop.responseHead, persistence);
        if (octets.isReadable()) {
            client.write(octets);
        } else {
            octets.release();
        }
        client.end();
        return length;
    }

    /** Ends a response that had begun with the status that the client would otherwise have to guess. */
    static void end(Downstream client, Failure failure, RequestId id, LoopContext loop) {
        client.writeTrailers(loop.grpcResponse.trailers(GrpcStatus.of(failure), id, client.alloc()));
        client.end();
    }
}
