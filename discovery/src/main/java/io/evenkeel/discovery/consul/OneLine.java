package io.evenkeel.discovery.consul;

/** Text from elsewhere as it may stand in a log line. */
final class OneLine {

    private OneLine() {}

    /** Its first line that is not blank, without control characters, cut after so many characters. */
    static String of(String text, int maxLength) {
        String line = text.lines().filter(each -> !each.isBlank()).findFirst().orElse("");
        String clean = line.strip().replaceAll("\\p{Cntrl}", " ");
        return clean.length() <= maxLength ? clean : clean.substring(0, maxLength) + "…";
    }
}
