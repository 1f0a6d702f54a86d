package io.github.cameldataverse.changes.orgservice;

/** The namespaces of the Organization Service (its contract; WSDL of Organization.svc). */
final class Names {

    static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    static final String SERVICES = "http://schemas.microsoft.com/xrm/2011/Contracts/Services";
    static final String CONTRACTS = "http://schemas.microsoft.com/xrm/2011/Contracts";
    static final String CHANGES = "http://schemas.microsoft.com/xrm/7.1/Contracts";
    static final String PAIRS = "http://schemas.datacontract.org/2004/07/System.Collections.Generic";
    static final String SCHEMA = "http://www.w3.org/2001/XMLSchema";
    static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    static final String SERIALIZATION = "http://schemas.microsoft.com/2003/10/Serialization/";
    static final String ARRAYS = "http://schemas.microsoft.com/2003/10/Serialization/Arrays";

    private Names() {}
}
