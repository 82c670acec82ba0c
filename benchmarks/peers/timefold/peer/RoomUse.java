package peer;

/** A use of a room by a meeting, which has chosen it, or a session, which takes the first free one. */
final class RoomUse {
    final int owner;
    final int site;
    final int day;
    final int start;
    final int end;
    final int people;
    final int[] choices;
    final boolean fixed;
    /** The room, or -1: there is none. */
    int room;

    private RoomUse(int owner, int[] when, int people, int[] choices, int room) {
        this.owner = owner;
        site = when[0];
        day = when[1];
        start = when[2];
        end = when[3];
        this.people = people;
        this.choices = choices;
        this.room = room;
        fixed = room >= 0;
    }

    static RoomUse ofMeeting(Facts.Meeting meeting, int room) {
        int[] when = {meeting.place, meeting.day, meeting.start, meeting.end};
        return new RoomUse(meeting.id, when, 0, new int[0], room);
    }

    static RoomUse ofSession(Facts.SessionKind session, Time time, int people) {
        int[] when = {time.place(), time.day(), time.start(), time.start() + session.occupied};
        return new RoomUse(session.id, when, people, session.rooms, -1);
    }

    boolean overlaps(RoomUse other) {
        return start < other.end && other.start < end;
    }
}
