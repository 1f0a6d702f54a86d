package io.github.cameldataverse.changes.testkit.internal.xml;

/** The namespaces of the Organization Service, each with the prefix that the platform usually writes. */
public enum SoapNamespace {
    /** No namespace: the children of a SOAP fault. */
    NONE("", ""),
    SOAP("s", "http://schemas.xmlsoap.org/soap/envelope/"),
    SERVICES("", "http://schemas.microsoft.com/xrm/2011/Contracts/Services"),
    CONTRACTS("a", "http://schemas.microsoft.com/xrm/2011/Contracts"),
    /** The namespace of the messages that the service had from the beginning. */
    CRM_CONTRACTS("g", "http://schemas.microsoft.com/crm/2011/Contracts"),
    /** The namespace of the definitions of tables. */
    METADATA("h", "http://schemas.microsoft.com/xrm/2011/Metadata"),
    /** The namespace of several choices; the value of each of them is of {@link #CONTRACTS} again. */
    CONTRACTS_9("n", "http://schemas.microsoft.com/xrm/9.0/Contracts"),
    /** The namespace of the changes only. */
    CHANGES("o", "http://schemas.microsoft.com/xrm/7.1/Contracts"),
    COLLECTIONS("b", "http://schemas.datacontract.org/2004/07/System.Collections.Generic"),
    /** The types of plain values. */
    SCHEMA("c", "http://www.w3.org/2001/XMLSchema"),
    /** The types that XML Schema lacks: guid, duration. */
    SERIALIZATION("e", "http://schemas.microsoft.com/2003/10/Serialization/"),
    ARRAYS("f", "http://schemas.microsoft.com/2003/10/Serialization/Arrays"),
    INSTANCE("i", "http://www.w3.org/2001/XMLSchema-instance"),
    /** Faults of the layer below the service. */
    DISPATCHER("d", "http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher");

    private final String usualPrefix;
    private final String uri;

    SoapNamespace(String usualPrefix, String uri) {
        this.usualPrefix = usualPrefix;
        this.uri = uri;
    }

    /** The prefix that the platform usually writes; empty for the default namespace. */
    public String usualPrefix() {
        return usualPrefix;
    }

    public String uri() {
        return uri;
    }
}
