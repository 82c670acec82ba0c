package peer;

import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.solver.Solver;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.impl.solver.DefaultSolver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Solves the week on standard input and prints rosters as they get better.
 *
 * <p>Arguments: milliseconds, setting, seed, solvers side by side, and {@code checked} or {@code fast}. Lines:
 * {@code started} (before it the virtual machine starts, which no limit counts), {@code roster MS VALUE
 * NUMBERS} (milliseconds of the limit; see {@link Decisions}), {@code done MS MOVES}.
 */
public final class Main {
    private static final long PAUSE = 100;
    private static final double PRINTING = 1.05;
    private final long begun = System.nanoTime();
    private final PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    private Week best;
    private long bestAt;
    private Week printed;
    private double printNext;

    private Main() {
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new Main().run(arguments);
    }

    private void run(String[] arguments) throws IOException, InterruptedException {
        say("started");
        long limit = Long.parseLong(arguments[0]);
        long seed = Long.parseLong(arguments[2]);
        int solvers = Integer.parseInt(arguments[3]);
        boolean checked = arguments[4].equals("checked");
        Tokens in = new Tokens(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        Facts facts = new Facts(in);
        in.expect("start");
        int[] start = in.numbers();
        if (start.length > 0) {
            offer(scored(week(facts, start)));
        }
        List<Solver<Week>> running = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < solvers; i++) {
            long left = Math.max(1, limit - elapsed());
            Solver<Week> solver = SolverFactory.<Week>create(
                    Settings.solver(arguments[1], left, seed + i, checked)).buildSolver();
            solver.addEventListener(event -> {
                if (event.isNewBestSolutionInitialized()) {
                    offer(event.getNewBestSolution());
                }
            });
            Week week = week(facts, start);
            running.add(solver);
            // what it returns may be half built when time is up; all that is whole came as an event
            threads.add(new Thread(() -> solver.solve(week)));
        }
        threads.forEach(Thread::start);
        await(threads);
        long moves = running.stream()
                .mapToLong(solver -> ((DefaultSolver<Week>) solver).getMoveEvaluationCount()).sum();
        say("done " + elapsed() + " " + moves);
    }

    /** Prints what is found until all threads have ended. */
    private void await(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                thread.join(PAUSE);
                if (elapsed() >= printNext) {
                    print();
                }
            }
        }
        print();
    }

    private static Week week(Facts facts, int[] start) {
        Week week = new Week(facts);
        if (start.length > 0) {
            Decisions.read(week, Tokens.of(start));
        }
        return week;
    }

    private static Week scored(Week week) {
        Calculator calculator = new Calculator();
        calculator.resetWorkingSolution(week);
        week.score = calculator.calculateScore();
        return week;
    }

    private long elapsed() {
        return (System.nanoTime() - begun) / 1_000_000;
    }

    private synchronized void offer(Week week) {
        HardSoftLongScore score = week.score;
        boolean better = best == null || score.compareTo(best.score) > 0;
        if (score.isFeasible() && better) {
            best = week;
            bestAt = elapsed();
        }
    }

    private void print() {
        Week week;
        long at;
        synchronized (this) {
            week = best;
            at = bestAt;
        }
        if (week != printed) {
            printed = week;
            // every roster is verified later: fewer of them as time goes on
            printNext = PRINTING * elapsed();
            say("roster " + at + " " + -week.score.softScore() + Decisions.write(week));
        }
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
