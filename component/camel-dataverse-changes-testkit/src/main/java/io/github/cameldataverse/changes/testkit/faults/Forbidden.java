package io.github.cameldataverse.changes.testkit.faults;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.http.ServiceRequest;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusal;
import java.util.function.Supplier;

/** The caller may not follow the changes of whole tables: 403 with 0x80040220. */
public record Forbidden() implements Fault {
    @Override
    public ServiceResponse inject(ServiceRequest request, Supplier<ServiceResponse> proper) {
        return new ServiceRefusal(
                        403,
                        ErrorCodes.PRIVILEGE_DENIED,
                        "SecLib::CheckPrivilege failed. User: 9f0f4d6a-7c1b-ec11-b6e6-000d3a8a1b2c, PrivilegeName:"
                                + " prvReadAccount, PrivilegeId: 886b280c-6396-4d56-a0a3-2c1b0a50ceb0, Required Depth: Global,"
                                + " BusinessUnitId: 38e0dbe4-131b-e111-ba7e-78e7d1620f5e, MetadataCache Privileges Count: 7356,"
                                + " User Privileges Count: 586")
                .to(request);
    }
}
