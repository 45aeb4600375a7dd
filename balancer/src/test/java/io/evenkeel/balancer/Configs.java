package io.evenkeel.balancer;

import io.evenkeel.config.ConfigFile;
import io.evenkeel.config.RouterConfig;
import io.evenkeel.config.UpstreamConfig;

/** Configuration as an operator writes it. */
public final class Configs {

    private Configs() {}

    /** One upstream of a router in zone a; endpoints need not be given. */
    public static UpstreamConfig upstream(String yaml) {
        String text = (yaml.contains("name:") ? "" : "name: u\n")
                + yaml
                + (yaml.contains("endpoints:") ? "" : "\nendpoints: [{ static: [127.0.0.1:1] }]\n");
        return router("runtime: { zone: a }\nupstreams:\n  - "
                        + text.strip().indent(4).strip() + "\n")
                .upstreams()
                .get(0);
    }

    /** A whole router; a listener need not be given. */
    public static RouterConfig router(String yaml) {
        String listener = yaml.contains("listeners:") ? "" : "listeners: [{ name: web, address: 127.0.0.1:0 }]\n";
        return ConfigFile.parse("test", listener + yaml, name -> null).orThrow();
    }
}
