package io.evenkeel.discovery.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Makes a task out of the Engine API's JSON. */
final class TaskReader {

    private TaskReader() {}

    static SwarmTask task(JsonNode json) {
        return new SwarmTask(
                PictureReader.required(json, "/ID"),
                PictureReader.required(json, "/ServiceID"),
                PictureReader.text(json, "/NodeID"),
                json.path("Slot").asInt(0),
                PictureReader.required(json, "/DesiredState"),
                PictureReader.required(json, "/Status/State"),
                attachments(json.path("NetworksAttachments")),
                ports(json.at("/Status/PortStatus/Ports")));
    }

    private static List<SwarmTask.Attachment> attachments(JsonNode list) {
        List<SwarmTask.Attachment> attachments = new ArrayList<>();
        for (JsonNode one : list) {
            String address = one.path("Addresses").path(0).asText("").replaceFirst("/.*", "");
            attachments.add(new SwarmTask.Attachment(
                    PictureReader.required(one, "/Network/Spec/Name"),
                    one.at("/Network/Spec/Ingress").asBoolean(false),
                    address));
        }
        return attachments;
    }

    /** The engine lists a port once for each address family. */
    private static List<SwarmTask.Port> ports(JsonNode list) {
        List<SwarmTask.Port> ports = new ArrayList<>();
        for (JsonNode one : list) {
            SwarmTask.Port port = new SwarmTask.Port(
                    one.path("TargetPort").asInt(), one.path("PublishedPort").asInt());
            boolean ours = one.path("PublishMode").asText().equals("host")
                    && one.path("Protocol").asText().equals("tcp");
            if (ours && !ports.contains(port)) {
                ports.add(port);
            }
        }
        return ports;
    }
}
