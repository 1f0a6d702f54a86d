package io.github.cameldataverse.changes.testkit.internal.soap;

import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.CONTRACTS;

import io.github.cameldataverse.changes.testkit.internal.xml.XmlWriter;
import java.util.Optional;

/** Writes the members of an EntityReference, which lookups and tombstones consist of. */
final class EntityReferenceWriter {
    private EntityReferenceWriter() {}

    static void write(XmlWriter xml, String id, String table, Optional<String> name, Optional<String> rowVersion) {
        xml.leaf(CONTRACTS, "Id", id);
        xml.empty(CONTRACTS, "KeyAttributes");
        xml.leaf(CONTRACTS, "LogicalName", table);
        orAbsent(xml, "Name", name);
        orAbsent(xml, "RowVersion", rowVersion);
    }

    private static void orAbsent(XmlWriter xml, String member, Optional<String> text) {
        text.ifPresentOrElse(present -> xml.leaf(CONTRACTS, member, present), () -> xml.absent(CONTRACTS, member));
    }
}
