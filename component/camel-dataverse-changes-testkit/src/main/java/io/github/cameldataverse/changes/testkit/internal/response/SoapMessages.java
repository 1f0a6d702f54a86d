package io.github.cameldataverse.changes.testkit.internal.response;

import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace;
import io.github.cameldataverse.changes.testkit.internal.xml.XmlElement;
import io.github.cameldataverse.changes.testkit.internal.xml.XmlReader;
import java.util.Optional;

/** What is asked of the Organization Service, and not of the Web API. */
public final class SoapMessages {
    /** Where the Organization Service is, for clients with a bearer token. */
    public static final String PATH = "/XRMServices/2011/Organization.svc/web";

    static final String CONTENT_TYPE = "text/xml; charset=utf-8";

    private SoapMessages() {}

    /** Whether this asks the Organization Service. */
    public static boolean isMeantBy(ServiceRequest question) {
        return question.path().equalsIgnoreCase(PATH);
    }

    /** The paging cookie that the question carries. */
    public static Optional<String> pagingCookie(ServiceRequest question) {
        return XmlReader.read(question.body())
                .flatMap(envelope -> envelope.find(SoapNamespace.CONTRACTS, "PagingCookie"))
                .flatMap(XmlElement::value);
    }

    /** An answer in XML. */
    public static ServiceResponse answer(int status, ResponseBody body) {
        return ServiceResponse.status(status)
                .header("Content-Type", CONTENT_TYPE)
                .body(body);
    }
}
