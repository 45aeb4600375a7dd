package io.evenkeel.proxy.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The frame that ends a WebSocket because a side goes away: Close with status 1001. Stateless.
 *
 * <p><b>Spec.</b> RFC 6455 §5.5.1, §7.4.1; §5.3: what goes to a server is masked, with a key that is hard to guess lest a client choose the octets on
 * the wire. These two octets are nobody's choice, so that any key will do.
 */
final class GoingAway {

    private static final int FINAL_CLOSE = 0x88;
    private static final int MASKED = 0x80;
    private static final int STATUS = 1001;
    private static final int STATUS_BYTES = 2;

    private GoingAway() {}

    /** <b>Ownership.</b> The caller's to release, or to give to whom the frame is for. */
    static ByteBuf toClient() {
        return Unpooled.directBuffer(4)
                .writeByte(FINAL_CLOSE)
                .writeByte(STATUS_BYTES)
                .writeShort(STATUS);
    }

    /** <b>Ownership.</b> As above. */
    static ByteBuf toServer() {
        int key = ThreadLocalRandom.current().nextInt();
        return Unpooled.directBuffer(8)
                .writeByte(FINAL_CLOSE)
                .writeByte(MASKED | STATUS_BYTES)
                .writeInt(key)
                .writeShort(STATUS ^ key >>> 16);
    }
}
