package io.evenkeel.proxy;

import io.evenkeel.proxy.affinity.Affinity;
import io.evenkeel.proxy.affinity.StickTable;
import io.evenkeel.proxy.route.RouteTable;
import io.evenkeel.proxy.telemetry.StickTableStatus;
import java.util.ArrayList;
import java.util.List;

/** How full the stick tables of a router are. Stateless. */
final class StickTables {

    private StickTables() {}

    /** Of every upstream that has a route and learns keys. */
    static List<StickTableStatus> of(RouteTable routes) {
        List<StickTableStatus> tables = new ArrayList<>();
        for (Affinity affinity : routes.affinities()) {
            StickTable table = affinity.stickTable();
            if (table != null) {
                tables.add(new StickTableStatus(affinity.upstream(), table.size(), table.evictions()));
            }
        }
        return tables;
    }
}
