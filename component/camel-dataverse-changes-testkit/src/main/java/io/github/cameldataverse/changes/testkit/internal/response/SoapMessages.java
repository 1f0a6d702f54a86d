package io.github.cameldataverse.changes.testkit.internal.response;

import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace;
import io.github.cameldataverse.changes.testkit.internal.xml.XmlElement;
import io.github.cameldataverse.changes.testkit.internal.xml.XmlReader;
import java.util.Optional;

/** The messages of the Organization Service over HTTP. */
public final class SoapMessages {
    /** The path of the Organization Service for clients with a bearer token. */
    public static final String PATH = "/XRMServices/2011/Organization.svc/web";

    static final String CONTENT_TYPE = "text/xml; charset=utf-8";

    private SoapMessages() {}

    /** Whether a request is for the Organization Service. */
    public static boolean isFor(ServiceRequest request) {
        return request.path().equalsIgnoreCase(PATH);
    }

    /** The paging cookie in a request. */
    public static Optional<String> pagingCookie(ServiceRequest request) {
        return XmlReader.read(request.body())
                .flatMap(envelope -> envelope.find(SoapNamespace.CONTRACTS, "PagingCookie"))
                .flatMap(XmlElement::value);
    }

    /** A response in XML. */
    public static ServiceResponse answer(int status, ResponseBody body) {
        return ServiceResponse.status(status)
                .header("Content-Type", CONTENT_TYPE)
                .body(body);
    }
}
