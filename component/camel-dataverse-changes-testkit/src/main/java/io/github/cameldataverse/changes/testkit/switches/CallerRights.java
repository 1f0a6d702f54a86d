package io.github.cameldataverse.changes.testkit.switches;

/** The privileges of the caller. */
public enum CallerRights {
    /** Read whole tables, which change tracking requires. */
    ORGANIZATION_READ,
    /** Read own rows only: ordinary queries answer, tracked ones are refused. */
    USER_READ,
    /** Read nothing. */
    NO_READ,
    /** Not a user of this environment at all. */
    NOT_A_MEMBER
}
