package io.evenkeel.proxy.exchange;

import java.io.IOException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a connection that broke, which is daily business, from a defect of this program. */
public final class Faults {

    private static final Logger LOG = LoggerFactory.getLogger("evenkeel.exchange");

    private Faults() {}

    public static void log(Throwable cause) {
        if (cause instanceof IOException || cause.getCause() instanceof SSLException) {
            LOG.debug("connection broke: {}", cause.toString());
        } else {
            LOG.error("unexpected fault on a connection, which is closed", cause);
        }
    }
}
