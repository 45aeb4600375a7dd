package io.evenkeel.proxy.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.proxy.telemetry.Allocations;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTableTest {

    private static final class Item extends KeyTable.Entry {
        final long of;

        Item(long key) {
            super(key);
            of = key;
        }
    }

    private static void add(KeyTable<Item> table, long... keys) {
        for (long key : keys) {
            table.add(new Item(key));
        }
    }

    /** Which of the keys 1 to 9 it holds; looking up makes all of them used. */
    private static List<Long> held(KeyTable<Item> table) {
        List<Long> held = new ArrayList<>();
        for (long key = 1; key <= 9; key++) {
            if (table.find(key) != null) {
                held.add(key);
            }
        }
        return held;
    }

    @Test
    void whatWasNotUsedMakesRoom() {
        KeyTable<Item> table = new KeyTable<>(3);
        add(table, 1, 2, 3);
        assertThat(table.find(1)).isNotNull();
        add(table, 4);
        assertThat(held(table)).containsExactly(1L, 3L, 4L);
        assertThat(table.size()).isEqualTo(3);
        assertThat(table.evictions()).isEqualTo(1);
    }

    @Test
    void whereAllWereUsedTheOldestMakesRoom() {
        KeyTable<Item> table = new KeyTable<>(3);
        add(table, 1, 2, 3);
        assertThat(held(table)).hasSize(3);
        add(table, 4);
        assertThat(held(table)).containsExactly(2L, 3L, 4L);
    }

    @Test
    void thereIsOneEntryPerKey() {
        KeyTable<Item> table = new KeyTable<>(3);
        Item first = table.add(new Item(1));
        assertThat(table.add(new Item(1))).isSameAs(first);
        assertThat(table.size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100, 1024, 1025, 1 << 18})
    void everySizeHoldsAsManyAsItSays(int most) {
        KeyTable<Item> table = new KeyTable<>(most);
        for (long key = 1; key <= most + 10L; key++) {
            table.add(new Item(key * 0x9E3779B97F4A7C15L));
        }
        assertThat(table.size()).isEqualTo(most);
        assertThat(table.evictions()).isEqualTo(10);
        for (long key = 11; key <= most + 10L; key++) {
            assertThat(table.find(key * 0x9E3779B97F4A7C15L)).isNotNull();
        }
    }

    @Test
    void findingAllocatesNothing() {
        KeyTable<Item> table = new KeyTable<>(1000);
        for (long key = 0; key < 1000; key++) {
            table.add(new Item(key));
        }
        long[] next = {0};
        assertThat(Allocations.perRun(10_000, () -> {
                    if (table.find(next[0]++ % 2000) != null) {
                        next[0]++;
                    }
                }))
                .isLessThan(1);
    }

    /** Threads that add and find the same few keys in a table that is too small: it stays within its bound, and one entry serves a key. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 50})
    void threadsDoNotBreakIt(int most) throws InterruptedException, ExecutionException {
        KeyTable<Item> table = new KeyTable<>(most);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Integer>> wrong = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int seed = thread;
            wrong.add(threads.submit(() -> churn(table, new SplittableRandom(seed))));
        }
        for (Future<Integer> each : wrong) {
            assertThat(each.get()).isZero();
        }
        threads.shutdown();
        assertThat(table.size()).isEqualTo(most);
        long linked = 0;
        for (long key = 0; key < 100; key++) {
            linked += table.find(key) == null ? 0 : 1;
        }
        assertThat(linked).as("what is found is what has a place").isEqualTo(most);
    }

    private static int churn(KeyTable<Item> table, SplittableRandom random) {
        int wrong = 0;
        for (int i = 0; i < 50_000; i++) {
            long key = random.nextInt(100);
            Item found = table.find(key);
            Item there = found != null ? found : table.add(new Item(key));
            wrong += there.of == key ? 0 : 1;
        }
        return wrong;
    }

    @Test
    void threadsThatAddTheSameKeyAtOnceGetTheSameEntry() throws InterruptedException, ExecutionException {
        KeyTable<Item> table = new KeyTable<>(100_000);
        ConcurrentMap<Long, Item> first = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Boolean>> same = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            same.add(threads.submit(() -> {
                boolean all = true;
                for (long key = 1; key < 20_000; key++) {
                    Item mine = table.add(new Item(key));
                    Item other = first.putIfAbsent(key, mine);
                    all &= other == null || other == mine;
                }
                return all;
            }));
        }
        for (Future<Boolean> each : same) {
            assertThat(each.get()).isTrue();
        }
        threads.shutdown();
    }
}
