package peer;

import ai.timefold.solver.core.config.constructionheuristic.ConstructionHeuristicPhaseConfig;
import ai.timefold.solver.core.config.constructionheuristic.placer.QueuedEntityPlacerConfig;
import ai.timefold.solver.core.config.heuristic.selector.entity.EntitySelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.MoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.composite.CartesianProductMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.factory.MoveIteratorFactoryConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.ChangeMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.value.ValueSelectorConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import ai.timefold.solver.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import ai.timefold.solver.core.config.phase.PhaseConfig;
import ai.timefold.solver.core.config.score.director.ScoreDirectorFactoryConfig;
import ai.timefold.solver.core.config.solver.EnvironmentMode;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import peer.Choices.ClientChoice;
import peer.Choices.ExtraChoice;
import peer.Choices.HeldChoice;
import peer.Choices.JoinChoice;
import peer.Choices.LeaderChoice;
import peer.Choices.OptionChoice;
import peer.Choices.RoomChoice;
import peer.Choices.SeatChoice;
import peer.Choices.SessionChoice;

/** How the solver searches: what is built first, the moves, and what accepts them. */
final class Settings {
    private static final Class<?>[] ENTITIES = {OptionChoice.class, LeaderChoice.class, HeldChoice.class,
        RoomChoice.class, SeatChoice.class, ExtraChoice.class, ClientChoice.class, SessionChoice.class,
        JoinChoice.class};

    private static final int MEETING_STEPS = 20_000;

    private Settings() {
    }

    /** The setting of this name, to stop after some milliseconds; {@code checked} finds a wrong score. */
    static SolverConfig solver(String name, long milliseconds, long seed, boolean checked) {
        List<PhaseConfig<?>> phases = new ArrayList<>();
        phases.add(build(LeaderChoice.class, "leader"));
        phases.add(build(RoomChoice.class, "room"));
        phases.add(build(SeatChoice.class, "clinician"));
        phases.add(build(ExtraChoice.class, "clinician"));
        phases.add(search("late-acceptance", true).withTerminationConfig(
                new TerminationConfig().withUnimprovedStepCountLimit(MEETING_STEPS)));
        phases.add(build(ClientChoice.class, "column", "primary"));
        phases.add(build(SessionChoice.class, "time", "giver"));
        phases.add(build(JoinChoice.class, "session"));
        phases.add(search(name, false));
        return new SolverConfig().withSolutionClass(Week.class).withEntityClasses(ENTITIES)
                .withScoreDirectorFactory(new ScoreDirectorFactoryConfig()
                        .withIncrementalScoreCalculatorClass(Calculator.class))
                .withEnvironmentMode(checked ? EnvironmentMode.FULL_ASSERT : EnvironmentMode.NO_ASSERT)
                .withRandomSeed(seed).withPhases(phases.toArray(new PhaseConfig<?>[0]))
                .withTerminationConfig(new TerminationConfig().withMillisecondsSpentLimit(milliseconds));
    }

    private static LocalSearchPhaseConfig search(String name, boolean meetingsAlone) {
        return new LocalSearchPhaseConfig().withMoveSelectorConfig(new MoveIteratorFactoryConfig()
                .withMoveIteratorFactoryClass(Moves.class).withMoveIteratorFactoryCustomProperties(
                        Map.of("meetingsAlone", Boolean.toString(meetingsAlone))))
                .withAcceptorConfig(acceptor(name)).withForagerConfig(forager(name));
    }

    private static LocalSearchAcceptorConfig acceptor(String name) {
        LocalSearchAcceptorConfig config = new LocalSearchAcceptorConfig();
        return switch (name) {
            case "late-acceptance" -> config.withLateAcceptanceSize(400);
            case "tabu" -> config.withEntityTabuRatio(0.02);
            default -> throw new IllegalArgumentException("no setting is called " + name);
        };
    }

    private static LocalSearchForagerConfig forager(String name) {
        return new LocalSearchForagerConfig().withAcceptedCountLimit(name.equals("tabu") ? 1000 : 1);
    }

    /** Each entity in turn takes its best values, all its variables at once. */
    private static PhaseConfig<?> build(Class<?> entity, String... variables) {
        String id = "build-" + entity.getSimpleName();
        MoveSelectorConfig<?>[] changes = Arrays.stream(variables)
                .map(variable -> change(id, variable)).toArray(MoveSelectorConfig<?>[]::new);
        MoveSelectorConfig<?> moves =
                changes.length == 1 ? changes[0] : new CartesianProductMoveSelectorConfig(List.of(changes));
        return new ConstructionHeuristicPhaseConfig().withEntityPlacerConfig(new QueuedEntityPlacerConfig()
                .withEntitySelectorConfig(new EntitySelectorConfig(entity).withId(id))
                .withMoveSelectorConfigList(List.of(moves)));
    }

    private static MoveSelectorConfig<?> change(String mimicked, String variable) {
        return new ChangeMoveSelectorConfig()
                .withEntitySelectorConfig(new EntitySelectorConfig().withMimicSelectorRef(mimicked))
                .withValueSelectorConfig(new ValueSelectorConfig(variable));
    }
}
