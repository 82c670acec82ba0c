package peer;

import java.util.ArrayList;
import java.util.List;

/** When and where a session is: weekday, start in minutes after midnight, site (-1: online). */
record Time(int day, int start, int place) {

    /** All times of some runs, each day, place, first and last start. */
    static List<Time> expand(int[][] runs, int grid) {
        List<Time> found = new ArrayList<>();
        for (int[] run : runs) {
            for (int start = run[2]; start <= run[3]; start += grid) {
                found.add(new Time(run[0], start, run[1]));
            }
        }
        return found;
    }

    /** Whether some run holds this time. */
    boolean in(int[][] runs) {
        for (int[] run : runs) {
            if (run[0] == day && run[1] == place && run[2] <= start && start <= run[3]) {
                return true;
            }
        }
        return false;
    }
}
