package peer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import peer.Facts.Block;
import peer.Facts.Client;
import peer.Facts.Column;
import peer.Facts.Line;
import peer.Facts.Meeting;
import peer.Facts.Penalty;

/** One client's week: the placement, attended meetings and appointments, and what they amount to. */
final class Diary {
    private static final Comparator<Appointment> IN_TIME = Comparator.comparingInt(Appointment::weekMinute);
    private final Facts facts;
    private final Client client;
    final List<Meeting> attended = new ArrayList<>();
    final List<Appointment> appointments = new ArrayList<>();
    /** None when the client is not placed. */
    Column column;
    int primary = -1;

    Diary(Facts facts, Client client) {
        this.facts = facts;
        this.client = client;
    }

    void begin(Column placement, int newPrimary) {
        column = placement;
        primary = newPrimary;
        attended.clear();
        appointments.clear();
    }

    /** Whether there is time for a session besides what stands already. */
    boolean fits(Line line, Time time) {
        if (client.withinStay && (time.day() < column.first || time.day() > column.last)) {
            return false;
        }
        int end = time.start() + line.occupied;
        for (Meeting meeting : attended) {
            if (meeting.day == time.day() && !besides(meeting, line, time, end)) {
                return false;
            }
        }
        for (Appointment other : appointments) {
            if (other.time().day() == time.day()) {
                int way = facts.travel(other.time().place(), time.place());
                if (time.start() < other.end() + way && other.time().start() < end + way) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean besides(Meeting meeting, Line line, Time time, int end) {
        int way = facts.travel(meeting.place, time.place());
        for (Block block : meeting.blocks) {
            if (block.levels[client.level] == 0) {
                continue;
            }
            boolean overlaps = time.start() < block.end && block.start < end;
            boolean near = time.start() < block.end + way && block.start < end + way;
            boolean here = time.place() < 0 || time.place() == meeting.place;
            boolean inside = block.start <= time.start() && end <= block.end;
            boolean leaves = block.mayLeave && inside && here && line.minutes <= block.minutes;
            if (overlaps ? !leaves : near) {
                return false;
            }
        }
        return true;
    }

    private int blockMinutes() {
        int found = 0;
        for (Meeting meeting : attended) {
            for (Block block : meeting.blocks) {
                if (block.counts && block.levels[client.level] != 0) {
                    found += block.minutes - minutesInside(meeting, block);
                }
            }
        }
        return found;
    }

    private int minutesInside(Meeting meeting, Block block) {
        int found = 0;
        for (Appointment one : appointments) {
            boolean inside = one.time().day() == meeting.day && block.start <= one.time().start()
                    && one.end() <= block.end;
            found += inside ? one.line().minutes : 0;
        }
        return found;
    }

    private int delivered(Line line) {
        int found = 0;
        for (Appointment one : appointments) {
            found += one.line() == line ? 1 : 0;
        }
        return found;
    }

    private int extra(List<Line> lines) {
        int found = 0;
        for (Line line : lines) {
            found += line.counts ? line.minutes * Math.max(0, delivered(line) - line.least) : 0;
        }
        return found;
    }

    /** How many of the week's bounds on hours are broken. */
    long broken(List<Line> lines) {
        if (column == null) {
            return 0;
        }
        int blocks = blockMinutes();
        int counted = blocks + extra(lines) + client.needed;
        int total = blocks;
        for (Appointment one : appointments) {
            total += one.line().counts ? one.line().minutes : 0;
        }
        long broken = client.ceiling >= 0 && total > client.ceiling ? 1 : 0;
        if (client.floor >= 0) {
            boolean enough = column.cohort < 0
                    ? counted >= client.floor
                    : (long) counted * column.days >= (long) client.floor * attended.size();
            broken += enough ? 0 : 1;
        }
        return broken;
    }

    /** Every penalty of the client. */
    long cost(List<Line> lines) {
        long cost = 0;
        for (Line line : lines) {
            cost += (long) line.missing * Math.max(0, line.least - delivered(line));
        }
        int aim = client.target - client.needed;
        if (column == null) {
            return cost + client.unplaced + (long) facts.weights.of(Penalty.SHORT) * Math.max(0, aim);
        }
        int given = blockMinutes() + extra(lines);
        cost += (long) facts.weights.of(Penalty.SHORT) * Math.max(0, aim - given) + column.cost;
        if (client.previousPrimary >= 0 && primary >= 0 && primary != client.previousPrimary) {
            cost += facts.weights.of(Penalty.PRIMARY);
        }
        for (Appointment one : appointments) {
            cost += one.line().primary && !one.byPrimary() ? facts.weights.of(Penalty.COVER) : 0;
            boolean wished = one.line().preferred.length > 0;
            cost += wished && !one.byPreferred() ? facts.weights.of(Penalty.CLINICIAN) : 0;
        }
        return cost + moved(lines) + (client.compact ? alone() : 0);
    }

    private long moved(List<Line> lines) {
        if (appointments.isEmpty()) {
            return 0;
        }
        appointments.sort(IN_TIME);
        long minutes = 0;
        for (Line line : lines) {
            int at = 0;
            for (int i = 0; i < appointments.size() && at < line.before.length; i++) {
                Appointment one = appointments.get(i);
                if (one.line() == line) {
                    minutes += Math.min(facts.moveCap, Math.abs(one.weekMinute() - line.before[at++]));
                }
            }
        }
        return facts.weights.of(Penalty.SESSION_MOVED) * minutes;
    }

    /** Days on site for a session alone. */
    private long alone() {
        int days = 0;
        for (Appointment one : appointments) {
            days |= one.time().place() >= 0 ? 1 << one.time().day() : 0;
        }
        for (Meeting meeting : attended) {
            days &= ~(1 << meeting.day);
        }
        return (long) facts.weights.of(Penalty.COMPACT) * Integer.bitCount(days);
    }
}
