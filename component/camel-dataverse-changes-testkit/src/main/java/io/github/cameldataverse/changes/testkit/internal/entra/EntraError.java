package io.github.cameldataverse.changes.testkit.internal.entra;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;

/**
 * An error response of Microsoft Entra.
 *
 * @param status HTTP status
 * @param error the OAuth error code
 * @param number the AADSTS error number
 * @param text the error description
 */
record EntraError(int status, String error, int number, String text) {
    private static final String TRACE = "6a1b6f0e-2d0c-4a53-9a3e-0f5b7c1d2e00";

    static EntraError unknownTenant(String tenant) {
        return new EntraError(
                400,
                "invalid_request",
                90002,
                "Tenant '" + tenant + "' not found. Check to make sure you have the correct"
                        + " tenant ID and are signing into the correct cloud.");
    }

    static EntraError unsupportedGrant() {
        return new EntraError(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
    }

    static EntraError unknownClient(String id) {
        return new EntraError(
                400,
                "unauthorized_client",
                700016,
                "Application with identifier '" + id + "' was not found in the directory.");
    }

    static EntraError wrongSecret(String id) {
        return new EntraError(
                401,
                "invalid_client",
                7000215,
                "Invalid client secret provided. Ensure the secret being sent in the request"
                        + " is the client secret value, not the client secret ID, for a secret added to app '" + id
                        + "'.");
    }

    static EntraError noAssertion() {
        return new EntraError(
                401,
                "invalid_client",
                7000218,
                "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
    }

    static EntraError unknownKey(String thumbprint) {
        return new EntraError(
                401,
                "invalid_client",
                700027,
                "The certificate with identifier used to sign the client assertion is not registered on application."
                        + " [Reason - The key was not found., Thumbprint of key used by client: '" + thumbprint
                        + "']");
    }

    static EntraError wrongIssuer() {
        return new EntraError(
                401,
                "invalid_client",
                700021,
                "Client assertion application identifier doesn't match 'client_id' parameter.");
    }

    static EntraError wrongAudience() {
        return new EntraError(
                401, "invalid_client", 700023, "Client assertion audience claim does not match Realm issuer.");
    }

    static EntraError outOfTime() {
        return new EntraError(401, "invalid_client", 700024, "Client assertion is not within its valid time range.");
    }

    static EntraError unknownSubject(String issuer, String subject, String audience) {
        return new EntraError(
                401,
                "invalid_client",
                70021,
                "No matching federated identity record found for presented assertion. Assertion Issuer: '" + issuer
                        + "'. Assertion Subject: '" + subject + "'. Assertion Audience: '" + audience + "'.");
    }

    static EntraError invalidScope(String scope) {
        return new EntraError(
                400,
                "invalid_scope",
                1002012,
                "The provided value for scope " + scope + " is not valid. Client credential"
                        + " flows must have a scope value with /.default suffixed to the resource identifier.");
    }

    static EntraError unknownResource(String resource) {
        return new EntraError(
                400,
                "invalid_resource",
                500011,
                "The resource principal named "
                        + resource.substring(0, resource.length() - ".default".length() - 1)
                        + " was not found in the tenant.");
    }

    ServiceResponse answer() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("error", error)
                .put("error_description", "AADSTS" + number + ": " + text + " Trace ID: " + TRACE);
        json.putArray("error_codes").add(number);
        json.put("timestamp", "2026-01-01 00:00:00Z").put("trace_id", TRACE).put("correlation_id", TRACE);
        return ServiceResponse.status(status)
                .header("Content-Type", "application/json; charset=utf-8")
                .body(ResponseBody.of(json.toString()));
    }
}
