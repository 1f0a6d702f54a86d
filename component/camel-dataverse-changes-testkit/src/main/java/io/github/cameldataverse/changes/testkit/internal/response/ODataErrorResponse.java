package io.github.cameldataverse.changes.testkit.internal.response;

import static io.github.cameldataverse.changes.testkit.internal.json.JsonText.quote;

import io.github.cameldataverse.changes.testkit.http.ResponseBody;
import io.github.cameldataverse.changes.testkit.http.ServiceResponse;

/** Errors in the format of the Web API: {@code {"error":{"code":"0x…","message":"…"}}}. */
public final class ODataErrorResponse {
    static final String ANNOTATION = "Microsoft.PowerApps.CDS.HelpLink";

    private ODataErrorResponse() {}

    /** An error without annotations. */
    public static ServiceResponse answer(int status, String code, String message) {
        return RequestId.on(ServiceResponse.json(status, ResponseBody.of(open(code, message) + "}}")));
    }

    static ServiceResponse annotated(int status, String code, String message) {
        String extra = ",\"@Microsoft.PowerApps.CDS.ErrorDetails.OperationStatus\":\"0\""
                + ",\"@Microsoft.PowerApps.CDS.ErrorDetails.SubErrorCode\":\"2\""
                + ",\"@" + ANNOTATION + "\":"
                + quote("http://go.microsoft.com/fwlink/?LinkID=398563&error=Microsoft.Crm.CrmException%3a" + code)
                + ",\"@Microsoft.PowerApps.CDS.TraceText\":" + quote(message)
                + ",\"@Microsoft.PowerApps.CDS.InnerError.Message\":" + quote(message);
        return RequestId.on(ServiceResponse.json(status, ResponseBody.of(open(code, message) + extra + "}}")));
    }

    private static String open(String code, String message) {
        return "{\"error\":{\"code\":" + quote(code) + ",\"message\":" + quote(message);
    }
}
