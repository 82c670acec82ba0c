package peer;

import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.selector.move.factory.MoveIteratorFactory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import peer.Choices.ClientChoice;
import peer.Choices.OptionChoice;
import peer.Choices.SessionChoice;
import peer.Facts.Column;

/**
 * Random moves: one variable, two of one entity, clients or sessions that change places, and a candidate that
 * opens or closes with everybody who could be in it. One factory instead of the generic selectors, as these
 * look at the range of every entity for each step.
 */
public final class Moves implements MoveIteratorFactory<Week, Assignments> {
    private static final int ALL = 1000;
    private boolean meetingsAlone;
    private Kinds kinds;

    /** Custom property: only leaders, staff and rooms of meetings are moved, and all are held. */
    public void setMeetingsAlone(boolean alone) {
        meetingsAlone = alone;
    }

    @Override
    public long getSize(ScoreDirector<Week> director) {
        Week week = director.getWorkingSolution();
        return (long) ALL * (week.clients.size() + week.sessions.size() + 1);
    }

    @Override
    public Iterator<Assignments> createOriginalMoveIterator(ScoreDirector<Week> director) {
        throw new UnsupportedOperationException("moves come at random");
    }

    @Override
    public Iterator<Assignments> createRandomMoveIterator(ScoreDirector<Week> director, Random random) {
        Week week = director.getWorkingSolution();
        if (kinds == null || kinds.week != week || kinds.random != random) {
            kinds = new Kinds(week, random, meetingsAlone);
        }
        return kinds;
    }

    /** Chooses a kind of move by weight, then a move of that kind. */
    private static final class Kinds implements Iterator<Assignments> {
        private final Week week;
        private final Random random;
        private final List<Supplier<Assignments>> kinds = new ArrayList<>();
        private final List<Integer> upTo = new ArrayList<>();
        private final Crew crew;
        private int total;

        Kinds(Week week, Random random, boolean meetingsAlone) {
            this.week = week;
            this.random = random;
            crew = new Crew(week, random, meetingsAlone);
            addMeetings();
            if (!meetingsAlone) {
                addClients();
            }
        }

        private void addMeetings() {
            add(week.leaders, 2, () -> crew.lead(any(week.leaders)));
            add(week.held, 3, () -> crew.meet(any(week.held)));
            add(week.rooms, 2, () -> one(any(week.rooms), Variable.ROOM));
            add(week.seats, 2, () -> one(any(week.seats), Variable.SEAT));
            add(week.extras, 2, () -> one(any(week.extras), Variable.EXTRA));
        }

        private void addClients() {
            add(week.held, 1, () -> one(any(week.held), Variable.HELD));
            add(week.clients, 15, () -> one(any(week.clients), Variable.COLUMN));
            add(week.clients, 4, () -> one(any(week.clients), Variable.PRIMARY));
            add(week.clients, 6, () -> two(any(week.clients), Variable.COLUMN, Variable.PRIMARY));
            add(week.clients, 10, this::replace);
            add(week.sessions, 20, () -> one(any(week.sessions), Variable.TIME));
            add(week.sessions, 4, () -> one(any(week.sessions), Variable.GIVER));
            add(week.sessions, 20, () -> two(any(week.sessions), Variable.TIME, Variable.GIVER));
            add(week.sessions, 5, this::swap);
            add(week.joins, 4, () -> one(any(week.joins), Variable.JOIN));
            add(week.options, 1, () -> one(any(week.options), Variable.OPTION));
            add(week.options, 2, this::fill);
        }

        private void add(List<?> entities, int weight, Supplier<Assignments> kind) {
            if (!entities.isEmpty()) {
                kinds.add(kind);
                total += weight;
                upTo.add(total);
            }
        }

        @Override
        public boolean hasNext() {
            return !kinds.isEmpty();
        }

        @Override
        public Assignments next() {
            int drawn = random.nextInt(total);
            int kind = 0;
            while (upTo.get(kind) <= drawn) {
                kind++;
            }
            return kinds.get(kind).get();
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        private Assignments one(Object entity, Variable variable) {
            return new Assignments().with(entity, variable, variable.pick(entity, random));
        }

        private Assignments two(Object entity, Variable first, Variable second) {
            return one(entity, first).with(entity, second, second.pick(entity, random));
        }

        /** A client goes into the cohort of another, who goes into the first one's, or leaves. */
        private Assignments replace() {
            ClientChoice one = any(week.clients);
            ClientChoice other = any(week.clients);
            if (one == other || other.column == null) {
                return one(one, Variable.COLUMN);
            }
            return new Assignments().with(one, Variable.COLUMN, like(one, other.column))
                    .with(other, Variable.COLUMN, one.column == null ? null : like(other, one.column));
        }

        /** A column of the client in the same cohort and option; none if there is none. */
        private Column like(ClientChoice client, Column wanted) {
            List<Column> range = client.columnRange;
            int from = range.isEmpty() ? 0 : random.nextInt(range.size());
            for (int i = 0; i < range.size(); i++) {
                Column column = range.get((from + i) % range.size());
                if (column.cohort == wanted.cohort && column.option == wanted.option) {
                    return column;
                }
            }
            return null;
        }

        /** Two sessions exchange times, and givers where they can. */
        private Assignments swap() {
            SessionChoice one = any(week.sessions);
            SessionChoice other = any(week.sessions);
            Assignments move = new Assignments().with(one, Variable.TIME, other.time)
                    .with(other, Variable.TIME, one.time);
            boolean fits = (other.time == null || one.timeRange.contains(other.time))
                    && (one.time == null || other.timeRange.contains(one.time));
            if (!fits) {
                return one(one, Variable.TIME);
            }
            if (one.giverRange.contains(other.giver) && other.giverRange.contains(one.giver)) {
                move.with(one, Variable.GIVER, other.giver).with(other, Variable.GIVER, one.giver);
            }
            return move;
        }

        /** A candidate follows an option, and who could be in it and has no place, or by chance, is. */
        private Assignments fill() {
            OptionChoice candidate = any(week.options);
            Integer option = any(candidate.range);
            Assignments move = new Assignments().with(candidate, Variable.OPTION, option);
            int seats = week.facts.cohorts.get(candidate.id).most;
            int least = week.facts.cohorts.get(candidate.id).least;
            int wanted = least + random.nextInt(Math.max(1, seats - least + 1));
            Column sample = Column.in(candidate.id, option);
            int from = random.nextInt(week.clients.size());
            for (int round = 0; round < 2 && wanted > 0; round++) {
                for (int i = 0; i < week.clients.size() && wanted > 0; i++) {
                    ClientChoice client = week.clients.get((from + i) % week.clients.size());
                    boolean placed = client.column != null;
                    Column column = placed == (round == 1) ? like(client, sample) : null;
                    if (column != null) {
                        move.with(client, Variable.COLUMN, column);
                        wanted--;
                    }
                }
            }
            crew.open(move, candidate.id, option);
            return move;
        }
    }
}
