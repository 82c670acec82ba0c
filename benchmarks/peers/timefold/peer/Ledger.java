package peer;

/** What each of some things costs, and the sums of all. */
final class Ledger {
    private final long[] hard;
    private final long[] soft;
    private final Totals totals;

    Ledger(int size, Totals totals) {
        hard = new long[size];
        soft = new long[size];
        this.totals = totals;
    }

    void set(int id, long newHard, long newSoft) {
        totals.hard += newHard - hard[id];
        totals.soft += newSoft - soft[id];
        hard[id] = newHard;
        soft[id] = newSoft;
    }

    /** Sums over several ledgers. */
    static final class Totals {
        long hard;
        long soft;
    }
}
