package io.evenkeel.proxy.upstream;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The connections of a pool that have a user, linked through themselves, so that an exchange costs four field writes. Event-loop confined. */
final class LentList {

    private @Nullable Http1Connection first;

    void add(Http1Connection connection) {
        connection.nextLent = first;
        if (first != null) {
            first.previousLent = connection;
        }
        first = connection;
    }

    void remove(Http1Connection connection) {
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
    List<Http1Connection> now() {
        List<Http1Connection> all = new ArrayList<>();
        for (Http1Connection each = first; each != null; each = each.nextLent) {
            all.add(each);
        }
        return all;
    }
}
