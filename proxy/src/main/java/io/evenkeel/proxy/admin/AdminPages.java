package io.evenkeel.proxy.admin;

import io.evenkeel.proxy.telemetry.MetricsPage;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

/** Makes the answer of each {@link AdminEndpoint} but of {@link AdminEndpoint#EVENTS}, which {@link EventFeeds} serve. Stateless. */
final class AdminPages {

    private final AdminView view;
    private final AdminCommands commands;

    AdminPages(AdminView view) {
        this.view = view;
        this.commands = new AdminCommands(view);
    }

    AdminResponse answer(AdminEndpoint endpoint, QueryStringDecoder query) throws IOException {
        return switch (endpoint) {
            case INDEX -> AdminResponse.of(HttpResponseStatus.OK, AdminResponse.HTML, index());
            case HEALTHZ -> AdminResponse.text(HttpResponseStatus.OK, "alive");
            case READYZ -> readiness();
            case METRICS -> metrics();
            case ENDPOINTS -> AdminResponse.json(HttpResponseStatus.OK, EndpointsJson.render(view.upstreams()));
            case EVENTS -> throw new IllegalArgumentException("never complete: " + endpoint.path());
            case CONFIG -> AdminResponse.json(HttpResponseStatus.OK, view.configJson());
            case DRAIN -> commands.drain(query);
            case UNDRAIN -> commands.undrain(query);
            case RELOAD -> commands.reload();
        };
    }

    static AdminResponse notFound() {
        StringBuilder text = new StringBuilder("no such endpoint; there are:\n");
        for (AdminEndpoint endpoint : AdminEndpoint.values()) {
            text.append(endpoint.path()).append('\n');
        }
        return AdminResponse.of(HttpResponseStatus.NOT_FOUND, AdminResponse.TEXT, text.toString());
    }

    private AdminResponse readiness() {
        List<String> reasons = view.unreadyReasons();
        return reasons.isEmpty()
                ? AdminResponse.text(HttpResponseStatus.OK, "ready")
                : AdminResponse.text(HttpResponseStatus.SERVICE_UNAVAILABLE, String.join("\n", reasons));
    }

    private AdminResponse metrics() throws IOException {
        StringWriter text = new StringWriter();
        view.writeMetrics(text);
        return AdminResponse.of(HttpResponseStatus.OK, MetricsPage.CONTENT_TYPE, text.toString());
    }

    private static String index() {
        StringBuilder rows = new StringBuilder();
        for (AdminEndpoint endpoint : AdminEndpoint.values()) {
            String name = endpoint.allow().equals("POST")
                    ? "POST " + endpoint.path()
                    : "<a href=\"" + endpoint.path() + "\">" + endpoint.path() + "</a>";
            String help = endpoint.help().replace("&", "&amp;");
            rows.append("<tr><td>").append(name).append("<td>").append(help).append('\n');
        }
        return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Evenkeel</title>\n"
                + "<h1>Evenkeel</h1>\n<table cellpadding=\"4\">\n"
                + rows
                + "</table></html>\n";
    }
}
