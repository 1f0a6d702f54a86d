package io.github.cameldataverse.changes.internal.orgservice;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.change.Delete;
import io.github.cameldataverse.changes.change.Row;
import io.github.cameldataverse.changes.change.Upsert;
import io.github.cameldataverse.changes.change.Version;
import io.github.cameldataverse.changes.internal.orgservice.row.EntityReader;
import io.github.cameldataverse.changes.internal.orgservice.row.PageContext;
import io.github.cameldataverse.changes.internal.orgservice.row.RowWriter;
import io.github.cameldataverse.changes.internal.orgservice.row.ServedEntity;
import io.github.cameldataverse.changes.internal.orgservice.xml.Namespaces;
import io.github.cameldataverse.changes.internal.orgservice.xml.XmlCursor;
import io.github.cameldataverse.changes.internal.source.HeaderText;
import io.github.cameldataverse.changes.internal.source.MalformedPageException;
import io.github.cameldataverse.changes.internal.source.PageLimits;
import java.util.ArrayList;
import java.util.List;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** Reads the changes of a page, one after the other. */
final class ItemReader {

    private static final QName NEW_OR_UPDATED = new QName(Namespaces.CHANGES, "NewOrUpdatedItem");
    private static final QName REMOVED_OR_DELETED = new QName(Namespaces.CHANGES, "RemovedOrDeletedItem");

    private final XmlCursor xml;
    private final PageContext context;
    private final RowWriter rows;
    private final List<Change> changes = new ArrayList<>();
    private long bytes;

    ItemReader(XmlCursor xml, PageContext context) {
        this.xml = xml;
        this.context = context;
        this.rows = new RowWriter(context.query(), context.table());
    }

    List<Change> changes() {
        return changes;
    }

    /** Reads the current item. One of a kind that is not known must not be passed over. */
    void read() throws MalformedPageException, ServiceFault {
        xml.begin();
        QName type = xml.type();
        if (changes.size() == PageLimits.MOST_CHANGES) {
            throw new MalformedPageException("The answer has more than " + PageLimits.MOST_CHANGES + " changes");
        }
        if (type.equals(NEW_OR_UPDATED)) {
            changes.add(upsert(entity("NewOrUpdatedEntity")));
        } else if (type.equals(REMOVED_OR_DELETED)) {
            changes.add(delete(entity("RemovedItem")));
        } else {
            throw new MalformedPageException("Change " + changes.size() + " is of a kind that is not known");
        }
    }

    private ServedEntity entity(String member) throws MalformedPageException, ServiceFault {
        List<ServedEntity> found = new ArrayList<>(1);
        xml.children(() -> {
            if (xml.is(Namespaces.CHANGES, member)) {
                found.add(entity());
            }
        });
        if (found.size() != 1) {
            throw new MalformedPageException("Change " + changes.size() + " has not one " + member);
        }
        return ofTheTable(found.get(0));
    }

    private ServedEntity entity() throws MalformedPageException, ServiceFault {
        try {
            return new EntityReader(xml, context).read();
        } catch (MalformedPageException e) {
            throw e.at("Change " + changes.size());
        }
    }

    private ServedEntity ofTheTable(ServedEntity entity) throws MalformedPageException {
        String table = entity.table();
        if (table != null && !table.equals(context.table().logicalName())) {
            throw new MalformedPageException("Change " + changes.size() + " is one of another table");
        }
        return entity;
    }

    private Change upsert(ServedEntity entity) throws MalformedPageException, ServiceFault {
        Row row = bounded(rows.row(entity));
        @Nullable String etag = HeaderText.etag(entity.etag());
        return new Upsert(entity.id(), etag, Version.of(etag, row), row);
    }

    private Change delete(ServedEntity entity) throws MalformedPageException {
        Row row = bounded(rows.tombstone(entity.id(), Delete.DELETED));
        return new Delete(entity.id(), Delete.DELETED, context.round(), 0, row);
    }

    /** A column without a value adds no bytes to the answer, but it does to the row. */
    private Row bounded(Row row) throws MalformedPageException {
        bytes += row.length();
        if (row.length() > context.limits().maxRowBytes()) {
            throw new MalformedPageException("Row " + changes.size() + " is larger than "
                    + context.limits().maxRowBytes() + " bytes (maxRowBytes)");
        }
        if (bytes > context.limits().maxPageBytes()) {
            throw new MalformedPageException(
                    "The rows are larger than " + context.limits().maxPageBytes()
                            + " bytes; ask for smaller pages with maxPageSize, or allow larger ones with maxPageBytes");
        }
        return row;
    }
}
