package io.github.cameldataverse.changes.lab.model;

/**
 * What a walk is made of, by its seed.
 *
 * @param store where the tokens are
 * @param api which one the readers ask
 * @param knownIds whether the readers keep the ids of what they have offered
 * @param records how many there are before the first step: up to three pages
 */
record ModelWorld(ModelStore.Kind store, String api, boolean knownIds, int records) {

    private static final int MOST_RECORDS = 3 * ModelReader.PAGE;

    /** Each kind of store meets each API, with known ids and without. */
    static ModelWorld of(long seed) {
        ModelStore.Kind[] kinds = ModelStore.Kind.values();
        long rest = seed / kinds.length;
        return new ModelWorld(
                kinds[(int) (seed % kinds.length)],
                rest % 2 == 0 ? "webApi" : "organizationService",
                rest / 2 % 2 == 1,
                (int) (seed % (MOST_RECORDS + 1)));
    }

    /** What readers of it are asked for beyond the rest. */
    String options() {
        return "&knownIds=" + knownIds + (store.isTransactional() ? "&manualCommit=true" : "");
    }
}
