package peer;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import peer.Choices.JoinChoice;
import peer.Choices.SessionChoice;
import peer.Facts.Line;
import peer.Facts.Meeting;
import peer.Facts.SessionKind;

/**
 * A roster as numbers, the same to the Python side and back. For each cohort: option, leader. Meeting: held,
 * room, seats. Client: column, primary. Session: whether it takes place, day, place, start, room, giver,
 * seats, and the number of lines that join it with those lines. -1 means none.
 */
final class Decisions {
    private Decisions() {
    }

    /** The roster of a solution: what takes effect in it, and nothing else. */
    static String write(Week week) {
        Calculator calculator = new Calculator();
        calculator.resetWorkingSolution(week);
        calculator.calculateScore();
        Chosen chosen = calculator.chosen();
        Facts facts = week.facts;
        StringBuilder out = new StringBuilder();
        for (Facts.Cohort cohort : facts.cohorts) {
            put(out, calculator.cohorts().active(cohort.id), chosen.leader(cohort.id));
        }
        for (Meeting meeting : facts.meetings) {
            boolean held = calculator.meetings().held(meeting.id);
            put(out, held ? 1 : 0, held ? chosen.room(meeting.id) : -1);
            for (int seat = 0; seat < meeting.seats.size(); seat++) {
                put(out, held ? chosen.seated(chosen.plan.ofMeeting(meeting.id, seat)) : -1);
            }
        }
        for (Facts.Client client : facts.clients) {
            Diary diary = calculator.clients().diary(client.id);
            put(out, diary.column == null ? -1 : diary.column.id, diary.primary);
        }
        for (SessionKind kind : facts.sessions) {
            session(out, calculator, kind);
        }
        return out.toString();
    }

    private static void session(StringBuilder out, Calculator calculator, SessionKind kind) {
        Sessions sessions = calculator.sessions();
        boolean individual = !kind.isGroup();
        boolean present = individual ? calculator.clients().takesPlace(kind.id)
                : !sessions.joined(kind.id).isEmpty();
        Time time = present ? calculator.chosen().sessions[kind.id].time : new Time(-1, -1, -1);
        RoomUse use = individual ? calculator.clients().room(kind.id) : sessions.room(kind.id);
        put(out, present ? 1 : 0, time.day(), time.place(), time.start(), use == null ? -1 : use.room);
        for (int person : sessions.staff(kind)) {
            put(out, person);
        }
        put(out, sessions.joined(kind.id).size());
        for (Line line : sessions.joined(kind.id)) {
            put(out, line.id);
        }
    }

    private static void put(StringBuilder out, int... numbers) {
        for (int number : numbers) {
            out.append(' ').append(number);
        }
    }

    /** Starts a solution from a roster. */
    static void read(Week week, Tokens in) {
        Facts facts = week.facts;
        Map<Integer, Integer> options = new HashMap<>();
        Map<Integer, Integer> leaders = new HashMap<>();
        for (Facts.Cohort cohort : facts.cohorts) {
            options.put(cohort.id, in.number());
            leaders.put(cohort.id, in.number());
        }
        week.options.forEach(it -> it.option = options.get(it.id) < 0 ? null : options.get(it.id));
        week.leaders.forEach(it -> it.leader = pick(it.range, leaders.get(it.id)));
        Map<Integer, Integer> seats = meetings(week, in);
        for (Choices.ClientChoice client : week.clients) {
            client.column = pick(client.columnRange, in.number());
            client.primary = pick(client.primaryRange, in.number());
        }
        sessions(week, in, seats);
        week.seats.forEach(it -> it.clinician = pick(it.range, seats.get(it.id)));
        week.extras.forEach(it -> it.clinician = pick(it.range, seats.get(it.id)));
    }

    private static Map<Integer, Integer> meetings(Week week, Tokens in) {
        SeatPlan plan = new SeatPlan(week.facts);
        Map<Integer, Integer> seats = new HashMap<>();
        Map<Integer, Boolean> held = new HashMap<>();
        Map<Integer, Integer> rooms = new HashMap<>();
        for (Meeting meeting : week.facts.meetings) {
            held.put(meeting.id, in.flag());
            rooms.put(meeting.id, in.number());
            for (int seat = 0; seat < meeting.seats.size(); seat++) {
                int person = in.number();
                if (meeting.possible) {
                    seats.put(plan.ofMeeting(meeting.id, seat), person);
                }
            }
        }
        week.held.forEach(it -> it.held = held.get(it.id));
        week.rooms.forEach(it -> it.room = pick(it.range, rooms.get(it.id)));
        return seats;
    }

    private static void sessions(Week week, Tokens in, Map<Integer, Integer> seats) {
        SeatPlan plan = new SeatPlan(week.facts);
        Map<Integer, Queue<JoinChoice>> joins = new HashMap<>();
        week.joins.forEach(it -> joins.computeIfAbsent(it.line, line -> new ArrayDeque<>()).add(it));
        for (SessionChoice session : week.sessions) {
            boolean present = in.flag();
            Time time = time(in);
            in.number();
            session.time = present && session.timeRange.contains(time) ? time : null;
            session.giver = pick(session.giverRange, in.number());
            SessionKind kind = week.facts.sessions.get(session.id);
            for (int seat = 0; seat < kind.seats.size(); seat++) {
                seats.put(plan.ofSession(kind.id, seat), in.number());
            }
            for (int line : in.numbers()) {
                joins.get(line).remove().session = session.id;
            }
        }
    }

    private static Time time(Tokens in) {
        int day = in.number();
        int place = in.number();
        return new Time(day, in.number(), place);
    }

    private static <T extends Facts.Option> T pick(Iterable<T> range, int id) {
        for (T option : range) {
            if (option.id() == id) {
                return option;
            }
        }
        return null;
    }
}
