package io.evenkeel.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a text in the configuration has to look like. */
enum TextFormat {
    TEXT("[^\\x00-\\x1F\\x7F]{1,1024}", "text"),
    /** Names become metric labels and log fields. */
    NAME("[A-Za-z0-9][A-Za-z0-9._-]{0,63}", "1 to 64 letters, digits, '.', '_' or '-'"),
    /** A route's name may be made from its host and path, so it may hold what those hold. */
    ROUTE_NAME("[!#-\\[\\]-~]{1,256}", "1 to 256 visible ASCII characters without quotes and backslashes"),
    /** RFC 9110 §7.6.3: a pseudonym is a token. */
    PSEUDONYM("[A-Za-z0-9!#$%&'*+.^_`|~-]{0,64}", "at most 64 characters of a token (RFC 9110 §5.6.2)"),
    /** RFC 9110 §5.6.2: names of cookies, of parameters, of events. */
    TOKEN("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}", "a token (RFC 9110 §5.6.2), such as session"),
    /** One status, or a range. */
    STATUS("[1-5][0-9]{2}(-[1-5][0-9]{2})?", "a status or a range of them, such as 503 or 502-504"),
    /** Checked here for its characters only; whether it compiles is checked with the key that holds it. */
    PATTERN("[!-~][ -~]{0,1023}", "a regular expression with one capturing group, such as ^/users/([^/]+)"),
    /** The name or the value of a tag. */
    TAG("[!-~]([ -~]{0,254}[!-~])?", "visible ASCII without spaces at its ends"),
    HOST("(?=.{1,253}$)(\\*\\.)?" + Labels.NAME, "a host without a port, such as example.org or \"*.example.org\""),
    /** RFC 3986 §3.3; dot segments are resolved before routing, so a path with them could never match. */
    PATH(
            "(?!.*/\\.{1,2}(/|$))/([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2}){0,1023}",
            "a path that begins with /, without query and dot segments"),
    /** RFC 9110 §9.1: methods are case-sensitive; those in use are upper case. */
    METHOD("[A-Z][A-Z0-9_-]{0,31}", "a method in upper case, such as GET"),
    /** RFC 9110 §5.1. */
    FIELD_NAME("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}", "a field name, such as X-Tenant"),
    /** RFC 9110 §5.5, without the obsolete octets. */
    FIELD_VALUE("([!-~]([ -~\\t]{0,1022}[!-~])?)?", "visible ASCII without spaces at its ends"),
    /** Underscores are allowed, for service records (RFC 2782). */
    DNS_NAME("(?=.{1,254}$)" + Labels.NAME + "\\.?", "a DNS name, such as tasks.vvm"),
    /** Where a service listens that is not traffic's: an address, or a socket in the file system. */
    AGENT(
            "unix:/[^\\x00-\\x1F\\x7F]{1,100}|(\\[[0-9A-Fa-f:.]{2,45}\\]|[A-Za-z0-9._-]{1,253}):[0-9]{1,5}",
            "host:port or unix:/path, such as 127.0.0.1:8500 or unix:/var/run/docker.sock"),
    /** Checked here for its characters only; its grammar is checked with the upstream. */
    TAG_EXPRESSION("[!-~][ -~]{0,1023}", "tags joined by and, or, not and parentheses, such as primary and not canary"),
    /** When something may be done: days, then times of the day; one that ends before it begins goes on into the next day. */
    WINDOW(
            "(\\*|Days(-Days)?(,Days(-Days)?)*) ([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]"
                    .replace("Days", "(Mon|Tue|Wed|Thu|Fri|Sat|Sun)"),
            "days and times, such as Mon-Fri 22:00-06:00 or * 01:00-05:00"),
    FILE("[^\\x00-\\x1F\\x7F]{1,1024}", "a file name"),
    /** One that is read with the configuration, and looked up in the folder of the configuration file. */
    INPUT_FILE("[^\\x00-\\x1F\\x7F]{1,1024}", "a file name");

    private final Pattern pattern;
    private final String expected;

    TextFormat(String regex, String expected) {
        this.pattern = Pattern.compile(regex);
        this.expected = expected;
    }

    /** Hosts and DNS names are compared in lower case (RFC 9110 §4.2.3). */
    String normalized(String text) {
        return this == HOST || this == DNS_NAME ? text.toLowerCase(Locale.ROOT) : text;
    }

    boolean allows(String text) {
        return pattern.matcher(text).matches();
    }

    String expected() {
        return expected;
    }

    /** The whole text as a regular expression that JSON Schema understands too. */
    String regex() {
        return pattern.pattern();
    }

    /** Labels joined by dots, in either case. */
    static final class Labels {

        private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";

        /** One label or more. */
        static final String NAME = LABEL + "(\\." + LABEL + ")*";

        private Labels() {}
    }
}
