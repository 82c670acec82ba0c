package peer;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import java.util.List;
import peer.Facts.Clinician;
import peer.Facts.Column;
import peer.Facts.Room;

/** The planning entities: what the solver decides. {@code id} is an entity's place in its list. */
public final class Choices {
    private Choices() {
    }

    /** Which column a client takes, and who is the primary. */
    @PlanningEntity
    public static final class ClientChoice {
        int id;
        List<Column> columnRange;
        List<Clinician> primaryRange;
        @PlanningVariable(valueRangeProviderRefs = "column", allowsUnassigned = true)
        Column column;
        @PlanningVariable(valueRangeProviderRefs = "primary", allowsUnassigned = true)
        Clinician primary;

        @ValueRangeProvider(id = "column")
        public List<Column> getColumnRange() {
            return columnRange;
        }

        @ValueRangeProvider(id = "primary")
        public List<Clinician> getPrimaryRange() {
            return primaryRange;
        }
    }

    /** Who leads a cohort. */
    @PlanningEntity
    public static final class LeaderChoice {
        int id;
        List<Clinician> range;
        @PlanningVariable(valueRangeProviderRefs = "leader")
        Clinician leader;

        @ValueRangeProvider(id = "leader")
        public List<Clinician> getRange() {
            return range;
        }
    }

    /** Which option a candidate follows. It opens once enough clients have a column in that option. */
    @PlanningEntity
    public static final class OptionChoice {
        int id;
        List<Integer> range;
        @PlanningVariable(valueRangeProviderRefs = "option", allowsUnassigned = true)
        Integer option;

        @ValueRangeProvider(id = "option")
        public List<Integer> getRange() {
            return range;
        }
    }

    /** Whether a meeting is held if it is due. */
    @PlanningEntity
    public static final class HeldChoice {
        int id;
        List<Boolean> range;
        @PlanningVariable(valueRangeProviderRefs = "held")
        Boolean held = true;

        @ValueRangeProvider(id = "held")
        public List<Boolean> getRange() {
            return range;
        }
    }

    /** In which room a meeting is. */
    @PlanningEntity
    public static final class RoomChoice {
        int id;
        List<Room> range;
        @PlanningVariable(valueRangeProviderRefs = "room")
        Room room;

        @ValueRangeProvider(id = "room")
        public List<Room> getRange() {
            return range;
        }
    }

    /** Who sits in a staff seat of a block that must be filled, or of a session beside its giver. */
    @PlanningEntity
    public static final class SeatChoice {
        int id;
        List<Clinician> range;
        @PlanningVariable(valueRangeProviderRefs = "seat")
        Clinician clinician;

        @ValueRangeProvider(id = "seat")
        public List<Clinician> getRange() {
            return range;
        }
    }

    /** Who sits in a staff seat that a ratio may ask for. */
    @PlanningEntity
    public static final class ExtraChoice {
        int id;
        List<Clinician> range;
        @PlanningVariable(valueRangeProviderRefs = "extra", allowsUnassigned = true)
        Clinician clinician;

        @ValueRangeProvider(id = "extra")
        public List<Clinician> getRange() {
            return range;
        }
    }

    /** When and where a session is, and who gives it. Its room is the first that is free. */
    @PlanningEntity
    public static final class SessionChoice {
        int id;
        List<Time> timeRange;
        List<Clinician> giverRange;
        @PlanningVariable(valueRangeProviderRefs = "time", allowsUnassigned = true)
        Time time;
        @PlanningVariable(valueRangeProviderRefs = "giver")
        Clinician giver;

        @ValueRangeProvider(id = "time")
        public List<Time> getTimeRange() {
            return timeRange;
        }

        @ValueRangeProvider(id = "giver")
        public List<Clinician> getGiverRange() {
            return giverRange;
        }
    }

    /** Which session of an open group a client joins. */
    @PlanningEntity
    public static final class JoinChoice {
        int id;
        int line;
        List<Integer> range;
        @PlanningVariable(valueRangeProviderRefs = "session", allowsUnassigned = true)
        Integer session;

        @ValueRangeProvider(id = "session")
        public List<Integer> getRange() {
            return range;
        }
    }
}
