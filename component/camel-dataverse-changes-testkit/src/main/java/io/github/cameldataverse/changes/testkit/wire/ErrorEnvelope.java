package io.github.cameldataverse.changes.testkit.wire;

import static io.github.cameldataverse.changes.testkit.json.JsonText.quote;

/** Errors as the platform puts them: {@code {"error":{"code":"0x…","message":"…"}}}. */
public final class ErrorEnvelope {
    static final String ANNOTATION = "Microsoft.PowerApps.CDS.HelpLink";

    private ErrorEnvelope() {}

    /** An error. */
    public static Answer answer(int status, String code, String message) {
        return Answer.json(status, Body.of(open(code, message) + "}}"));
    }

    static Answer annotated(int status, String code, String message) {
        String extra = ",\"@Microsoft.PowerApps.CDS.ErrorDetails.OperationStatus\":\"0\""
                + ",\"@Microsoft.PowerApps.CDS.ErrorDetails.SubErrorCode\":\"2\""
                + ",\"@" + ANNOTATION + "\":"
                + quote("http://go.microsoft.com/fwlink/?LinkID=398563&error=Microsoft.Crm.CrmException%3a" + code)
                + ",\"@Microsoft.PowerApps.CDS.TraceText\":" + quote(message)
                + ",\"@Microsoft.PowerApps.CDS.InnerError.Message\":" + quote(message);
        return Answer.json(status, Body.of(open(code, message) + extra + "}}"));
    }

    private static String open(String code, String message) {
        return "{\"error\":{\"code\":" + quote(code) + ",\"message\":" + quote(message);
    }
}
