package peer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Rooms of each site and day: meetings have chosen theirs, each session takes the first that is free. */
final class Places {
    private static final Comparator<RoomUse> IN_TIME =
            Comparator.<RoomUse>comparingInt(use -> use.start).thenComparingInt(use -> use.end)
                    .thenComparingInt(use -> use.owner);
    private final Facts facts;
    private final List<List<RoomUse>> days = new ArrayList<>();
    private final Dirty dirty;
    private final Ledger costs;

    Places(Facts facts, Ledger.Totals totals) {
        this.facts = facts;
        int size = facts.travel.length * Facts.DAYS;
        for (int i = 0; i < size; i++) {
            days.add(new ArrayList<>());
        }
        dirty = new Dirty(size);
        costs = new Ledger(size, totals);
    }

    void add(RoomUse use) {
        days.get(use.site * Facts.DAYS + use.day).add(use);
        dirty.add(use.site * Facts.DAYS + use.day);
    }

    void remove(RoomUse use) {
        days.get(use.site * Facts.DAYS + use.day).remove(use);
        dirty.add(use.site * Facts.DAYS + use.day);
    }

    void refresh() {
        dirty.drain(this::day);
    }

    private void day(int at) {
        List<RoomUse> uses = days.get(at);
        uses.sort(IN_TIME);
        long broken = 0;
        for (RoomUse use : uses) {
            if (!use.fixed) {
                use.room = -1;
            }
        }
        for (RoomUse use : uses) {
            if (!use.fixed) {
                use.room = firstFree(use, uses);
                broken += use.room < 0 ? 1 : 0;
            } else {
                broken += isFree(use, use.room, uses) ? 0 : 1;
            }
        }
        costs.set(at, broken, 0);
    }

    private int firstFree(RoomUse use, List<RoomUse> uses) {
        for (int choice : use.choices) {
            Facts.Room room = facts.rooms.get(choice);
            boolean fits = room.site == use.site && use.people <= room.capacity
                    && Spans.cover(room.open[use.day], use.start, use.end);
            if (fits && isFree(use, choice, uses)) {
                return choice;
            }
        }
        return -1;
    }

    private static boolean isFree(RoomUse use, int room, List<RoomUse> uses) {
        for (RoomUse other : uses) {
            if (other != use && other.room == room && use.overlaps(other)) {
                return false;
            }
        }
        return true;
    }
}
