package io.evenkeel.proxy.key;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded table by key, shared by all event loops. When it is full, the entry makes room that was not used for longest, as nearly as the clock
 * algorithm tells (Corbató, "A Paging Experiment with the Multics System", 1968): a hand goes over all entries in a circle, passes over those that
 * were used since it last came by, and takes the first that was not.
 *
 * <p>Entries are found by chains in a table of fixed size; a chain is immutable but for its head, which is replaced as a whole. The hand's circle holds
 * every entry once, and so bounds how many there are;
 * its memory is made as it fills.
 *
 * <p><b>Threading.</b> Any thread, without a lock; finding allocates nothing. An entry that makes room may still be in the hands of who found it before.
 */
public final class KeyTable<E extends KeyTable.Entry> {

    /** Entries that the hand passes over at most to find one that was not used: bounds what a newcomer costs. */
    private static final int MOST_PASSED = 64;

    /** Entries that share a chain when it is full: a table that stays small costs little, and a search reads a few links more. */
    private static final int ENTRIES_PER_CHAIN = 4;

    /** Places of the circle that are made at once, when the hand first comes there. */
    private static final int PAGE = 1024;

    /** What is remembered of one key. */
    public abstract static class Entry {

        private final long key;

        /** Tells the hand that it was used; whoever finds it writes, whoever moves the hand clears it. */
        private volatile boolean used;

        protected Entry(long key) {
            this.key = key;
        }
    }

    private record Link<E>(E entry, @Nullable Link<E> next) {}

    private final AtomicReferenceArray<@Nullable Link<E>> chains;
    private final AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable E>> circle;
    private final int mostEntries;
    private final AtomicLong hand = new AtomicLong();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong evictions = new AtomicLong();

    /** @param mostEntries how many entries it holds at most, 1 or more */
    public KeyTable(int mostEntries) {
        this.mostEntries = mostEntries;
        circle = new AtomicReferenceArray<>((mostEntries - 1) / PAGE + 1);
        chains = new AtomicReferenceArray<>(Integer.highestOneBit(mostEntries / ENTRIES_PER_CHAIN + 1));
    }

    /** The entry of this key, or null. It counts as used. */
    public @Nullable E find(long key) {
        E entry = search(chains.get(chain(key)), key);
        if (entry != null && !((Entry) entry).used) {
            ((Entry) entry).used = true;
        }
        return entry;
    }

    /** Adds an entry unless there is one of its key: gives the one that is there afterwards. Another may make room. */
    public E add(E fresh) {
        int chain = chain(((Entry) fresh).key);
        while (true) {
            Link<E> head = chains.get(chain);
            E present = search(head, ((Entry) fresh).key);
            if (present != null) {
                return present;
            }
            if (chains.compareAndSet(chain, head, new Link<>(fresh, head))) {
                takePlace(fresh);
                return fresh;
            }
        }
    }

    private int chain(long key) {
        return (int) (key ^ key >>> 32) & (chains.length() - 1);
    }

    private @Nullable E search(@Nullable Link<E> from, long key) {
        for (Link<E> link = from; link != null; link = link.next) {
            if (((Entry) link.entry).key == key) {
                return link.entry;
            }
        }
        return null;
    }

    private void takePlace(E fresh) {
        for (int passed = 0; ; passed++) {
            int place = (int) (hand.getAndIncrement() % mostEntries);
            AtomicReferenceArray<@Nullable E> page = page(place / PAGE);
            E there = page.get(place % PAGE);
            if (there != null && ((Entry) there).used && passed < MOST_PASSED) {
                ((Entry) there).used = false;
            } else if (page.compareAndSet(place % PAGE, there, fresh)) {
                makeRoom(there);
                return;
            }
        }
    }

    private AtomicReferenceArray<@Nullable E> page(int number) {
        AtomicReferenceArray<@Nullable E> known = circle.get(number);
        if (known != null) {
            return known;
        }
        AtomicReferenceArray<@Nullable E> fresh = new AtomicReferenceArray<>(Math.min(PAGE, mostEntries));
        AtomicReferenceArray<@Nullable E> other = circle.compareAndExchange(number, null, fresh);
        return other == null ? fresh : other;
    }

    private void makeRoom(@Nullable E gone) {
        if (gone == null) {
            size.incrementAndGet();
            return;
        }
        evictions.incrementAndGet();
        int chain = chain(((Entry) gone).key);
        Link<E> head;
        do {
            head = chains.get(chain);
        } while (!chains.compareAndSet(chain, head, without(head, gone)));
    }

    private @Nullable Link<E> without(@Nullable Link<E> from, E gone) {
        @Nullable Link<E> kept = null;
        for (Link<E> link = from; link != null; link = link.next) {
            if (link.entry != gone) {
                kept = new Link<>(link.entry, kept);
            }
        }
        return kept;
    }

    /** How many entries it holds. */
    public int size() {
        return size.get();
    }

    /** How many entries have made room for others. */
    public long evictions() {
        return evictions.get();
    }
}
