package peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import peer.Choices.HeldChoice;
import peer.Choices.LeaderChoice;
import peer.Choices.SeatChoice;
import peer.Facts.Clinician;
import peer.Facts.Meeting;

/** Moves of the people who run meetings; whoever is in another meeting at that time is passed over. */
final class Crew {
    private final Week week;
    private final Random random;
    private final boolean allHeld;
    private final List<List<SeatChoice>> seats = new ArrayList<>();
    private final List<List<Meeting>> meanwhile = new ArrayList<>();
    private final HeldChoice[] held;
    private final LeaderChoice[] leaders;
    private final Choices.OptionChoice[] options;

    /** Under {@code allHeld}, a leader who cannot lead some meeting does not keep it from being held. */
    Crew(Week week, Random random, boolean allHeld) {
        this.week = week;
        this.random = random;
        this.allHeld = allHeld;
        held = new HeldChoice[week.facts.meetings.size()];
        week.held.forEach(choice -> held[choice.id] = choice);
        leaders = new LeaderChoice[week.facts.cohorts.size()];
        week.leaders.forEach(choice -> leaders[choice.id] = choice);
        options = new Choices.OptionChoice[week.facts.cohorts.size()];
        week.options.forEach(choice -> options[choice.id] = choice);
        for (Meeting one : week.facts.meetings) {
            seats.add(new ArrayList<>());
            meanwhile.add(week.facts.meetings.stream().filter(other -> other.cohort != one.cohort
                    && other.day == one.day && other.start < one.end && one.start < other.end).toList());
        }
        SeatPlan plan = new SeatPlan(week.facts);
        for (SeatChoice seat : week.seats) {
            if (plan.owner(seat.id) >= 0) {
                seats.get(plan.owner(seat.id)).add(seat);
            }
        }
    }

    /** A candidate's meetings are all held, with a leader and staff. */
    void open(Assignments move, int cohort, int option) {
        LeaderChoice leader = leaders[cohort];
        if (leader != null) {
            move.with(leader, Variable.LEADER, Variable.LEADER.pick(leader, random));
        }
        for (int meeting : week.facts.cohorts.get(cohort).meetings[option]) {
            if (held[meeting] != null) {
                move.with(held[meeting], Variable.HELD, true);
            }
            for (SeatChoice seat : seats.get(meeting)) {
                sit(move, seat, meeting);
            }
        }
    }

    /** Another leader, and what follows from it in each meeting of the cohort. */
    Assignments lead(LeaderChoice leader) {
        Clinician next = (Clinician) Variable.LEADER.pick(leader, random);
        Assignments move = new Assignments().with(leader, Variable.LEADER, next);
        for (int[] option : week.facts.cohorts.get(leader.id).meetings) {
            for (int meeting : option) {
                follow(move, week.facts.meetings.get(meeting), next);
            }
        }
        return move;
    }

    /** Where the new leader had a seat, somebody else takes it; what cannot be led is not held. */
    private void follow(Assignments move, Meeting meeting, Clinician leader) {
        for (SeatChoice seat : seats.get(meeting.id)) {
            if (seat.clinician == leader) {
                sit(move, seat, meeting.id);
            }
        }
        if (!allHeld && meeting.led && held[meeting.id] != null) {
            move.with(held[meeting.id], Variable.HELD, Spans.has(meeting.leaders, leader.id));
        }
    }

    /** A meeting is held, with other people in some of its seats. */
    Assignments meet(HeldChoice meeting) {
        Assignments move = new Assignments().with(meeting, Variable.HELD, true);
        for (SeatChoice seat : seats.get(meeting.id)) {
            if (random.nextBoolean()) {
                sit(move, seat, meeting.id);
            }
        }
        return move;
    }

    private void sit(Assignments move, SeatChoice seat, int meeting) {
        List<Clinician> free = seat.range.stream().filter(person -> isFree(person, meeting)).toList();
        List<Clinician> range = free.isEmpty() ? seat.range : free;
        move.with(seat, Variable.SEAT, range.get(random.nextInt(range.size())));
    }

    private boolean isFree(Clinician person, int meeting) {
        for (Meeting other : meanwhile.get(meeting)) {
            boolean due = options[other.cohort] == null
                    || Integer.valueOf(other.option).equals(options[other.cohort].option);
            if (due && held[other.id] != null && held[other.id].held && works(person, other)) {
                return false;
            }
        }
        return true;
    }

    private boolean works(Clinician person, Meeting meeting) {
        LeaderChoice leader = leaders[meeting.cohort];
        if (meeting.led && leader != null && leader.leader == person) {
            return true;
        }
        for (SeatChoice seat : seats.get(meeting.id)) {
            if (seat.clinician == person) {
                return true;
            }
        }
        return false;
    }
}
