package peer;

/** What keeps a clinician on a day; {@code meeting} and {@code group} are -1 where it is neither. */
record Occupation(int clinician, int day, int start, int end, int place, int meeting, int group) {
}
