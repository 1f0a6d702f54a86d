package io.github.cameldataverse.changes.internal.orgservice.xml;

/** The namespaces of the Organization Service (its contract; WSDL of Organization.svc). */
public final class Namespaces {

    public static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    public static final String SERVICES = "http://schemas.microsoft.com/xrm/2011/Contracts/Services";
    public static final String CONTRACTS = "http://schemas.microsoft.com/xrm/2011/Contracts";
    /** Of several choices; the value of each of them is of {@link #CONTRACTS} again. */
    public static final String CONTRACTS_9 = "http://schemas.microsoft.com/xrm/9.0/Contracts";

    public static final String CHANGES = "http://schemas.microsoft.com/xrm/7.1/Contracts";
    public static final String PAIRS = "http://schemas.datacontract.org/2004/07/System.Collections.Generic";
    public static final String SCHEMA = "http://www.w3.org/2001/XMLSchema";
    public static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    public static final String SERIALIZATION = "http://schemas.microsoft.com/2003/10/Serialization/";
    public static final String ARRAYS = "http://schemas.microsoft.com/2003/10/Serialization/Arrays";

    private Namespaces() {}
}
