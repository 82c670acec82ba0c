package peer;

import java.util.ArrayList;
import java.util.List;
import peer.Choices.SessionChoice;
import peer.Facts.Line;
import peer.Facts.SessionKind;

/** Sessions: their staff, and those of open groups as a whole. */
final class Sessions {
    private final Facts facts;
    private final Chosen chosen;
    private final Staff staff;
    private final Places places;
    private final List<List<Line>> joined = new ArrayList<>();
    private final List<List<Occupation>> kept = new ArrayList<>();
    private final RoomUse[] rooms;
    private final Dirty dirty;
    private final int[][] staffed;

    Sessions(Facts facts, Chosen chosen, Staff staff, Places places) {
        this.facts = facts;
        this.chosen = chosen;
        this.staff = staff;
        this.places = places;
        int size = facts.sessions.size();
        rooms = new RoomUse[size];
        dirty = new Dirty(size);
        staffed = new int[size][];
        for (SessionKind kind : facts.sessions) {
            staffed[kind.id] = new int[1 + kind.seats.size()];
            joined.add(new ArrayList<>());
            kept.add(new ArrayList<>());
        }
    }

    /** Who gives a session, the giver first; -1 for a seat that is empty. */
    int[] staff(SessionKind kind) {
        int[] people = staffed[kind.id];
        people[0] = chosen.giver(kind.id);
        for (int seat = 0; seat < kind.seats.size(); seat++) {
            people[seat + 1] = chosen.seated(chosen.plan.ofSession(kind.id, seat));
        }
        return people;
    }

    /** Whether a session has a time, and different people who work then and there and are in no meeting. */
    boolean ready(SessionKind kind) {
        SessionChoice choice = chosen.sessions[kind.id];
        if (choice.time == null) {
            return false;
        }
        int[] people = staff(kind);
        for (int i = 0; i < people.length; i++) {
            if (people[i] < 0 || !free(facts.clinicians.get(people[i]), choice.time, kind.occupied)) {
                return false;
            }
            for (int j = 0; j < i; j++) {
                if (people[j] == people[i]) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean free(Facts.Clinician clinician, Time time, int minutes) {
        return clinician.works(time, minutes) && staff.free(clinician, time, minutes);
    }

    /** Whether a session is meant for a day on which meetings of some people have changed. */
    boolean touches(SessionKind kind, int day, List<Occupation> changed) {
        Time time = chosen.sessions[kind.id].time;
        if (time == null || time.day() != day) {
            return false;
        }
        for (Occupation one : changed) {
            if (Spans.has(staff(kind), one.clinician())) {
                return true;
            }
        }
        return false;
    }

    boolean givenByAny(SessionKind kind, int[] people) {
        for (int person : staff(kind)) {
            if (Spans.has(people, person)) {
                return true;
            }
        }
        return false;
    }

    /** Takes up the staff's time; {@code all} keeps what was taken. */
    void occupy(SessionKind kind, List<Occupation> all) {
        Time time = chosen.sessions[kind.id].time;
        int group = kind.isGroup() ? kind.id : -1;
        int end = time.start() + kind.occupied;
        for (int person : staff(kind)) {
            Occupation one = new Occupation(person, time.day(), time.start(), end, time.place(), -1, group);
            all.add(one);
            staff.add(one);
        }
    }

    /** A client, for a line of the prescription, comes to a session of an open group. */
    void join(int group, Line line) {
        joined.get(group).add(line);
        dirty.add(group);
    }

    void leave(int group, Line line) {
        joined.get(group).remove(line);
        dirty.add(group);
    }

    /** Lines of the clients who attend a session of an open group. */
    List<Line> joined(int group) {
        return joined.get(group);
    }

    RoomUse room(int group) {
        return rooms[group];
    }

    void changed(int group) {
        dirty.add(group);
    }

    void refresh() {
        dirty.drain(this::refresh);
    }

    private void refresh(int id) {
        SessionKind kind = facts.sessions.get(id);
        if (!kind.isGroup()) {
            return;
        }
        kept.get(id).forEach(staff::remove);
        kept.get(id).clear();
        if (rooms[id] != null) {
            places.remove(rooms[id]);
            rooms[id] = null;
        }
        if (joined.get(id).isEmpty()) {
            return;
        }
        occupy(kind, kept.get(id));
        Time time = chosen.sessions[id].time;
        if (kind.needsRoom && time.place() >= 0) {
            int people = 0;
            for (Line line : joined.get(id)) {
                people += line.people;
            }
            rooms[id] = RoomUse.ofSession(kind, time, people);
            places.add(rooms[id]);
        }
    }
}
