package peer;

import java.util.ArrayList;
import java.util.List;
import peer.Choices.ClientChoice;
import peer.Choices.JoinChoice;
import peer.Choices.SessionChoice;
import peer.Facts.Client;
import peer.Facts.Column;
import peer.Facts.Line;
import peer.Facts.Meeting;
import peer.Facts.SessionKind;

/**
 * Clients: who is placed, which meetings they attend and which of their sessions take effect. A session that
 * cannot be (no place, outside the stay, not the giver's hours, at the same time as something earlier in the
 * client's list) takes no effect, instead of breaking something: so a change of column is one move.
 */
final class Clients {
    private final Facts facts;
    private final Chosen chosen;
    private final Cohorts cohorts;
    private final Meetings meetings;
    private final Staff staff;
    private final Places places;
    private final Sessions sessions;
    private final Ledger costs;
    private final Diary[] diaries;
    private final List<List<Line>> lines = new ArrayList<>();
    private final List<List<SessionChoice>> own = new ArrayList<>();
    private final List<List<JoinChoice>> joins = new ArrayList<>();
    private final List<List<Occupation>> kept = new ArrayList<>();
    private final RoomUse[] rooms;
    private final boolean[] effective;

    Clients(Facts facts, Chosen chosen, Cohorts cohorts, Meetings meetings, Staff staff, Places places,
            Sessions sessions, Ledger.Totals totals) {
        this.facts = facts;
        this.chosen = chosen;
        this.cohorts = cohorts;
        this.meetings = meetings;
        this.staff = staff;
        this.places = places;
        this.sessions = sessions;
        costs = new Ledger(facts.clients.size(), totals);
        diaries = new Diary[facts.clients.size()];
        rooms = new RoomUse[facts.sessions.size()];
        effective = new boolean[facts.sessions.size()];
        for (Client client : facts.clients) {
            diaries[client.id] = new Diary(facts, client);
            lines.add(new ArrayList<>());
            own.add(new ArrayList<>());
            joins.add(new ArrayList<>());
            kept.add(new ArrayList<>());
        }
        facts.lines.forEach(line -> lines.get(line.client).add(line));
        for (SessionChoice session : chosen.sessions) {
            SessionKind kind = facts.sessions.get(session.id);
            if (!kind.isGroup()) {
                own.get(facts.lines.get(kind.line).client).add(session);
            }
        }
        for (JoinChoice join : chosen.joins) {
            joins.get(facts.lines.get(join.line).client).add(join);
        }
    }

    /** What a client does this week. */
    Diary diary(int client) {
        return diaries[client];
    }

    /** Whether an individual session takes place. */
    boolean takesPlace(int session) {
        return effective[session];
    }

    /** The room that an individual session uses, if any. */
    RoomUse room(int session) {
        return rooms[session];
    }

    /** Computes a client anew. */
    void refresh(int id) {
        Client client = facts.clients.get(id);
        ClientChoice choice = chosen.clients[id];
        Diary diary = diaries[id];
        leave(client, diary);
        Column column = choice.column;
        boolean open = column != null
                && (column.cohort < 0 || cohorts.active(column.cohort) == column.option);
        boolean placed = open && (!client.needsPrimary || choice.primary != null);
        diary.begin(placed ? column : null, placed && client.needsPrimary ? choice.primary.id : -1);
        if (placed) {
            arrive(client, diary);
        }
        costs.set(id, diary.broken(lines.get(id)), diary.cost(lines.get(id)));
    }

    private void leave(Client client, Diary diary) {
        if (diary.column == null) {
            return;
        }
        cohorts.seat(client, diary.column, -1);
        if (diary.primary >= 0) {
            staff.carry(diary.primary, -1);
        }
        for (Meeting meeting : diary.attended) {
            meetings.leave(client, meeting.id);
        }
        kept.get(client.id).forEach(staff::remove);
        kept.get(client.id).clear();
        for (SessionChoice session : own.get(client.id)) {
            effective[session.id] = false;
            if (rooms[session.id] != null) {
                places.remove(rooms[session.id]);
                rooms[session.id] = null;
            }
        }
        for (Appointment one : diary.appointments) {
            if (one.group() >= 0) {
                sessions.leave(one.group(), one.line());
            }
        }
    }

    private void arrive(Client client, Diary diary) {
        cohorts.seat(client, diary.column, 1);
        if (diary.primary >= 0) {
            staff.carry(diary.primary, 1);
        }
        for (int id : diary.column.meetings) {
            if (meetings.held(id)) {
                diary.attended.add(facts.meetings.get(id));
                meetings.arrive(client, id);
            }
        }
        for (SessionChoice session : own.get(client.id)) {
            have(client, diary, session);
        }
        for (JoinChoice join : joins.get(client.id)) {
            join(diary, join);
        }
    }

    private void have(Client client, Diary diary, SessionChoice session) {
        SessionKind kind = facts.sessions.get(session.id);
        Line line = facts.lines.get(kind.line);
        if (!sessions.ready(kind) || !diary.fits(line, session.time)) {
            return;
        }
        effective[kind.id] = true;
        diary.appointments.add(appointment(diary, line, session.time, kind, -1));
        sessions.occupy(kind, kept.get(client.id));
        if (kind.needsRoom && session.time.place() >= 0) {
            rooms[kind.id] = RoomUse.ofSession(kind, session.time, line.people);
            places.add(rooms[kind.id]);
        }
    }

    private void join(Diary diary, JoinChoice join) {
        if (join.session == null) {
            return;
        }
        SessionKind kind = facts.sessions.get(join.session);
        Line line = facts.lines.get(join.line);
        Time time = chosen.sessions[kind.id].time;
        if (!sessions.ready(kind) || !time.in(line.allowed) || !diary.fits(line, time)
                || sessions.givenByAny(kind, line.unsuited)) {
            return;
        }
        diary.appointments.add(appointment(diary, line, time, kind, kind.id));
        sessions.join(kind.id, line);
    }

    private Appointment appointment(Diary diary, Line line, Time time, SessionKind kind, int group) {
        boolean byPrimary = Spans.has(sessions.staff(kind), diary.primary);
        return new Appointment(line, time, group, byPrimary, sessions.givenByAny(kind, line.preferred));
    }
}
