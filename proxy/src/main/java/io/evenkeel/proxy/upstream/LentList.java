package io.evenkeel.proxy.upstream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The connections of a pool that have a user, linked through themselves, so that an exchange costs four field writes. Event-loop confined. */
final class LentList {

    private @Nullable UpstreamConnection first;

    void add(UpstreamConnection connection) {
        connection.nextLent = first;
        if (first != null) {
            first.previousLent = connection;
        }
        first = connection;
    }

    void remove(UpstreamConnection connection) {
        if (connection.previousLent == null) {
            first = connection.nextLent;
        } else {
            connection.previousLent.nextLent = connection.nextLent;
        }
        if (connection.nextLent != null) {
            connection.nextLent.previousLent = connection.previousLent;
        }
        connection.previousLent = null;
        connection.nextLent = null;
    }

    /** Those of this moment, to be gone through while the list changes. */
    List<UpstreamConnection> now() {
        List<UpstreamConnection> all = new ArrayList<>();
        for (UpstreamConnection each = first; each != null; each = each.nextLent) {
            all.add(each);
        }
        return all;
    }
}
