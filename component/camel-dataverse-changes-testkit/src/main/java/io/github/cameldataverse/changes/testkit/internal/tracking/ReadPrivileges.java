package io.github.cameldataverse.changes.testkit.internal.tracking;

import io.github.cameldataverse.changes.testkit.http.ErrorCodes;
import io.github.cameldataverse.changes.testkit.internal.response.ServiceRefusalException;
import io.github.cameldataverse.changes.testkit.switches.CallerRights;
import io.github.cameldataverse.changes.testkit.switches.Switch;
import io.github.cameldataverse.changes.testkit.switches.Switches;
import io.github.cameldataverse.changes.testkit.switches.UntrackedTable;
import io.github.cameldataverse.changes.testkit.table.TableSchema;

/** Checks whether the caller may read a table, and may track its changes, which needs more privileges. */
public record ReadPrivileges(Switches switches, TableSchema table) {
    private static final String USER = "9f0f4d6a-7c1b-ec11-b6e6-000d3a8a1b2c";
    private static final String PRIVILEGE = "886b280c-6396-4d56-a0a3-2c1b0a50ceb0";
    private static final String BUSINESS_UNIT = "38e0dbe4-131b-e111-ba7e-78e7d1620f5e";

    public void requireRead() {
        CallerRights rights = switches.get(Switch.CALLER);
        if (rights == CallerRights.NOT_A_MEMBER) {
            throw denied("The user is not a member of the organization.");
        }
        if (rights == CallerRights.NO_READ) {
            throw denied(missing());
        }
    }

    private void requireTracking() {
        requireRead();
        if (switches.get(Switch.CALLER) == CallerRights.USER_READ) {
            throw denied("SecLib::CheckPrivilege failed. User: " + USER + ", PrivilegeName: " + privilege()
                    + ", PrivilegeId: " + PRIVILEGE + ", Required Depth: Global, BusinessUnitId: " + BUSINESS_UNIT
                    + ", MetadataCache Privileges Count: 7356, User Privileges Count: 586");
        }
    }

    /** Checks that the caller may track changes and that the table is enabled for change tracking. */
    public void requireTracked() {
        requireTracking();
        if (!table.tracked() && switches.get(Switch.NOT_TRACKED) == UntrackedTable.REFUSED) {
            throw new ServiceRefusalException(
                    400,
                    ErrorCodes.NOT_TRACKED,
                    "Entity " + table.logicalName() + " isn't enabled for change tracking.");
        }
    }

    private String missing() {
        return "Principal user (Id=" + USER + ", type=8, roleCount=4, privilegeCount=783, accessMode=0), is missing "
                + privilege() + " privilege (Id=" + PRIVILEGE + ") on OTC=1 for entity '" + table.logicalName()
                + "' (LocalizedName='" + table.schemaName() + "'). context.Caller=" + USER;
    }

    private String privilege() {
        return "prvRead" + table.schemaName();
    }

    private static ServiceRefusalException denied(String message) {
        return new ServiceRefusalException(403, ErrorCodes.PRIVILEGE_DENIED, message);
    }
}
