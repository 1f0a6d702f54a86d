package io.github.cameldataverse.changes.testkit.internal.soap;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.internal.xml.SoapNamespace;
import io.github.cameldataverse.changes.testkit.internal.xml.XmlElement;
import java.util.List;
import java.util.Optional;

/**
 * The requested page. With a cookie it is the page that the cookie leads to, whatever its number.
 *
 * @param count changes in a page, 0 for as many as possible
 * @param cookie of the page before
 */
record PagingInfo(int count, Optional<String> cookie) {
    static final PagingInfo NONE = new PagingInfo(0, Optional.empty());

    private static final List<String> IN_ORDER =
            List.of("Count", "PageNumber", "PagingCookie", "ReturnTotalRecordCount");

    static PagingInfo of(XmlElement pagingInfo) {
        DataContractMembers members = new DataContractMembers(pagingInfo, SoapNamespace.CONTRACTS, IN_ORDER);
        Optional<String> cookie = members.value("PagingCookie");
        if (number(members, "PageNumber") > 1 && cookie.isEmpty()) {
            throw new ServiceRefusalException(
                    500,
                    ErrorCodes.NO_PAGING_COOKIE,
                    "Paging cookie is required when trying to retrieve a set of records on any high pages.");
        }
        return new PagingInfo(number(members, "Count"), cookie);
    }

    private static int number(DataContractMembers members, String name) {
        try {
            return members.value(name).map(Integer::parseInt).orElse(0);
        } catch (NumberFormatException unfit) {
            throw MalformedSoapException.malformed(
                    "'" + members.value(name).orElse("") + "' is no number for " + name + ".");
        }
    }
}
