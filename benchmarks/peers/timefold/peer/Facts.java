package peer;

import java.util.List;

/** What is known before solving, as the Python side wrote it. Times are minutes; -1 means none. */
final class Facts {
    static final int DAYS = 7;
    static final int DAY_MINUTES = 1440;

    final int grid;
    final int moveCap;
    final int maxNewCohorts;
    final int levels;
    final int[][] travel;
    final Weights weights;
    final List<Clinician> clinicians;
    final List<Room> rooms;
    final List<Cohort> cohorts;
    final List<Meeting> meetings;
    final List<Client> clients;
    final List<Line> lines;
    final List<SessionKind> sessions;

    Facts(Tokens in) {
        in.expect("week");
        grid = in.number();
        moveCap = in.number();
        maxNewCohorts = in.number();
        levels = in.number();
        in.expect("travel");
        travel = in.lists();
        in.expect("weights");
        weights = new Weights(in);
        clinicians = in.section("clinicians", Clinician::new);
        rooms = in.section("rooms", Room::new);
        cohorts = in.section("cohorts", Cohort::new);
        meetings = in.section("meetings", Meeting::new);
        clients = in.section("clients", Client::new);
        lines = in.section("lines", (id, tokens) -> new Line(id, tokens));
        sessions = in.section("sessions", (id, tokens) -> new SessionKind(id, tokens, grid));
    }

    /** Minutes between two places; online (-1) is everywhere. */
    int travel(int one, int other) {
        return one < 0 || other < 0 ? 0 : travel[one][other];
    }

    /** What each penalty weighs in the weighted sum. */
    static final class Weights {
        final int[] all;

        Weights(Tokens in) {
            all = in.numbers();
        }

        int of(Penalty penalty) {
            return all[penalty.ordinal()];
        }
    }

    /** Penalties in the order in which the Python side writes their weights. */
    enum Penalty {
        SHORT, NOT_HELD, BELOW, BLOCK_BELOW, LEADER, PRIMARY, SESSION_MOVED, COVER, CLINICIAN, COMPACT,
        MEETING, STAFF, OVERTIME
    }

    /** A clinician; {@code free[day][place + 1]} are pairs of minutes in which to work there. */
    static final class Clinician implements Option {
        final int id;
        final int turnaround;
        final int[][] breaks;
        final int[][][] free = new int[DAYS][][];
        final int mostWeek;
        final int mostAdmin;
        final int mostDay;
        final int mostGroups;
        final int contract;
        final int caseload;
        final int[] payers;

        Clinician(int id, Tokens in) {
            this.id = id;
            turnaround = in.number();
            breaks = in.lists();
            for (int day = 0; day < DAYS; day++) {
                free[day] = in.lists();
            }
            mostAdmin = in.number();
            mostDay = in.number();
            mostWeek = in.number();
            mostGroups = in.number();
            contract = in.number();
            caseload = in.number();
            payers = in.numbers();
        }

        boolean works(Time time, int minutes) {
            return Spans.cover(free[time.day()][time.place() + 1], time.start(), time.start() + minutes);
        }

        @Override
        public int id() {
            return id;
        }
    }

    /** A room; {@code open[day]} are pairs of minutes. */
    static final class Room implements Option {
        final int id;
        final int site;
        final int capacity;
        final int[][] open;

        Room(int id, Tokens in) {
            this.id = id;
            site = in.number();
            capacity = in.number();
            open = in.lists();
        }

        @Override
        public int id() {
            return id;
        }
    }

    /** A cohort; {@code meetings[option]} are the meetings due if it follows that option. */
    static final class Cohort {
        final int id;
        final boolean running;
        final int least;
        final int most;
        final int previousLeader;
        final int[] leaders;
        final int[][] meetings;

        Cohort(int id, Tokens in) {
            this.id = id;
            running = in.flag();
            least = in.number();
            most = in.number();
            previousLeader = in.number();
            leaders = in.numbers();
            meetings = in.lists();
        }
    }

    /** A meeting that may be due; {@code leaders} is empty when it has nothing to lead. */
    static final class Meeting {
        final int id;
        final int cohort;
        final int option;
        final int day;
        final int place;
        final int start;
        final int end;
        final boolean possible;
        final boolean led;
        final int[] leaders;
        final int[] rooms;
        final List<Block> blocks;
        final List<Seat> seats;

        Meeting(int id, Tokens in) {
            this.id = id;
            cohort = in.number();
            option = in.number();
            day = in.number();
            place = in.number();
            start = in.number();
            end = in.number();
            possible = in.flag();
            led = in.flag();
            leaders = in.numbers();
            rooms = in.numbers();
            blocks = in.section("blocks", Block::new);
            seats = in.section("seats", Seat::new);
        }
    }

