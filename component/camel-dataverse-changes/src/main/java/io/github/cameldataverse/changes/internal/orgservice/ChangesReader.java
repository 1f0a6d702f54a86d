package io.github.cameldataverse.changes.internal.orgservice;

import io.github.cameldataverse.changes.api.ServiceFault;
import io.github.cameldataverse.changes.change.Change;
import io.github.cameldataverse.changes.internal.http.answer.Body;
import io.github.cameldataverse.changes.internal.orgservice.row.PageContext;
import io.github.cameldataverse.changes.internal.orgservice.xml.Envelope;
import io.github.cameldataverse.changes.internal.orgservice.xml.KeyValuePairs;
import io.github.cameldataverse.changes.internal.orgservice.xml.Namespaces;
import io.github.cameldataverse.changes.internal.orgservice.xml.XmlCursor;
import io.github.cameldataverse.changes.internal.source.MalformedPageException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.namespace.QName;

/** Reads the answer to RetrieveEntityChanges, to its last byte. For one answer. */
final class ChangesReader {

    private static final QName ENTITY_CHANGES = new QName(Namespaces.CHANGES, "BusinessEntityChanges");

    private final XmlCursor xml;
    private final Envelope envelope;
    private final ItemReader items;
    private final Set<String> seen = new HashSet<>();
    private boolean fault;
    private boolean listed;
    private boolean more;
    private String cookie = "";
    private String token = "";

    /**
     * A page read to its end.
     *
     * @param changes its rows and tombstones
     * @param listed whether it lists its changes, be it that there are none, and does not leave them out as nil
     * @param more whether the round goes on
     * @param cookie where it goes on; empty if the service did not say
     * @param token where the next round starts; empty if the service did not say
     */
    record ServedPage(List<Change> changes, boolean listed, boolean more, String cookie, String token) {}

    private ChangesReader(XmlCursor xml, PageContext context) {
        this.xml = xml;
        this.envelope = new Envelope(xml);
        this.items = new ItemReader(xml, context);
    }

    /** The page; empty if the body holds a fault instead, which a gateway may send with status 200. */
    static Optional<ServedPage> read(Body body, PageContext context) throws MalformedPageException, ServiceFault {
        return new ChangesReader(XmlCursor.of(body, context.limits().maxTextLength()), context).page();
    }

    private Optional<ServedPage> page() throws MalformedPageException, ServiceFault {
        envelope.read(this::content);
        if (fault) {
            return Optional.empty();
        }
        if (!seen.containsAll(Set.of("Changes", "MoreRecords"))) {
            throw new MalformedPageException("The answer has no changes, or does not say whether there are more");
        }
        return Optional.of(new ServedPage(items.changes(), listed, more, cookie, token));
    }

    private void content() throws MalformedPageException, ServiceFault {
        fault |= envelope.isFault();
        if (xml.is(Namespaces.SERVICES, "ExecuteResponse")) {
            envelope.inside(Namespaces.SERVICES, "ExecuteResult", this::result);
        }
    }

    private void result() throws MalformedPageException, ServiceFault {
        if (xml.is(Namespaces.CONTRACTS, "Results")) {
            new KeyValuePairs(xml).each(key -> {
                if (key.equals("EntityChanges")) {
                    entityChanges();
                }
            });
        }
    }

    private void entityChanges() throws MalformedPageException, ServiceFault {
        if (!xml.type().equals(ENTITY_CHANGES)) {
            throw new MalformedPageException("The changes of the answer are of a kind that is not known");
        }
        xml.children(this::member);
    }

    private void member() throws MalformedPageException, ServiceFault {
        xml.begin();
        String name = xml.nameIn(Namespaces.CHANGES);
        if (!name.isEmpty() && !seen.add(name)) {
            throw new MalformedPageException("The answer has the member " + name + " twice");
        }
        switch (name) {
            case "Changes" -> {
                listed = !xml.isNil();
                xml.children(items::read);
            }
            case "DataToken" -> token = xml.textOrEmpty();
            case "MoreRecords" -> more = yesNo(xml.text());
            case "PagingCookie" -> cookie = xml.textOrEmpty();
            default -> {
                // The version of the definitions, and counts that are not needed.
            }
        }
    }

    private static boolean yesNo(String text) throws MalformedPageException {
        return switch (text.strip()) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new MalformedPageException("The answer does not say whether there are more records");
        };
    }
}
