package peer;

import peer.Facts.Line;

/** A session that a client has; {@code group} is -1 unless it is an open group's. */
record Appointment(Line line, Time time, int group, boolean byPrimary, boolean byPreferred) {

    int end() {
        return time.start() + line.occupied;
    }

    int weekMinute() {
        return time.day() * Facts.DAY_MINUTES + time.start();
    }
}
