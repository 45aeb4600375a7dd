package io.evenkeel.proxy.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.epoll.Native;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A pipe of the kernel, through which pages pass from one socket to another without being copied ({@code splice(2)}). Never blocks. Event-loop confined.
 */
final class Pipe {

    private static final long NO_OFFSET = -1;

    private final FileDescriptor output;
    private final FileDescriptor input;
    private int held;

    private Pipe(FileDescriptor[] ends) {
        this.output = ends[0];
        this.input = ends[1];
    }

    /** @throws IOException if the process or the system has no descriptors left */
    static Pipe open() throws IOException {
        return new Pipe(FileDescriptor.pipe());
    }

    /** How many bytes are in it. */
    int held() {
        return held;
    }

    /**
     * Takes what this socket has received, as far as there is room.
     *
     * @return how many bytes; 0 if there is nothing, or no room, or the peer sends no more
     * @throws IOException if the connection is broken
     */
    int fillFrom(int socket, int most) throws IOException {
        int moved = Native.splice(socket, NO_OFFSET, input.intValue(), NO_OFFSET, most);
        held += moved;
        return moved;
    }

    /**
     * Sends what is in it to this socket.
     *
     * @return whether the socket took it all
     * @throws IOException if the connection is broken
     */
    boolean emptyInto(int socket) throws IOException {
        while (held > 0) {
            int moved = Native.splice(output.intValue(), NO_OFFSET, socket, NO_OFFSET, held);
            if (moved == 0) {
                return false;
            }
            held -= moved;
        }
        return true;
    }

    /**
     * Copies the next bytes out of it, at most so many.
     *
     * @throws IOException if the kernel fails to do so
     */
    ByteBuf take(ByteBufAllocator allocator, int most) throws IOException {
        int size = Math.min(most, held);
        ByteBuf bytes = allocator.directBuffer(size, size);
        try {
            while (bytes.isWritable()) {
                ByteBuffer room = bytes.internalNioBuffer(bytes.writerIndex(), bytes.writableBytes());
                int read = output.read(room, room.position(), room.limit());
                if (read <= 0) {
                    throw new IOException("pipe: " + bytes.writableBytes() + " bytes are missing");
                }
                bytes.writerIndex(bytes.writerIndex() + read);
            }
        } catch (IOException e) {
            bytes.release();
            throw e;
        }
        held -= size;
        return bytes;
    }

    /** What is in it is lost. */
    void close() {
        closeEnd(output);
        closeEnd(input);
    }

    @SuppressWarnings("EmptyCatch") // close(2) has let go of the descriptor whatever it says
    private static void closeEnd(FileDescriptor end) {
        try {
            end.close();
        } catch (IOException ignored) {
            // see above
        }
    }
}
