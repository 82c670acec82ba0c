package peer;

/** Half-open intervals of minutes, kept as flat pairs. */
final class Spans {
    private Spans() {
    }

    /** Whether one pair holds an interval whole. */
    static boolean cover(int[] pairs, int start, int end) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i] <= start && end <= pairs[i + 1]) {
                return true;
            }
        }
        return false;
    }

    static boolean has(int[] numbers, int wanted) {
        for (int number : numbers) {
            if (number == wanted) {
                return true;
            }
        }
        return false;
    }
}
