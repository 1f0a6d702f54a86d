package io.github.cameldataverse.changes.testkit.table;

/** Where the rows of a table are kept, as the property {@code TableType} of its definition tells. */
public enum TableType {
    /** In the database of the organization. */
    STANDARD("Standard"),
    /** In a store that divides the rows by a partition id: the primary id alone does not name a row there. */
    ELASTIC("Elastic"),
    /** In another system, which is asked for them. */
    VIRTUAL("Virtual");

    private final String text;

    TableType(String text) {
        this.text = text;
    }

    /** As the definition has it, for example {@code Standard}. */
    public String text() {
        return text;
    }
}
