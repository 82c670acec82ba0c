package peer;

import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import peer.Facts.Seat;

/** The planning solution: facts and every choice. */
@PlanningSolution
public final class Week {
    Facts facts;
    @PlanningEntityCollectionProperty
    List<OptionChoice> options = new ArrayList<>();
    @PlanningEntityCollectionProperty
    List<LeaderChoice> leaders = new ArrayList<>();
    @PlanningEntityCollectionProperty
    List<HeldChoice> held = new ArrayList<>();
    @PlanningEntityCollectionProperty
    List<RoomChoice> rooms = new ArrayList<>();
    @PlanningEntityCollectionProperty
    List<SeatChoice> seats = new ArrayList<>();
    @PlanningEntityCollectionProperty
    List<ExtraChoice> extras = new ArrayList<>();
    @PlanningEntityCollectionProperty
    List<ClientChoice> clients = new ArrayList<>();
    @PlanningEntityCollectionProperty
    List<SessionChoice> sessions = new ArrayList<>();
    @PlanningEntityCollectionProperty
    List<JoinChoice> joins = new ArrayList<>();
    @PlanningScore
    HardSoftLongScore score;

    /** For the solver, which clones solutions. */
    public Week() {
    }

    /**
     * All choices, none made. Ids: of a cohort, a meeting, a client or a session their place in the facts;
     * of a seat the place in {@link SeatPlan}.
     */
    Week(Facts facts) {
        this.facts = facts;
        facts.cohorts.forEach(this::addCohort);
        facts.meetings.forEach(this::addMeeting);
        facts.clients.forEach(this::addClient);
        facts.sessions.forEach(this::addSession);
        facts.lines.forEach(this::addJoins);
        SeatPlan plan = new SeatPlan(facts);
        for (int id = 0; id < plan.size(); id++) {
            addSeat(id, plan.seat(id));
        }
    }

    private void addCohort(Facts.Cohort cohort) {
        if (!cohort.running) {
            OptionChoice choice = new OptionChoice();
            choice.id = cohort.id;
            choice.range = new ArrayList<>();
            for (int option = 0; option < cohort.meetings.length; option++) {
                choice.range.add(option);
            }
            options.add(choice);
        }
        if (cohort.leaders.length > 0) {
            LeaderChoice choice = new LeaderChoice();
            choice.id = cohort.id;
            choice.range = people(cohort.leaders);
            leaders.add(choice);
        }
    }

    private void addMeeting(Facts.Meeting meeting) {
        if (!meeting.possible) {
            return;
        }
        HeldChoice choice = new HeldChoice();
        choice.id = meeting.id;
        choice.range = List.of(true, false);
        held.add(choice);
        if (meeting.rooms.length > 0) {
            RoomChoice room = new RoomChoice();
            room.id = meeting.id;
            room.range = Arrays.stream(meeting.rooms).mapToObj(facts.rooms::get).toList();
            rooms.add(room);
        }
    }

    private void addClient(Facts.Client client) {
        ClientChoice choice = new ClientChoice();
        choice.id = client.id;
        choice.columnRange = client.columns;
        choice.primaryRange = people(client.primaries);
        clients.add(choice);
    }

    private void addSession(Facts.SessionKind session) {
        SessionChoice choice = new SessionChoice();
        choice.id = session.id;
        choice.timeRange = session.times;
        choice.giverRange = people(session.givers);
        // the search for meetings needs every variable that must have a value to have one
        choice.giver = choice.giverRange.get(0);
        sessions.add(choice);
    }

    private void addJoins(Facts.Line line) {
        for (int copy = 0; copy < line.joins; copy++) {
            JoinChoice choice = new JoinChoice();
            choice.id = joins.size();
            choice.line = line.id;
            choice.range = Arrays.stream(line.groups).boxed().toList();
            joins.add(choice);
        }
    }

    private void addSeat(int id, Seat seat) {
        if (seat.optional) {
            ExtraChoice choice = new ExtraChoice();
            choice.id = id;
            choice.range = people(seat.people);
            extras.add(choice);
        } else {
            SeatChoice choice = new SeatChoice();
            choice.id = id;
            choice.range = people(seat.people);
            seats.add(choice);
        }
    }

    private List<Clinician> people(int[] ids) {
        return Arrays.stream(ids).mapToObj(facts.clinicians::get).toList();
    }
}
