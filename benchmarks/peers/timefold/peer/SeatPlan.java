package peer;

import java.util.ArrayList;
import java.util.List;
import peer.Facts.Seat;

/** Numbers the staff seats of all possible meetings, then those of all sessions. */
final class SeatPlan {
    private final List<Seat> seats = new ArrayList<>();
    private final List<Integer> owners = new ArrayList<>();
    private final int[] firstOfMeeting;
    private final int[] firstOfSession;

    SeatPlan(Facts facts) {
        firstOfMeeting = new int[facts.meetings.size()];
        for (Facts.Meeting meeting : facts.meetings) {
            firstOfMeeting[meeting.id] = seats.size();
            add(meeting.possible ? meeting.seats : List.of(), meeting.id);
        }
        firstOfSession = new int[facts.sessions.size()];
        for (Facts.SessionKind session : facts.sessions) {
            firstOfSession[session.id] = seats.size();
            add(session.seats, -1 - session.id);
        }
    }

    private void add(List<Seat> more, int owner) {
        for (Seat seat : more) {
            seats.add(seat);
            owners.add(owner);
        }
    }

    int size() {
        return seats.size();
    }

    Seat seat(int id) {
        return seats.get(id);
    }

    /** The meeting of a seat, or -1 minus its session. */
    int owner(int id) {
        return owners.get(id);
    }

    int ofMeeting(int meeting, int seat) {
        return firstOfMeeting[meeting] + seat;
    }

    int ofSession(int session, int seat) {
        return firstOfSession[session] + seat;
    }
}
