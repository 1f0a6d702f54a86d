package io.github.cameldataverse.changes.testkit.wire;

import io.github.cameldataverse.changes.testkit.xml.Namespace;
import io.github.cameldataverse.changes.testkit.xml.XmlElement;
import io.github.cameldataverse.changes.testkit.xml.XmlReader;
import java.util.Optional;

/** What is asked of the Organization Service, and not of the Web API. */
public final class Soap {
    /** Where the Organization Service is, for clients with a bearer token. */
    public static final String PATH = "/XRMServices/2011/Organization.svc/web";

    static final String CONTENT_TYPE = "text/xml; charset=utf-8";

    private Soap() {}

    /** Whether this asks the Organization Service. */
    public static boolean isMeantBy(Question question) {
        return question.path().equalsIgnoreCase(PATH);
    }

    /** The paging cookie that the question carries. */
    public static Optional<String> pagingCookie(Question question) {
        return XmlReader.read(question.body())
                .flatMap(envelope -> envelope.find(Namespace.CONTRACTS, "PagingCookie"))
                .flatMap(XmlElement::value);
    }

    /** An answer in XML. */
    public static Answer answer(int status, Body body) {
        return Answer.status(status).header("Content-Type", CONTENT_TYPE).body(body);
    }
}
