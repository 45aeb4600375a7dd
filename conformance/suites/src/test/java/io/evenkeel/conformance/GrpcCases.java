package io.evenkeel.conformance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program with the class path of gRPC: runs cases of its interop client one after the other and prints a line for each. The client's own main method runs
 * one case per JVM and does no more than this does by reflection.
 */
final class GrpcCases {

    private static final String CLIENT = "io.grpc.testing.integration.TestServiceClient";

    private GrpcCases() {}

    /** The first argument names the cases, separated by commas; the others are the client's. */
    public static void main(String[] arguments) throws Exception {
        for (String testcase : arguments[0].split(",", -1)) {
            List<String> more = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
            more.add("--test_case=" + testcase);
            System.out.println("case " + testcase + " " + outcome(more));
        }
        System.exit(0);
    }

    private static String outcome(List<String> arguments) throws ReflectiveOperationException {
        Object client = Class.forName(CLIENT).getConstructor().newInstance();
        try {
            call(client, "parseArgs", String[].class, arguments.toArray(new String[0]));
            call(client, "setUp", null, null);
            call(client, "run", null, null);
            return "passed";
        } catch (InvocationTargetException e) {
            return "failed: " + root(e);
        } finally {
            call(client, "tearDown", null, null);
        }
    }

    private static void call(Object client, String name, @Nullable Class<?> type, @Nullable Object argument)
            throws ReflectiveOperationException {
        Method method = type == null
                ? client.getClass().getDeclaredMethod(name)
                : client.getClass().getDeclaredMethod(name, type);
        method.setAccessible(true);
        if (type == null) {
            method.invoke(client);
        } else {
            method.invoke(client, argument);
        }
    }

    private static String root(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString().replaceAll("\\s+", " ");
    }
}
