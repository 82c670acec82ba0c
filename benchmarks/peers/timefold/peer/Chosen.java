package peer;

import peer.Choices.ClientChoice;
import peer.Choices.ExtraChoice;
import peer.Choices.HeldChoice;
import peer.Choices.JoinChoice;
import peer.Choices.LeaderChoice;
import peer.Choices.OptionChoice;
import peer.Choices.RoomChoice;
import peer.Choices.SeatChoice;
import peer.Choices.SessionChoice;
import peer.Facts.Clinician;

/** The choices of a solution, by cohort, meeting, seat, client and session. */
final class Chosen {
    final SeatPlan plan;
    final ClientChoice[] clients;
    final SessionChoice[] sessions;
    final JoinChoice[] joins;
    private final OptionChoice[] options;
    private final LeaderChoice[] leaders;
    private final HeldChoice[] held;
    private final RoomChoice[] rooms;
    private final SeatChoice[] seats;
    private final ExtraChoice[] extras;

    Chosen(Week week) {
        Facts facts = week.facts;
        plan = new SeatPlan(facts);
        clients = week.clients.toArray(new ClientChoice[0]);
        sessions = week.sessions.toArray(new SessionChoice[0]);
        joins = week.joins.toArray(new JoinChoice[0]);
        options = new OptionChoice[facts.cohorts.size()];
        week.options.forEach(choice -> options[choice.id] = choice);
        leaders = new LeaderChoice[facts.cohorts.size()];
        week.leaders.forEach(choice -> leaders[choice.id] = choice);
        held = new HeldChoice[facts.meetings.size()];
        week.held.forEach(choice -> held[choice.id] = choice);
        rooms = new RoomChoice[facts.meetings.size()];
        week.rooms.forEach(choice -> rooms[choice.id] = choice);
        seats = new SeatChoice[plan.size()];
        week.seats.forEach(choice -> seats[choice.id] = choice);
        extras = new ExtraChoice[plan.size()];
        week.extras.forEach(choice -> extras[choice.id] = choice);
    }

    /** Option that a cohort would follow, -1 for none; a running one has its own. */
    int option(int cohort) {
        OptionChoice choice = options[cohort];
        if (choice == null) {
            return 0;
        }
        return choice.option == null ? -1 : choice.option;
    }

    int leader(int cohort) {
        return leaders[cohort] == null ? -1 : id(leaders[cohort].leader);
    }

    boolean held(int meeting) {
        return held[meeting] != null && held[meeting].held;
    }

    int room(int meeting) {
        return rooms[meeting] == null || rooms[meeting].room == null ? -1 : rooms[meeting].room.id;
    }

    /** Who sits in a seat of {@link #plan}, -1 for nobody. */
    int seated(int seat) {
        return id(seats[seat] != null ? seats[seat].clinician : extras[seat].clinician);
    }

    int giver(int session) {
        return id(sessions[session].giver);
    }

    static int id(Clinician clinician) {
        return clinician == null ? -1 : clinician.id;
    }
}
