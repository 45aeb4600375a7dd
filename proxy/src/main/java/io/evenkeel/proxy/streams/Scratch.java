package io.evenkeel.proxy.streams;

import io.evenkeel.proxy.http2.HeaderList;
import io.evenkeel.proxy.http2.OctetsToFields;
import io.evenkeel.proxy.http2.RequestToOctets;
import io.evenkeel.proxy.http2.TrailersToOctets;
import java.util.ArrayDeque;

/** What all HTTP/2 connections of one listener on one event loop share. Event-loop confined. */
final class Scratch {

    /** More responses than this do not begin in one batch of events. */
    private static final int MAX_SPARE = 64;

    final RequestToOctets requests = new RequestToOctets();
    final TrailersToOctets trailers = new TrailersToOctets();
    final OctetsToFields fields = new OctetsToFields();

    /** The header section that was received last. */
    private final HeaderList received = new HeaderList();

    private final ArrayDeque<HeaderList> spare = new ArrayDeque<>();

    /** The list for the next header section that comes in, which is read before another one does. */
    HeaderList toReceive() {
        return received.clear();
    }

    /** An empty list, to be given back once it is written. */
    HeaderList list() {
        HeaderList list = spare.pollLast();
        return list == null ? new HeaderList() : list;
    }

    /** Takes back a list that was encoded. */
    void giveBack(HeaderList list) {
        list.clear();
        if (spare.size() < MAX_SPARE) {
            spare.addLast(list);
        }
    }
}
