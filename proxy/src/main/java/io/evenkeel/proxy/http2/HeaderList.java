package io.evenkeel.proxy.http2;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * One header section: its fields in their order, pseudo-header fields among them, duplicates and all. Nothing is judged here. To be reused for the next
 * section after {@link #clear}, unless it was written behind data that still waits. Event-loop confined.
 *
 * <p>Of a map it has only what Netty's codec asks: fields are added, walked through, and looked for by name from the first on.
 */
public final class HeaderList extends DefaultHttp2Headers {

    private static final int INITIAL_FIELDS = 32;

    private AsciiString[] names = new AsciiString[INITIAL_FIELDS];
    private AsciiString[] values = new AsciiString[INITIAL_FIELDS];
    private int size;

    public HeaderList() {
        super(false, 2);
    }

    @Override
    public HeaderList add(CharSequence name, CharSequence value) {
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        names[size] = AsciiString.of(name);
        values[size] = AsciiString.of(value);
        size++;
        return this;
    }

    /** The name of field {@code i}, from 0. */
    public AsciiString name(int i) {
        return names[i];
    }

    /** The value of field {@code i}, from 0. */
    public AsciiString value(int i) {
        return values[i];
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean isEmpty() {
        return size == 0;
    }

    @Override
    public HeaderList clear() {
        Arrays.fill(names, 0, size, null);
        Arrays.fill(values, 0, size, null);
        size = 0;
        return this;
    }

    @Override
    public @Nullable CharSequence get(CharSequence name) {
        for (int i = 0; i < size; i++) {
            if (names[i].contentEquals(name)) {
                return values[i];
            }
        }
        return null;
    }

    @Override
    public boolean contains(CharSequence name) {
        return get(name) != null;
    }

    /** None, whatever there is: by this Netty's decoder looks for {@code content-length}, which is judged elsewhere here. */
    @Override
    public List<CharSequence> getAll(CharSequence name) {
        return List.of();
    }

    @Override
    public Iterator<Map.Entry<CharSequence, CharSequence>> iterator() {
        return new Walk();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** Copies what is there now, for who must keep it. */
    @Override
    public HeaderList copy() {
        HeaderList copy = new HeaderList();
        for (int i = 0; i < size; i++) {
            copy.add(names[i], values[i]);
        }
        return copy;
    }

    @Override
    public Http2Headers set(CharSequence name, CharSequence value) {
        throw new UnsupportedOperationException("fields are only added");
    }

    /** Iterator and entry in one: the entry is what {@link #next} moved to last. */
    private final class Walk
            implements Iterator<Map.Entry<CharSequence, CharSequence>>, Map.Entry<CharSequence, CharSequence> {

        private int at = -1;

        @Override
        public boolean hasNext() {
            return at + 1 < size;
        }

        @Override
        public Map.Entry<CharSequence, CharSequence> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            at++;
            return this;
        }

        @Override
        public CharSequence getKey() {
            return names[at];
        }

        @Override
        public CharSequence getValue() {
            return values[at];
        }

        @Override
        public CharSequence setValue(CharSequence value) {
            throw new UnsupportedOperationException("fields are only added");
        }
    }
}
