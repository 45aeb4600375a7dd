package io.evenkeel.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Signal handlers of this process, through {@code sun.misc.Signal}. It is supported but not standard, and its use
 * cannot be compiled without a warning: hence reflection.
 */
final class Signals {

    private Signals() {}

    /**
     * Runs the action, on a thread of its own, each time the signal arrives.
     *
     * @param name without SIG, such as TERM
     * @throws IllegalStateException when this Java has no signals
     */
    static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getMethod("handle", signal, handler);
            handle.invoke(null, signal.getConstructor(String.class).newInstance(name), proxy(handler, action));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot handle SIG" + name, e);
        }
    }

    private static Object proxy(Class<?> handler, Runnable action) {
        return Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (self, method, args) -> {
            if (method.getName().equals("handle")) {
                action.run();
                return null;
            }
            return method.invoke(action, args);
        });
    }
}
