package peer;

import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.move.AbstractSimplifiedMove;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** A move that gives some variables new values at once. */
public final class Assignments extends AbstractSimplifiedMove<Week> {
    private final List<Object> entities = new ArrayList<>(2);
    private final List<Variable> variables = new ArrayList<>(2);
    private final List<Object> values = new ArrayList<>(2);

    Assignments with(Object entity, Variable variable, Object value) {
        entities.add(entity);
        variables.add(variable);
        values.add(value);
        return this;
    }

    @Override
    public boolean isMoveDoable(ScoreDirector<Week> director) {
        for (int i = 0; i < entities.size(); i++) {
            if (!Objects.equals(variables.get(i).get(entities.get(i)), values.get(i))) {
                return true;
            }
        }
        return false;
    }

    @Override
    protected void doMoveOnGenuineVariables(ScoreDirector<Week> director) {
        for (int i = 0; i < entities.size(); i++) {
            Object entity = entities.get(i);
            Variable variable = variables.get(i);
            director.beforeVariableChanged(entity, variable.label);
            variable.set(entity, values.get(i));
            director.afterVariableChanged(entity, variable.label);
        }
    }

    @Override
    public Collection<?> getPlanningEntities() {
        return entities;
    }

    @Override
    public Collection<?> getPlanningValues() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Assignments move && entities.equals(move.entities)
                && variables.equals(move.variables) && Objects.equals(values, move.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(entities, variables, values);
    }

    @Override
    public String toString() {
        return variables + " to " + values;
    }
}
