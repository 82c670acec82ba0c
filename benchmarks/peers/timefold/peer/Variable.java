package peer;

import java.util.List;
import java.util.Random;
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
import peer.Facts.Column;
import peer.Facts.Room;

/** A planning variable: its name, whether it may be unassigned, its value and its range in an entity. */
enum Variable {
    COLUMN("column", true) {
        @Override
        Object get(Object entity) {
            return ((ClientChoice) entity).column;
        }

        @Override
        void set(Object entity, Object value) {
            ((ClientChoice) entity).column = (Column) value;
        }

        @Override
        List<?> range(Object entity) {
            return ((ClientChoice) entity).columnRange;
        }
    },
    PRIMARY("primary", false) {
        @Override
        Object get(Object entity) {
            return ((ClientChoice) entity).primary;
        }

        @Override
        void set(Object entity, Object value) {
            ((ClientChoice) entity).primary = (Clinician) value;
        }

        @Override
        List<?> range(Object entity) {
            return ((ClientChoice) entity).primaryRange;
        }
    },
    TIME("time", true) {
        @Override
        Object get(Object entity) {
            return ((SessionChoice) entity).time;
        }

        @Override
        void set(Object entity, Object value) {
            ((SessionChoice) entity).time = (Time) value;
        }

        @Override
        List<?> range(Object entity) {
            return ((SessionChoice) entity).timeRange;
        }
    },
    GIVER("giver", false) {
        @Override
        Object get(Object entity) {
            return ((SessionChoice) entity).giver;
        }

        @Override
        void set(Object entity, Object value) {
            ((SessionChoice) entity).giver = (Clinician) value;
        }

        @Override
        List<?> range(Object entity) {
            return ((SessionChoice) entity).giverRange;
        }
    },
    JOIN("session", true) {
        @Override
        Object get(Object entity) {
            return ((JoinChoice) entity).session;
        }

        @Override
        void set(Object entity, Object value) {
            ((JoinChoice) entity).session = (Integer) value;
        }

        @Override
        List<?> range(Object entity) {
            return ((JoinChoice) entity).range;
        }
    },
    LEADER("leader", false) {
        @Override
        Object get(Object entity) {
            return ((LeaderChoice) entity).leader;
        }

        @Override
        void set(Object entity, Object value) {
            ((LeaderChoice) entity).leader = (Clinician) value;
        }

        @Override
        List<?> range(Object entity) {
            return ((LeaderChoice) entity).range;
        }
    },
    OPTION("option", true) {
        @Override
        Object get(Object entity) {
            return ((OptionChoice) entity).option;
        }

        @Override
        void set(Object entity, Object value) {
            ((OptionChoice) entity).option = (Integer) value;
        }

        @Override
        List<?> range(Object entity) {
            return ((OptionChoice) entity).range;
        }
    },
    HELD("held", false) {
        @Override
        Object get(Object entity) {
            return ((HeldChoice) entity).held;
        }

        @Override
        void set(Object entity, Object value) {
            ((HeldChoice) entity).held = (Boolean) value;
        }

        @Override
        List<?> range(Object entity) {
            return ((HeldChoice) entity).range;
        }
    },
    ROOM("room", false) {
        @Override
        Object get(Object entity) {
            return ((RoomChoice) entity).room;
        }

        @Override
        void set(Object entity, Object value) {
            ((RoomChoice) entity).room = (Room) value;
        }

        @Override
        List<?> range(Object entity) {
            return ((RoomChoice) entity).range;
        }
    },
    SEAT("clinician", false) {
        @Override
        Object get(Object entity) {
            return ((SeatChoice) entity).clinician;
        }

        @Override
        void set(Object entity, Object value) {
            ((SeatChoice) entity).clinician = (Clinician) value;
        }

        @Override
        List<?> range(Object entity) {
            return ((SeatChoice) entity).range;
        }
    },
    EXTRA("clinician", true) {
        @Override
        Object get(Object entity) {
            return ((ExtraChoice) entity).clinician;
        }

        @Override
        void set(Object entity, Object value) {
            ((ExtraChoice) entity).clinician = (Clinician) value;
        }

        @Override
        List<?> range(Object entity) {
            return ((ExtraChoice) entity).range;
        }
    };

    private static final int NONE_ONE_IN = 20;
    final String label;
    private final boolean mayBeNone;

    Variable(String label, boolean mayBeNone) {
        this.label = label;
        this.mayBeNone = mayBeNone;
    }

    abstract Object get(Object entity);

    abstract void set(Object entity, Object value);

    abstract List<?> range(Object entity);

    /** A random value; seldom none, where that may be. */
    Object pick(Object entity, Random random) {
        List<?> range = range(entity);
        if (range.isEmpty() || mayBeNone && random.nextInt(NONE_ONE_IN) == 0) {
            return mayBeNone ? null : get(entity);
        }
        return range.get(random.nextInt(range.size()));
    }
}
