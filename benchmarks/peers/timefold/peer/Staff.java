package peer;

import java.util.ArrayList;
import java.util.List;
import peer.Facts.Clinician;
import peer.Facts.Penalty;

/** Clinicians' days and weeks: clinician-time, clinician-load, caseloads and what staff costs. */
final class Staff {
    private final Facts facts;
    private final List<List<Occupation>> days = new ArrayList<>();
    private final int[] loads;
    private final int[] carried;
    private final Dirty dirtyDays;
    private final Dirty dirtyWeeks;
    private final Ledger dayCosts;
    private final Ledger weekCosts;

    Staff(Facts facts, Ledger.Totals totals) {
        this.facts = facts;
        int people = facts.clinicians.size();
        for (int i = 0; i < people * Facts.DAYS; i++) {
            days.add(new ArrayList<>());
        }
        loads = new int[people * Facts.DAYS];
        carried = new int[people];
        dirtyDays = new Dirty(people * Facts.DAYS);
        dirtyWeeks = new Dirty(people);
        dayCosts = new Ledger(people * Facts.DAYS, totals);
        weekCosts = new Ledger(people, totals);
    }

    void add(Occupation occupation) {
        int at = occupation.clinician() * Facts.DAYS + occupation.day();
        days.get(at).add(occupation);
        dirtyDays.add(at);
    }

    void remove(Occupation occupation) {
        int at = occupation.clinician() * Facts.DAYS + occupation.day();
        days.get(at).remove(occupation);
        dirtyDays.add(at);
    }

    /** Whether meetings leave a clinician time for a session. */
    boolean free(Clinician clinician, Time time, int minutes) {
        for (Occupation one : days.get(clinician.id * Facts.DAYS + time.day())) {
            if (one.meeting() >= 0) {
                int between = Math.max(clinician.turnaround, facts.travel(one.place(), time.place()));
                if (time.start() < one.end() + between && one.start() < time.start() + minutes + between) {
                    return false;
                }
            }
        }
        return true;
    }

    /** One client more or fewer with this primary. */
    void carry(int clinician, int change) {
        carried[clinician] += change;
        dirtyWeeks.add(clinician);
    }

    void refresh() {
        dirtyDays.drain(this::day);
        dirtyWeeks.drain(this::week);
    }

    private void day(int at) {
        List<Occupation> today = days.get(at);
        Clinician clinician = facts.clinicians.get(at / Facts.DAYS);
        int load = 0;
        long broken = 0;
        for (int i = 0; i < today.size(); i++) {
            Occupation one = today.get(i);
            load += one.end() - one.start();
            for (int j = 0; j < i; j++) {
                broken += apart(clinician, one, today.get(j)) ? 0 : 1;
            }
        }
        if (!today.isEmpty()) {
            for (int[] pause : clinician.breaks) {
                broken += rests(clinician, today, pause) ? 0 : 1;
            }
        }
        broken += above(load, clinician.mostDay) > 0 ? 1 : 0;
        broken += above(groups(today), clinician.mostGroups);
        if (load != loads[at]) {
            loads[at] = load;
            dirtyWeeks.add(clinician.id);
        }
        dayCosts.set(at, broken, 0);
    }

    private boolean apart(Clinician clinician, Occupation one, Occupation other) {
        boolean before = one.start() < other.start();
        int between = before ? other.start() - one.end() : one.start() - other.end();
        boolean same = one.meeting() >= 0 && one.meeting() == other.meeting();
        int turnaround = same ? 0 : clinician.turnaround;
        return between >= Math.max(turnaround, facts.travel(one.place(), other.place()));
    }

    /** Whether a break, its length, first and last start, fits between the day's occupations. */
    private boolean rests(Clinician clinician, List<Occupation> today, int[] pause) {
        for (int start = pause[1]; start <= pause[2]; start += facts.grid) {
            boolean free = true;
            for (int i = 0; free && i < today.size(); i++) {
                Occupation one = today.get(i);
                free = one.end() + clinician.turnaround <= start || start + pause[0] <= one.start();
            }
            if (free) {
                return true;
            }
        }
        return false;
    }

    private static int groups(List<Occupation> today) {
        int found = 0;
        for (int i = 0; i < today.size(); i++) {
            Occupation one = today.get(i);
            boolean counts = one.group() >= 0 || one.meeting() >= 0;
            for (int j = 0; counts && one.meeting() >= 0 && j < i; j++) {
                counts = today.get(j).meeting() != one.meeting();
            }
            found += counts ? 1 : 0;
        }
        return found;
    }

    private void week(int id) {
        Clinician clinician = facts.clinicians.get(id);
        int load = 0;
        for (int day = 0; day < Facts.DAYS; day++) {
            load += loads[id * Facts.DAYS + day];
        }
        long broken = above(load, clinician.mostWeek) > 0 ? 1 : 0;
        broken += load > 0 && load > clinician.mostAdmin ? 1 : 0;
        broken += above(carried[id], clinician.caseload);
        long cost = (long) facts.weights.of(Penalty.STAFF) * load
                + (long) facts.weights.of(Penalty.OVERTIME) * above(load, clinician.contract);
        weekCosts.set(id, broken, cost);
    }

    private static int above(int value, int most) {
        return most < 0 ? 0 : Math.max(0, value - most);
    }
}
