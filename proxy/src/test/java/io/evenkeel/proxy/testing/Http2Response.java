package io.evenkeel.proxy.testing;

import java.util.ArrayList;
import java.util.List;

/** What came on one stream: header sections, octets of DATA, and how it ended. */
public final class Http2Response {

    /** Field lines of each HEADERS frame, {@code name: value}. */
    public final List<List<String>> sections = new ArrayList<>();

    final StringBuilder content = new StringBuilder();

    /** Types of the frames in their order. */
    public final List<Integer> frames = new ArrayList<>();

    public long octets;
    /** Whether END_STREAM came. */
    public boolean complete;
    /** Of RST_STREAM, or −1. */
    public int reset = -1;

    /** Of the first section that is final. */
    public String status() {
        for (List<String> section : sections) {
            String status = section.get(0).substring(":status: ".length());
            if (!status.startsWith("1")) {
                return status;
            }
        }
        return "none";
    }

    public List<String> fields() {
        return sections.get(0);
    }

    /** The content, if it is not longer than a megabyte. */
    public String content() {
        return content.toString();
    }

    @Override
    public String toString() {
        return sections + " " + octets + " octets" + (complete ? ", complete" : "")
                + (reset >= 0 ? ", reset " + reset : "");
    }
}
