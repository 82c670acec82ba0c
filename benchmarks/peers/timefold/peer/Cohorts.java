package peer;

import peer.Facts.Client;
import peer.Facts.Cohort;
import peer.Facts.Column;
import peer.Facts.Penalty;

/** Cohorts: which option they follow, and how many are in them. */
final class Cohorts {
    private final Facts facts;
    private final Chosen chosen;
    private final int[][] pointing;
    private final int[] active;
    private final int[] size;
    private final int[] counted;
    private final Dirty sizes;
    private final Ledger costs;
    private final Ledger opened;
    private int candidates;

    Cohorts(Facts facts, Chosen chosen, Ledger.Totals totals) {
        this.facts = facts;
        this.chosen = chosen;
        int number = facts.cohorts.size();
        pointing = new int[number][];
        active = new int[number];
        size = new int[number];
        counted = new int[number];
        sizes = new Dirty(number);
        costs = new Ledger(number, totals);
        opened = new Ledger(1, totals);
        for (Cohort cohort : facts.cohorts) {
            pointing[cohort.id] = new int[cohort.meetings.length];
            active[cohort.id] = -1;
        }
    }

    /** The option that a cohort follows, -1 when it is not open. */
    int active(int cohort) {
        return active[cohort];
    }

    /** One choice more or fewer of a column in a cohort. */
    void point(Column column, int change) {
        if (column != null && column.cohort >= 0) {
            pointing[column.cohort][column.option] += change;
        }
    }

    /** A client takes or leaves a seat. */
    void seat(Client client, Column column, int change) {
        if (column.cohort >= 0) {
            size[column.cohort] += change;
            counted[column.cohort] += client.countsForCohort ? change : 0;
            sizes.add(column.cohort);
        }
    }

    /** Computes a cohort's option anew; true when it has changed. */
    boolean refresh(int id) {
        Cohort cohort = facts.cohorts.get(id);
        int option = chosen.option(id);
        if (!cohort.running && option >= 0 && pointing[id][option] < Math.max(1, cohort.least)) {
            option = -1;
        }
        sizes.add(id);
        if (option == active[id]) {
            return false;
        }
        if (!cohort.running) {
            candidates += (option >= 0 ? 1 : 0) - (active[id] >= 0 ? 1 : 0);
        }
        active[id] = option;
        boolean limited = facts.maxNewCohorts >= 0;
        opened.set(0, limited ? Math.max(0, candidates - facts.maxNewCohorts) : 0, 0);
        return true;
    }

    void refreshSizes() {
        sizes.drain(this::sizes);
    }

    private void sizes(int id) {
        Cohort cohort = facts.cohorts.get(id);
        long broken = 0;
        long cost = 0;
        if (active[id] >= 0) {
            int below = Math.max(0, cohort.least - size[id]);
            broken += Math.max(0, counted[id] - cohort.most);
            broken += cohort.running ? 0 : below;
            cost += cohort.running ? (long) facts.weights.of(Penalty.BELOW) * below : 0;
            boolean changed = cohort.previousLeader >= 0 && chosen.leader(id) != cohort.previousLeader;
            cost += changed ? facts.weights.of(Penalty.LEADER) : 0;
        }
        costs.set(id, broken, cost);
    }
}
