package peer;

import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.score.calculator.IncrementalScoreCalculator;
import java.util.ArrayList;
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
import peer.Facts.Column;

/**
 * The score: broken rules, then the weighted sum of penalties. What a move touches is marked, and computed
 * anew in the order in which one thing follows from another: cohorts, meetings, clients, open groups, and
 * then whatever they crowd.
 */
public final class Calculator implements IncrementalScoreCalculator<Week, HardSoftLongScore> {
    private Facts facts;
    private Chosen chosen;
    private Ledger.Totals totals;
    private Cohorts cohorts;
    private Meetings meetings;
    private Clients clients;
    private Sessions sessions;
    private Staff staff;
    private Places places;
    private Dirty dirtyCohorts;
    private Dirty dirtyMeetings;
    private Dirty dirtyClients;
    private List<List<Integer>> admitted;
    private List<List<Integer>> joining;

    @Override
    public void resetWorkingSolution(Week week) {
        facts = week.facts;
        chosen = new Chosen(week);
        totals = new Ledger.Totals();
        staff = new Staff(facts, totals);
        places = new Places(facts, totals);
        cohorts = new Cohorts(facts, chosen, totals);
        meetings = new Meetings(facts, chosen, staff, places, totals);
        sessions = new Sessions(facts, chosen, staff, places);
        clients = new Clients(facts, chosen, cohorts, meetings, staff, places, sessions, totals);
        dirtyCohorts = new Dirty(facts.cohorts.size());
        dirtyMeetings = new Dirty(facts.meetings.size());
        dirtyClients = new Dirty(facts.clients.size());
        index();
        for (ClientChoice choice : chosen.clients) {
            cohorts.point(choice.column, 1);
        }
        dirtyCohorts.addAll();
        dirtyMeetings.addAll();
        dirtyClients.addAll();
    }

    private void index() {
        admitted = new ArrayList<>();
        facts.cohorts.forEach(cohort -> admitted.add(new ArrayList<>()));
        for (Facts.Client client : facts.clients) {
            client.columns.stream().filter(column -> column.cohort >= 0).map(column -> column.cohort)
                    .distinct().forEach(cohort -> admitted.get(cohort).add(client.id));
        }
        joining = new ArrayList<>();
        facts.sessions.forEach(session -> joining.add(new ArrayList<>()));
        for (Facts.Line line : facts.lines) {
            for (int group : line.groups) {
                joining.get(group).add(line.client);
            }
        }
    }

    @Override
    public void beforeVariableChanged(Object entity, String variable) {
        if (entity instanceof ClientChoice choice && variable.equals("column")) {
            point(choice.column, -1);
        }
    }

    @Override
    public void afterVariableChanged(Object entity, String variable) {
        if (entity instanceof ClientChoice choice) {
            dirtyClients.add(choice.id);
            if (variable.equals("column")) {
                point(choice.column, 1);
            }
        } else if (entity instanceof SessionChoice choice) {
            session(choice.id);
        } else if (entity instanceof JoinChoice choice) {
            dirtyClients.add(facts.lines.get(choice.line).client);
        } else if (entity instanceof SeatChoice choice) {
            seat(choice.id);
        } else if (entity instanceof ExtraChoice choice) {
            seat(choice.id);
        } else if (entity instanceof RoomChoice choice) {
            dirtyMeetings.add(choice.id);
        } else if (entity instanceof HeldChoice choice) {
            dirtyMeetings.add(choice.id);
        } else if (entity instanceof OptionChoice choice) {
            dirtyCohorts.add(choice.id);
        } else if (entity instanceof LeaderChoice choice) {
            dirtyCohorts.add(choice.id);
            meetings(choice.id);
        }
    }

    private void point(Column column, int change) {
        cohorts.point(column, change);
        if (column != null && column.cohort >= 0) {
            dirtyCohorts.add(column.cohort);
        }
    }

    private void session(int id) {
        Facts.SessionKind kind = facts.sessions.get(id);
        if (kind.isGroup()) {
            sessions.changed(id);
            joining.get(id).forEach(dirtyClients::add);
        } else {
            dirtyClients.add(facts.lines.get(kind.line).client);
        }
    }

    private void seat(int id) {
        int owner = chosen.plan.owner(id);
        if (owner >= 0) {
            dirtyMeetings.add(owner);
        } else {
            session(-1 - owner);
        }
    }

    private void meetings(int cohort) {
        for (int[] option : facts.cohorts.get(cohort).meetings) {
            for (int meeting : option) {
                dirtyMeetings.add(meeting);
            }
        }
    }

    @Override
    public HardSoftLongScore calculateScore() {
        dirtyCohorts.drain(this::cohort);
        dirtyMeetings.drain(this::meeting);
        dirtyClients.drain(clients::refresh);
        sessions.refresh();
        cohorts.refreshSizes();
        meetings.refreshCrowds();
        staff.refresh();
        places.refresh();
        return HardSoftLongScore.of(-totals.hard, -totals.soft);
    }

    private void cohort(int id) {
        if (cohorts.refresh(id)) {
            meetings(id);
            reach(id);
        }
    }

    private void meeting(int id) {
        Facts.Meeting meeting = facts.meetings.get(id);
        List<Occupation> before = List.copyOf(meetings.working(id));
        if (meetings.refresh(id, cohorts.active(meeting.cohort) == meeting.option)) {
            reach(meeting.cohort);
        }
        List<Occupation> after = meetings.working(id);
        if (!before.equals(after)) {
            for (Facts.SessionKind kind : facts.sessions) {
                if (sessions.touches(kind, meeting.day, before)
                        || sessions.touches(kind, meeting.day, after)) {
                    session(kind.id);
                }
            }
        }
    }

    /** Clients whose column is in the cohort. */
    private void reach(int cohort) {
        for (int client : admitted.get(cohort)) {
            Column column = chosen.clients[client].column;
            if (column != null && column.cohort == cohort) {
                dirtyClients.add(client);
            }
        }
    }

    Chosen chosen() {
        return chosen;
    }

    Cohorts cohorts() {
        return cohorts;
    }

    Meetings meetings() {
        return meetings;
    }

    Clients clients() {
        return clients;
    }

    Sessions sessions() {
        return sessions;
    }

    @Override
    public void beforeEntityAdded(Object entity) {
        throw new UnsupportedOperationException("choices are all there from the start");
    }

    @Override
    public void afterEntityAdded(Object entity) {
        throw new UnsupportedOperationException("choices are all there from the start");
    }

    @Override
    public void beforeEntityRemoved(Object entity) {
        throw new UnsupportedOperationException("choices stay to the end");
    }

    @Override
    public void afterEntityRemoved(Object entity) {
        throw new UnsupportedOperationException("choices stay to the end");
    }
}