    /** A block of a meeting; {@code levels[level]} tells who attends. */
    static final class Block {
        final int id;
        final int start;
        final int end;
        final int minutes;
        final boolean counts;
        final boolean mayLeave;
        final int least;
        final int most;
        final int ratio;
        final boolean staffed;
        final boolean led;
        final int[] levels;

        Block(int id, Tokens in) {
            this.id = id;
            start = in.number();
            end = in.number();
            minutes = in.number();
            counts = in.flag();
            mayLeave = in.flag();
            least = in.number();
            most = in.number();
            ratio = in.number();
            staffed = in.flag();
            led = in.flag();
            levels = in.numbers();
        }
    }

    /** A place on the staff of a block, or of a session beside its giver. */
    static final class Seat {
        final int id;
        final int block;
        final boolean optional;
        final int[] people;

        Seat(int id, Tokens in) {
            this.id = id;
            block = in.number();
            optional = in.flag();
            people = in.numbers();
        }
    }

    /** A client with a prescription; {@code unplaced} is paid when there is no place. */
    static final class Client {
        final int id;
        final int level;
        final int unplaced;
        final int target;
        final int needed;
        final int floor;
        final int ceiling;
        final boolean withinStay;
        final boolean countsForCohort;
        final boolean countsForBlocks;
        final boolean compact;
        final int payer;
        final boolean needsPrimary;
        final int previousPrimary;
        final int[] primaries;
        final List<Column> columns;

        Client(int id, Tokens in) {
            this.id = id;
            level = in.number();
            unplaced = in.number();
            target = in.number();
            needed = in.number();
            floor = in.number();
            ceiling = in.number();
            withinStay = in.flag();
            countsForCohort = in.flag();
            countsForBlocks = in.flag();
            compact = in.flag();
            payer = in.number();
            needsPrimary = in.flag();
            previousPrimary = in.number();
            primaries = in.numbers();
            columns = in.section("columns", Column::new);
        }
    }

    /** A whole placement; {@code meetings} are those scheduled, {@code cost} what follows from it alone. */
    static final class Column implements Option {
        final int id;
        final int cohort;
        final int option;
        final int days;
        final int first;
        final int last;
        final int cost;
        final int[] meetings;

        private Column(int cohort, int option) {
            id = -1;
            this.cohort = cohort;
            this.option = option;
            days = 0;
            first = 0;
            last = 0;
            cost = 0;
            meetings = new int[0];
        }

        /** Nobody's column, to compare with. */
        static Column in(int cohort, int option) {
            return new Column(cohort, option);
        }

        Column(int id, Tokens in) {
            this.id = id;
            cohort = in.number();
            option = in.number();
            days = in.number();
            first = in.number();
            last = in.number();
            cost = in.number();
            meetings = in.numbers();
        }

        @Override
        public int id() {
            return id;
        }
    }

    /** A service that a client is prescribed; {@code allowed} runs of times bind in an open group alone. */
    static final class Line {
        final int id;
        final int client;
        final int minutes;
        final int occupied;
        final int least;
        final int joins;
        final int missing;
        final boolean counts;
        final boolean primary;
        final int people;
        final int[] before;
        final int[] preferred;
        final int[] unsuited;
        final int[] groups;
        final int[][] allowed;

        Line(int id, Tokens in) {
            this.id = id;
            client = in.number();
            minutes = in.number();
            occupied = in.number();
            least = in.number();
            joins = in.number();
            missing = in.number();
            counts = in.flag();
            primary = in.flag();
            people = in.number();
            before = in.numbers();
            preferred = in.numbers();
            unsuited = in.numbers();
            groups = in.numbers();
            allowed = in.lists();
        }
    }

    /** A session that may take place: one of a client's ({@code line}), or of an open group (line -1). */
    static final class SessionKind {
        final int id;
        final int line;
        final int occupied;
        final boolean needsRoom;
        final List<Time> times;
        final int[] givers;
        final int[] rooms;
        final List<Seat> seats;

        SessionKind(int id, Tokens in, int grid) {
            this.id = id;
            line = in.number();
            occupied = in.number();
            needsRoom = in.flag();
            times = Time.expand(in.lists(), grid);
            givers = in.numbers();
            rooms = in.numbers();
            seats = in.section("seats", Seat::new);
        }

        boolean isGroup() {
            return line < 0;
        }
    }

    /** What a planning variable may be. */
    interface Option {
        int id();
    }
}
