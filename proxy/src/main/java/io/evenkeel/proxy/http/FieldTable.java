package io.evenkeel.proxy.http;

/**
 * The field lines of one head, as positions in the array it was scanned from: names end at their colon, values are without the
 * blanks around them. Reused from head to head; event-loop confined.
 */
public final class FieldTable {

    private final int[] lineStart;
    private final int[] nameEnd;
    private final int[] valueStart;
    private final int[] valueEnd;
    private final KnownField[] known;
    private int count;

    FieldTable(int maxFields) {
        lineStart = new int[maxFields + 1];
        nameEnd = new int[maxFields];
        valueStart = new int[maxFields];
        valueEnd = new int[maxFields];
        known = new KnownField[maxFields];
    }

    void clear() {
        count = 0;
    }

    void add(KnownField field, int start, int colon, int valueFrom, int valueTo) {
        lineStart[count] = start;
        nameEnd[count] = colon;
        valueStart[count] = valueFrom;
        valueEnd[count] = valueTo;
        known[count] = field;
        count++;
    }

    /** Tells where the line after the last one starts. */
    void end(int position) {
        lineStart[count] = position;
    }

    public int count() {
        return count;
    }

    /** The first line of this field from line {@code from} on, or −1. */
    public int find(KnownField field, int from) {
        for (int i = from; i < count; i++) {
            if (known[i] == field) {
                return i;
            }
        }
        return -1;
    }

    public KnownField known(int i) {
        return known[i];
    }

    /** Where the line, and so its name, starts. */
    public int start(int i) {
        return lineStart[i];
    }

    public int nameEnd(int i) {
        return nameEnd[i];
    }

    public int valueStart(int i) {
        return valueStart[i];
    }

    public int valueEnd(int i) {
        return valueEnd[i];
    }

    /** Behind the line's CRLF: where the next line starts. */
    public int lineEnd(int i) {
        return lineStart[i + 1];
    }
}
