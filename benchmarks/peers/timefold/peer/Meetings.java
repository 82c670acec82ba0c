package peer;

import java.util.ArrayList;
import java.util.List;
import peer.Facts.Block;
import peer.Facts.Client;
import peer.Facts.Meeting;
import peer.Facts.Penalty;

/** Meetings: whether they are held, by whom, and who is there. */
final class Meetings {
    private final Facts facts;
    private final Chosen chosen;
    private final Staff staff;
    private final Places places;
    private final boolean[] held;
    private final List<List<Occupation>> working = new ArrayList<>();
    private final RoomUse[] rooms;
    private final List<List<Client>> present = new ArrayList<>();
    private final Dirty crowds;
    private final Ledger costs;
    private final Ledger crowdCosts;

    Meetings(Facts facts, Chosen chosen, Staff staff, Places places, Ledger.Totals totals) {
        this.facts = facts;
        this.chosen = chosen;
        this.staff = staff;
        this.places = places;
        int size = facts.meetings.size();
        held = new boolean[size];
        rooms = new RoomUse[size];
        crowds = new Dirty(size);
        costs = new Ledger(size, totals);
        crowdCosts = new Ledger(size, totals);
        for (int i = 0; i < size; i++) {
            working.add(new ArrayList<>());
            present.add(new ArrayList<>());
        }
    }

    boolean held(int meeting) {
        return held[meeting];
    }

    void arrive(Client client, int meeting) {
        present.get(meeting).add(client);
        crowds.add(meeting);
    }

    void leave(Client client, int meeting) {
        present.get(meeting).remove(client);
        crowds.add(meeting);
    }

    /** What keeps people in a meeting. */
    List<Occupation> working(int meeting) {
        return working.get(meeting);
    }

    /** Computes a meeting anew; true when it is held now and was not, or the other way round. */
    boolean refresh(int id, boolean isDue) {
        Meeting meeting = facts.meetings.get(id);
        boolean was = held[id];
        working.get(id).forEach(staff::remove);
        working.get(id).clear();
        if (rooms[id] != null) {
            places.remove(rooms[id]);
            rooms[id] = null;
        }
        int leader = chosen.leader(meeting.cohort);
        held[id] = isDue && chosen.held(id);
        if (held[id]) {
            long broken = sitDown(meeting, leader);
            costs.set(id, broken, facts.weights.of(Penalty.MEETING));
        } else {
            costs.set(id, 0, isDue ? facts.weights.of(Penalty.NOT_HELD) : 0);
        }
        crowds.add(id);
        return was != held[id];
    }

    /** Staff and room take up their time; answers how many are missing or stand twice. */
    private long sitDown(Meeting meeting, int leader) {
        boolean mayLead = !meeting.led || Spans.has(meeting.leaders, leader);
        long broken = mayLead ? 0 : 1;
        for (Block block : meeting.blocks) {
            if (block.led && mayLead) {
                work(meeting, block, leader);
            }
        }
        for (Facts.Seat seat : meeting.seats) {
            int clinician = chosen.seated(chosen.plan.ofMeeting(meeting.id, seat.id));
            if (clinician < 0) {
                broken += seat.optional ? 0 : 1;
            } else if (!work(meeting, meeting.blocks.get(seat.block), clinician)) {
                broken++;
            }
        }
        if (meeting.rooms.length > 0) {
            int room = chosen.room(meeting.id);
            if (room < 0) {
                broken++;
            } else {
                rooms[meeting.id] = RoomUse.ofMeeting(meeting, room);
                places.add(rooms[meeting.id]);
            }
        }
        return broken;
    }

    private boolean work(Meeting meeting, Block block, int clinician) {
        List<Occupation> all = working.get(meeting.id);
        Occupation more =
                new Occupation(clinician, meeting.day, block.start, block.end, meeting.place, meeting.id, -1);
        if (all.contains(more)) {
            return false;
        }
        all.add(more);
        staff.add(more);
        return true;
    }

    void refreshCrowds() {
        crowds.drain(this::crowd);
    }

    private void crowd(int id) {
        long broken = 0;
        long cost = 0;
        if (held[id]) {
            Meeting meeting = facts.meetings.get(id);
            int largest = 0;
            for (Block block : meeting.blocks) {
                int attending = 0;
                int counted = 0;
                for (Client client : present.get(id)) {
                    if (block.levels[client.level] != 0) {
                        attending++;
                        counted += client.countsForBlocks ? 1 : 0;
                        broken += served(meeting, block, client.payer) ? 0 : 1;
                    }
                }
                largest = Math.max(largest, attending);
                if (block.most >= 0) {
                    broken += Math.max(0, counted - block.most);
                    int below = Math.max(0, block.least - attending);
                    cost += (long) facts.weights.of(Penalty.BLOCK_BELOW) * below;
                }
                if (block.ratio > 0) {
                    broken += Math.max(0, attending - block.ratio * workers(meeting, block));
                }
            }
            if (rooms[id] != null) {
                broken += Math.max(0, largest - facts.rooms.get(rooms[id].room).capacity);
            }
        }
        crowdCosts.set(id, broken, cost);
    }

    private int workers(Meeting meeting, Block block) {
        int found = 0;
        for (Occupation one : working.get(meeting.id)) {
            found += one.start() == block.start ? 1 : 0;
        }
        return found;
    }

    private boolean served(Meeting meeting, Block block, int payer) {
        if (payer < 0 || !block.staffed) {
            return true;
        }
        for (Occupation one : working.get(meeting.id)) {
            int[] payers = facts.clinicians.get(one.clinician()).payers;
            if (one.start() == block.start && Spans.has(payers, payer)) {
                return true;
            }
        }
        return false;
    }
}
