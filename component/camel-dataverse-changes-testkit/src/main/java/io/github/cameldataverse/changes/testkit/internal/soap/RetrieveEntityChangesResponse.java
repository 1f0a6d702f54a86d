package io.github.cameldataverse.changes.testkit.internal.soap;

import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.CHANGES;
import static io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace.CONTRACTS;

import io.github.cameldataverse.changes.testkit.internal.organization.StoredRow;
import io.github.cameldataverse.changes.testkit.internal.organization.Tombstone;
import io.github.cameldataverse.changes.testkit.internal.tracking.TrackedPage;
import io.github.cameldataverse.changes.testkit.internal.xml.XmlWriter;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a RetrieveEntityChangesResponse: its BusinessEntityChanges hold an item for each row, then one for each tombstone.
 *
 * @param page the changes
 * @param entities writes the rows
 * @param changes how the list of changes is written
 * @param metadataVersion of the definitions, if it was asked for
 */
record RetrieveEntityChangesResponse(
        TrackedPage page, EntityWriter entities, ListOfChanges changes, Optional<String> metadataVersion) {
    /** How the list of changes is written. */
    enum ListOfChanges {
        PRESENT,
        /** There are no changes, and {@code nil} says so instead of an empty list. */
        ABSENT
    }

    void write(XmlWriter xml) {
        new OrganizationResponse(CONTRACTS, RetrieveEntityChangesRequest.NAME)
                .write(xml, Map.of("EntityChanges", this::writeValue));
    }

    private void writeValue(XmlWriter xml) {
        xml.declare(CHANGES).type(CHANGES, "BusinessEntityChanges");
        writeChanges(xml);
        orAbsent(xml, "DataToken", page.dataToken());
        orAbsent(xml, "GlobalMetadataVersion", metadataVersion);
        xml.leaf(CHANGES, "MoreRecords", Boolean.toString(page.pagingCookie().isPresent()));
        orAbsent(xml, "PagingCookie", page.pagingCookie());
        xml.leaf(CHANGES, "RecordCountLessThanMarv", "0");
    }

    private void writeChanges(XmlWriter xml) {
        if (changes == ListOfChanges.ABSENT) {
            xml.absent(CHANGES, "Changes");
            return;
        }
        xml.open(CHANGES, "Changes");
        page.rows().forEach(row -> writeUpsert(xml, row));
        page.tombstones().forEach(tombstone -> writeDeletion(xml, tombstone));
        xml.close();
    }

    private void writeUpsert(XmlWriter xml, StoredRow row) {
        xml.open(CHANGES, "anyType").type(CHANGES, "NewOrUpdatedItem");
        xml.open(CHANGES, "NewOrUpdatedEntity");
        entities.write(xml, row);
        xml.close().leaf(CHANGES, "Type", "NewOrUpdated").close();
    }

    /** The {@code Type} is {@code RemoveOrDeleted}, although the class is {@code RemovedOrDeletedItem}. */
    private void writeDeletion(XmlWriter xml, Tombstone tombstone) {
        xml.open(CHANGES, "anyType").type(CHANGES, "RemovedOrDeletedItem");
        xml.open(CHANGES, "RemovedItem");
        Optional<String> version = Optional.of(TrackedPage.stamp(tombstone));
        EntityReferenceWriter.write(xml, tombstone.id(), entities.table(), Optional.empty(), version);
        xml.close().leaf(CHANGES, "Type", "RemoveOrDeleted").close();
    }

    private static void orAbsent(XmlWriter xml, String member, Optional<String> text) {
        text.ifPresentOrElse(present -> xml.leaf(CHANGES, member, present), () -> xml.absent(CHANGES, member));
    }
}
