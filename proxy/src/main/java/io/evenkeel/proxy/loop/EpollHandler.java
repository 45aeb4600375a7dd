package io.evenkeel.proxy.loop;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;

/**
 * Netty's handler of epoll, in which a socket that nothing was waited for can be waited for again.
 *
 * <p>Netty 4.2.18 (and 4.2.20) takes a socket out of the epoll set when it waits for nothing of it, and the next time modifies what is no longer there:
 * {@code ENOENT}, and the connection breaks. That is so where a peer has ended its side, all of that is read, and more is to be written than its socket takes. Here
 * such a socket is registered anew.
 *
 * <p>Event-loop confined, as is what it makes.
 */
final class EpollHandler implements IoHandler {

    private final IoHandler epoll;

    private EpollHandler(IoHandler epoll) {
        this.epoll = epoll;
    }

    static IoHandlerFactory newFactory() {
        IoHandlerFactory factory = EpollIoHandler.newFactory();
        return executor -> new EpollHandler(factory.newHandler(executor));
    }

    @Override
    public void initialize() {
        epoll.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        return epoll.run(context);
    }

    @Override
    public void prepareToDestroy() {
        epoll.prepareToDestroy();
    }

    @Override
    public void destroy() {
        epoll.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return new Registration(handle, epoll.register(handle));
    }

    @Override
    public void wakeup() {
        epoll.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return epoll.isCompatible(handleType);
    }

    private final class Registration implements IoRegistration {

        private final IoHandle handle;
        private IoRegistration current;
        private boolean removed;

        Registration(IoHandle handle, IoRegistration first) {
            this.handle = handle;
            this.current = first;
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // Netty's signature
        public <T> T attachment() {
            return current.attachment();
        }

        @Override
        public long submit(IoOps ops) {
            boolean nothing = ops.equals(EpollIoOps.NONE);
            if (removed && !nothing && current.isValid()) {
                current.cancel();
                current = again();
            }
            removed = nothing;
            return current.submit(ops);
        }

        private IoRegistration again() {
            try {
                return epoll.register(handle);
            } catch (Exception e) {
                throw new IllegalStateException("epoll: a socket that was registered cannot be registered again", e);
            }
        }

        @Override
        public boolean isValid() {
            return current.isValid();
        }

        @Override
        public boolean cancel() {
            return current.cancel();
        }
    }
}
