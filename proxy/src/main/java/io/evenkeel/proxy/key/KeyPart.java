package io.evenkeel.proxy.key;

import io.evenkeel.proxy.http.ClientAddress;
import io.evenkeel.proxy.http.RequestHead;

/** The part of a request that a key is made of. Event-loop confined; allocates nothing. */
interface KeyPart {

    /**
     * Finds the part.
     *
     * @param found told where it stands, if it does; empty for one that says nothing
     * @return whether the request has it
     */
    boolean find(RequestHead head, ClientAddress client, Span found);
}
