package io.evenkeel.proxy.health;

import java.util.List;

/**
 * How a gRPC call ended, in the words of its trailers.
 *
 * @param code {@code grpc-status}, empty if there was none
 * @param message {@code grpc-message}, as it was sent
 */
record GrpcStatus(String code, String message) {

    /** By code. */
    private static final List<String> NAMES = List.of(
            "OK",
            "CANCELLED",
            "UNKNOWN",
            "INVALID_ARGUMENT",
            "DEADLINE_EXCEEDED",
            "NOT_FOUND",
            "ALREADY_EXISTS",
            "PERMISSION_DENIED",
            "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION",
            "ABORTED",
            "OUT_OF_RANGE",
            "UNIMPLEMENTED",
            "INTERNAL",
            "UNAVAILABLE",
            "DATA_LOSS",
            "UNAUTHENTICATED");

    static GrpcStatus of(String code, String message) {
        return new GrpcStatus(code, message);
    }

    boolean ok() {
        return code.equals("0");
    }

    private String name() {
        int known = NAMES.size() - 1;
        while (known >= 0 && !code.equals(Integer.toString(known))) {
            known--;
        }
        return known < 0 ? "" : " " + NAMES.get(known);
    }

    /** The health service says NOT_FOUND of a service that it does not know, a server UNIMPLEMENTED without a health service. */
    @Override
    public String toString() {
        if (code.isEmpty()) {
            return "ended the answer without grpc-status";
        }
        String meaning =
                switch (code) {
                    case "5" -> "does not know the service: ";
                    case "12" -> "has no health service: ";
                    default -> "";
                };
        return meaning + "grpc-status " + code + name() + (message.isEmpty() ? "" : ": " + message);
    }
}
