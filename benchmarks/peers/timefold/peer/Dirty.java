package peer;

import java.util.function.IntConsumer;

/** A set of things to compute anew, each once. */
final class Dirty {
    private final int[] items;
    private final boolean[] listed;
    private int size;

    Dirty(int most) {
        items = new int[most];
        listed = new boolean[most];
    }

    void add(int item) {
        if (!listed[item]) {
            listed[item] = true;
            items[size++] = item;
        }
    }

    void addAll() {
        for (int item = 0; item < items.length; item++) {
            add(item);
        }
    }

    /** Hands out every item; the work adds nothing to this set. */
    void drain(IntConsumer work) {
        for (int at = 0; at < size; at++) {
            listed[items[at]] = false;
            work.accept(items[at]);
        }
        size = 0;
    }
}
