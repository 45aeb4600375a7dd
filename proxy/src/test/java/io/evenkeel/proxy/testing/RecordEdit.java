package io.evenkeel.proxy.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/** Copies a tree of records and lists with one leaf changed, so that a test names only the knob it turns. */
public final class RecordEdit {

    private RecordEdit() {}

    /**
     * A copy of {@code root} in which the leaf at {@code path} is {@code value}.
     *
     * @param path accessor names and list indexes joined by dots, such as {@code listeners.0.limits.maxHeadBytes}
     */
    public static <T> T with(T root, String path, Object value) {
        @SuppressWarnings("unchecked") // the copy of a record is of the record's own type
        T copy = (T) edit(root, path.split("\\."), 0, value);
        return copy;
    }

    private static Object edit(Object node, String[] path, int depth, Object value) {
        if (depth == path.length) {
            return value;
        }
        if (node instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list);
            int index = Integer.parseInt(path[depth]);
            copy.set(index, edit(copy.get(index), path, depth + 1, value));
            return List.copyOf(copy);
        }
        return editRecord(node, path, depth, value);
    }

    private static Object editRecord(Object node, String[] path, int depth, Object value) {
        RecordComponent[] components = node.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        boolean found = false;
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                values[i] = components[i].getAccessor().invoke(node);
                if (components[i].getName().equals(path[depth])) {
                    values[i] = edit(values[i], path, depth + 1, value);
                    found = true;
                }
            }
            if (!found) {
                throw new IllegalArgumentException(path[depth] + " is no part of " + node.getClass());
            }
            return node.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (IllegalAccessException | InstantiationException | NoSuchMethodException e) {
            throw new IllegalArgumentException("cannot edit " + String.join(".", path), e);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(String.join(".", path) + " cannot be " + value, e.getCause());
        }
    }
}
