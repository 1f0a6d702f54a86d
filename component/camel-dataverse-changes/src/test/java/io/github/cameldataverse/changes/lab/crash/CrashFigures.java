package io.github.cameldataverse.changes.lab.crash;

import java.util.EnumMap;
import java.util.Map;

/** How many readers died inside their walks, and what was repeated, by the kind of walk. */
final class CrashFigures {

    /** @param most in one walk, which may die twice */
    private record Sum(int deaths, int repeated, int most) {

        private Sum with(int newDeaths, int newRepeated) {
            return new Sum(deaths + newDeaths, repeated + newRepeated, Math.max(most, newRepeated));
        }

        @Override
        public String toString() {
            return deaths + " died, " + repeated + " repeated, at most " + most + " in a walk";
        }
    }

    private final Map<CrashScenario.Kind, Sum> sums = new EnumMap<>(CrashScenario.Kind.class);
    private int walks;

    /** A walk has come to its end behind so many deaths. */
    void add(CrashScenario.Kind kind, int deaths, int repeated) {
        walks++;
        sums.put(kind, sums.getOrDefault(kind, new Sum(0, 0, 0)).with(deaths, repeated));
    }

    int walks() {
        return walks;
    }

    @Override
    public String toString() {
        return sums.values().stream().mapToInt(Sum::deaths).sum() + " in " + walks + " walks: " + sums;
    }
}
