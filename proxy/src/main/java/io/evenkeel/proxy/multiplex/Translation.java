package io.evenkeel.proxy.multiplex;

import io.evenkeel.proxy.http2.HeaderList;
import io.evenkeel.proxy.http2.OctetsToFields;
import io.evenkeel.proxy.http2.RequestToFields;
import io.evenkeel.proxy.http2.ResponseToOctets;
import io.evenkeel.proxy.http2.TrailersToOctets;

/** What turns heads and trailers from the one protocol into the other, with its scratch space; one for all pools of an event loop. */
final class Translation {

    final RequestToFields requests = new RequestToFields();
    final ResponseToOctets responses = new ResponseToOctets();
    final TrailersToOctets responseTrailers = new TrailersToOctets();
    final OctetsToFields requestTrailers = new OctetsToFields();

    /** For the request being written. */
    final HeaderList fields = new HeaderList();
}
