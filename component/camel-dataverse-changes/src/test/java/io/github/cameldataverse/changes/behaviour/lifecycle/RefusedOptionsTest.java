package io.github.cameldataverse.changes.behaviour.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.cameldataverse.changes.auth.AccessToken;
import io.github.cameldataverse.changes.auth.AccessTokenProvider;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.ProvesSentence;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.time.Instant;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.idempotent.jdbc.JdbcOrphanLockAwareIdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each bad option, given in a route as a user gives it, is refused at the start with one sentence. */
class RefusedOptionsTest {

    private static final String GOOD = "&organizationUrl=https://contoso.example&accessToken=t";
    private static final String EXAMPLE = "; for example https://contoso.crm4.dynamics.com";

    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    @Test
    void aGoodRouteIsNotRefused() {
        assertThat(sentence("account?startFrom=initial" + GOOD)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | is missing",
                "&organizationUrl= | is missing",
                "&organizationUrl=contoso.crm4.dynamics.com | must begin with https://",
                "&organizationUrl=//contoso.example | must begin with https://",
                "&organizationUrl=/api/data | must begin with https://",
                "&organizationUrl=ftp://contoso.example | must begin with https://",
                "&organizationUrl=https:contoso.example | must name a host of letters, digits, dots and hyphens",
                "&organizationUrl=https://contoso_x.example | must name a host of letters, digits, dots and hyphens",
                "&organizationUrl=https:// | is no address",
                "&organizationUrl=RAW(https://con toso.example) | is no address",
                "&organizationUrl=https://user:password@contoso.example | must not hold a user name or a password",
                "&organizationUrl=https://contoso.example/api/data/v9.2 | must be scheme, host and port alone, without path or query",
                "&organizationUrl=RAW(https://contoso.example?x=1) | must be scheme, host and port alone, without path or query",
                "&organizationUrl=RAW(https://contoso.example/#x) | must be scheme, host and port alone, without path or query",
                "&organizationUrl=http://contoso.example | PLAIN",
                "&organizationUrl=http://localhost:8080 | PLAIN",
                "&organizationUrl=http://contoso.example&allowInsecure=true | PLAIN",
                "&organizationUrl=http://192.168.0.1&allowInsecure=true | PLAIN",
                "&organizationUrl=http://127.0.0.1.evil.example&allowInsecure=true | PLAIN",
                "&organizationUrl=http://localhost.evil.example&allowInsecure=true | PLAIN",
                "&organizationUrl=http://0.0.0.0&allowInsecure=true | PLAIN"
            })
    @ProvesFault("S5")
    void anOrganizationMustBeAnHttpsOrigin(String option, String sentence) {
        String plain = "must begin with https://. Plain http is only for a simulator on this machine, with"
                + " allowInsecure=true";

        assertThat(sentence("account?accessToken=t" + option))
                .isEqualTo("The option organizationUrl " + sentence.replace("PLAIN", plain) + EXAMPLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://contoso.example/",
                "https://contoso.example:8443",
                "http://localhost:1&allowInsecure=true",
                "http://127.0.0.1:1&allowInsecure=true",
                "http://[::1]:1&allowInsecure=true"
            })
    void anOriginOrALoopbackIsTaken(String url) {
        assertThat(sentence("account?accessToken=t&organizationUrl=" + url)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "additionalOrigins=https://contoso.example/api | The option additionalOrigins must be scheme, host and port alone, without path or query",
                "additionalOrigins=https://one.example,two.example | The option additionalOrigins must begin with https://",
                "additionalOrigins=https://one.example,,https://two.example | The option additionalOrigins is missing",
                "authority=login.microsoftonline.com&clientSecret=s&clientId=c&tenantId=t | The option authority must begin with https://",
                "authority=http://localhost&allowInsecure=true&clientSecret=s&clientId=c&tenantId=t | The option authority must begin with https://. Plain http is only for a simulator on this machine, with allowInsecure=true",
                "authority=https://login.example/tenant&clientSecret=s&clientId=c&tenantId=t | The option authority must be scheme, host and port alone, without path or query"
            })
    @ProvesFault("S5")
    void everyOtherOriginTooIsChecked(String option, String sentence) {
        String signIn = option.contains("clientSecret") ? "" : "&accessToken=t";

        assertThat(sentence("account?organizationUrl=https://contoso.example&" + option + signIn))
                .isEqualTo(sentence + EXAMPLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"account name", "acc-ount", "1account", "accounts(1)", "a/b", "account.x"})
    void aTableMustBeAName(String table) {
        assertThat(sentence(table + "?" + GOOD.substring(1)))
                .isEqualTo(
                        "The table in the endpoint must be a logical name or an entity set name of letters, digits and"
                                + " underscores, for example dataverse-changes:account, not \"" + table + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "account?$filter=name eq 'x'&, filter",
        "account?$orderby=name&, orderby",
        "account?$expand=x&, expand",
        "account?$top=5&, top",
        "account?filter=x&, filter",
        "account?top=5&, top",
        "account?$FILTER=x&, filter",
        "account?%24filter=x&, filter",
        "account?%24Top=1&, top",
        "account$filter=x?, filter",
        "account%24expand=x?, expand",
        "account%3F$filter=x?, filter",
        "account%3f%24orderby=x?, orderby",
        "account?select=name;$filter=x&, filter",
        "'account?select=name,$expand=x&', expand",
        "account?select=RAW(name&$filter=x)&, filter",
        "account?select=name%2526%2524top=1&, top"
    })
    @ProvesSentence({"current-26", "current-27", "2021-13"})
    void whatATrackedQueryCannotHaveIsRefusedInDataversesOwnWords(String uri, String option) {
        assertThat(sentence(uri + GOOD.substring(1)))
                .isEqualTo("The \"$" + option
                        + "\" query parameter isn't supported when Change Tracking is enabled. Filter in the route"
                        + " instead");
    }

    @ParameterizedTest
    @CsvSource({"'name,,x', ''", "'na me', na me", "name;x, name;x", "'name,1x', 1x", "'name,a/b', a/b", "'name,', ''"})
    @ProvesFault("S14")
    void aColumnMustBeAName(String select, String bad) {
        assertThat(sentence("account?select=RAW(" + select + ")" + GOOD))
                .isEqualTo("The option select must be column names separated by commas, and \"" + bad + "\" is none");
    }

    @Test
    void blanksAroundAColumnDoNotMatter() {
        assertThat(sentence("account?select=RAW( name , accountnumber )" + GOOD))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "maxPageSize=0, maxPageSize, 1 and 5000, 0",
        "maxPageSize=5001, maxPageSize, 1 and 5000, 5001",
        "maxPageSize=-1, maxPageSize, 1 and 5000, -1",
        "maxPageBytes=1023, maxPageBytes, 1024 and 1073741824, 1023",
        "maxRowBytes=0, maxRowBytes, 1024 and 1073741824, 0",
        "maxRowBytes=-5, maxRowBytes, 1024 and 1073741824, -5",
        "maxRetries=-1, maxRetries, 0 and 10, -1",
        "maxRetries=11, maxRetries, 0 and 10, 11"
    })
    void aNumberMustLieWithinItsLimits(String option, String name, String limits, String value) {
        assertThat(sentence("account?" + option + GOOD))
                .isEqualTo("The option " + name + " must lie between " + limits + ", and " + value + " does not");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "maxPageSize=many | The option maxPageSize must be a whole number, not \"many\"",
                "maxInitialRows=many | The option maxInitialRows must be a whole number, or for a time also a text such as 30s or 5m, not \"many\"",
                "requestTimeout=soon | The option requestTimeout must be a whole number, or for a time also a text such as 30s or 5m, not \"soon\"",
                "preflight=yes | The option preflight must be true or false, not \"yes\""
            })
    void aTextThatIsNoNumberIsNamed(String option, String sentence) {
        assertThat(sentence("account?" + option + GOOD)).isEqualTo(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dataverse-changes?select=name", "dataverse-changes:?select=name", "dataverse-changes"})
    void anEndpointWithoutATableIsRefused(String uri) {
        String separator = uri.contains("?") ? "&" : "?";

        assertThat(refusal(uri + separator + GOOD.substring(1)))
                .isEqualTo(
                        "The endpoint names no table; write it after the colon, for example dataverse-changes:account");
    }

    @Test
    void aBlankWordIsOnlyTakenWhereTheOptionMayBeMissing() {
        assertThat(sentence("account?credentialType=" + GOOD)).isNull();
        assertThat(sentence("account?startFrom=" + GOOD))
                .isEqualTo("The option startFrom must be one of initial, stored, now, not \"\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"requestTimeout=PT30S", "maxRetryAfter=5m", "delay=1h30m"})
    void aTimeIsTakenInAllItsForms(String option) {
        assertThat(sentence("account?" + option + GOOD)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "maxPageSize=1",
                "maxPageSize=5000",
                "maxRetries=0",
                "maxRetries=10",
                "requestTimeout=1",
                "maxInitialRows=0"
            })
    void theLimitsThemselvesAreTaken(String option) {
        assertThat(sentence("account?" + option + GOOD)).isNull();
    }

    @Test
    void toStartFromNowWithTokensThatEndWithTheProcessHasToBeAskedFor() {
        assertThat(sentence("account?startFrom=now" + GOOD))
                .isEqualTo("The option startFrom=now needs an idempotentRepository: without one the token ends with the"
                        + " process, the next process starts from its own now, and what changes in between is never"
                        + " delivered. Name a FileDeltaTokenRepository or a JdbcDeltaTokenRepository; a route that wants"
                        + " only what changes while it runs, such as one that clears a cache, names a"
                        + " MemoryDeltaTokenRepository");
    }

    @Test
    void whoNamesARepositoryInMemoryMayStartFromNow() {
        context.getRegistry().bind("tokens", new MemoryDeltaTokenRepository());
        assertThat(sentence("account?idempotentRepository=#tokens&startFrom=now" + GOOD))
                .isNull();
    }

    @Test
    void aLimitOfRowsMustBeNoLessThanNothing() {
        assertThat(sentence("account?maxInitialRows=-1" + GOOD))
                .isEqualTo("The option maxInitialRows must be a number of rows, or 0 for no limit, and -1 is neither");
    }

    @ParameterizedTest
    @CsvSource({"requestTimeout, 0", "maxRetryAfter, 0", "maxInflightTime, 0", "requestTimeout, -5"})
    void aTimeMustBePositive(String option, String value) {
        assertThat(sentence("account?" + option + "=" + value + GOOD))
                .isEqualTo("The option " + option + " must be a time of at least 1 ms, not " + value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "startFrom | initial, stored, now",
                "onTokenExpired | fail, resync",
                "bodyType | string, map, node",
                "exchangePer | change, batch, page",
                "operation | count, token, resync, allowDeletes, tables, enable, dates",
                "tablesFrom | definitions, document",
                "api | webApi, organizationService",
                "credentialType | clientSecret, clientCertificate, managedIdentity, workloadIdentity, accessToken, accessTokenProvider",
                "timeUnit | nanoseconds, microseconds, milliseconds, seconds, minutes, hours, days"
            })
    void aWordMustBeOneOfThoseThatAreKnown(String option, String words) {
        assertThat(sentence("account?" + option + "=never" + GOOD))
                .isEqualTo("The option " + option + " must be one of " + words + ", not \"never\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "startFrom=Stored",
                "onTokenExpired=RESYNC",
                "bodyType=Map",
                "exchangePer=PAGE",
                "api=web-api",
                "api=ORGANIZATION_SERVICE",
                "api=webapi",
                "api=WEBAPI",
                "api=organizationservice",
                "credentialType=access-token",
                "credentialType=accesstoken",
                "credentialType=ACCESSTOKEN",
                "timeUnit=seconds"
            })
    void howAWordIsWrittenDoesNotMatter(String option) {
        assertThat(sentence("account?" + option + GOOD)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "subscription | a b | [A-Za-z0-9][A-Za-z0-9_.-]{0,63}",
                "subscription | ../x | [A-Za-z0-9][A-Za-z0-9_.-]{0,63}",
                "apiVersion | v10.0 | v9\\.\\d",
                "apiVersion | v9.2/../x | v9\\.\\d",
                "includeAnnotations | a\"b | [A-Za-z0-9_.*,@-]+"
            })
    void aTextMustHaveItsShape(String option, String value, String pattern) {
        assertThat(sentence("account?" + option + "=RAW(" + value + ")" + GOOD))
                .isEqualTo("The option " + option + " must match " + pattern + ", and \"" + value + "\" does not");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | none is given",
                "&tenantId=t&clientId=c | none is given",
                "&accessToken=&clientSecret= | none is given",
                "&accessToken=a&clientSecret=s&tenantId=t&clientId=c | more than one are given, and credentialType is not",
                "&accessToken=a&accessTokenProvider=#signIn | more than one are given, and credentialType is not"
            })
    void oneWayToSignInIsToBeChosen(String options, String count) {
        AccessTokenProvider signIn = resource -> new AccessToken("t", Instant.MAX);
        if (options.contains("#signIn")) {
            context.getRegistry().bind("signIn", signIn);
        }

        assertThat(sentence("account?organizationUrl=https://contoso.example" + options))
                .isEqualTo("Choose one way to sign in: tenantId and clientId with clientSecret or certificateFile, or"
                        + " credentialType=managedIdentity or workloadIdentity, or accessToken, or"
                        + " accessTokenProvider; " + count);
    }

    @ParameterizedTest
    @CsvSource({"&tenantId=t, clientId", "&clientId=c, tenantId", "'', tenantId"})
    void aSecretNeedsItsTenantAndItsName(String options, String missing) {
        assertThat(sentence("account?organizationUrl=https://contoso.example&clientSecret=s" + options))
                .isEqualTo("The option clientSecret needs tenantId and clientId beside it, and " + missing
                        + " is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-1-1-1-1", "6c6ce6d2-5c4f-4c4e-9e5f-0b5a5ddf6c1", "user@contoso.example"})
    void aUserToImpersonateMustBeAnId(String caller) {
        assertThat(sentence("account?callerObjectId=" + caller + GOOD))
                .isEqualTo("The option callerObjectId must be the object id of a user in Microsoft Entra ID, a GUID,"
                        + " and \"" + caller + "\" is none");
    }

    @Test
    void impersonationIsRefusedForAnApiThatHasNone() {
        assertThat(sentence(
                        "account?api=organizationService&callerObjectId=3f2504e0-4f89-11d3-9a0c-0305e82c3301" + GOOD))
                .isEqualTo("The option callerObjectId needs api=webApi: the Organization Service knows no such header,"
                        + " and would read with all the rights of the application");
    }

    @Test
    void aTenantMustBeAnIdOrADomain() {
        assertThat(sentence("account?organizationUrl=https://contoso.example&clientSecret=s&clientId=c&tenantId=a/b"))
                .isEqualTo("The option tenantId must be the id or a domain of a tenant");
    }

    @Test
    void aRepositoryThatForgetsKeysByAgeIsRefused() {
        context.getRegistry().bind("aging", new JdbcOrphanLockAwareIdempotentRepository(context));

        assertThat(sentence("account?idempotentRepository=#aging" + GOOD))
                .isEqualTo(
                        "The idempotentRepository is a JdbcOrphanLockAwareIdempotentRepository, which takes a key that"
                                + " is older than its lockMaxAge for gone, so it cannot hold a delta token; use a"
                                + " FileDeltaTokenRepository or a JdbcDeltaTokenRepository");
    }

    @Test
    void aRepositoryThatForgetsItsOldestKeysSoonIsRefused() {
        context.getRegistry().bind("small", new MemoryIdempotentRepository());

        assertThat(sentence("account?idempotentRepository=#small" + GOOD))
                .isEqualTo(
                        "The idempotentRepository is a MemoryIdempotentRepository that forgets its oldest keys beyond"
                                + " 1000, and with them a delta token; give it a cacheSize of at least 4000, or use a"
                                + " MemoryDeltaTokenRepository");
    }

    @Test
    void aForeignIdempotentRepositoryInTheRegistryIsNotTakenByItself() {
        context.getRegistry().bind("foreign", new MemoryIdempotentRepository());

        assertThat(sentence("account?startFrom=initial" + GOOD)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oauth2ClientId",
                "oauth2ClientSecret",
                "oauth2TokenEndpoint",
                "followRedirects",
                "authUsername",
                "cookieStore",
                "unknown"
            })
    void anHttpOptionThatWouldUndoAPromiseIsRefused(String option) {
        assertThat(sentence("account?http." + option + "=x" + GOOD))
                .startsWith("The option http." + option + " is not allowed; use one of [connectTimeout, ")
                .endsWith(", or configure Camel's http component");
    }

    @Test
    void anUnknownOptionIsRefusedByCamel() {
        assertThat(sentence("account?nosuchoption=1" + GOOD)).contains("nosuchoption=1");
    }

    @Test
    void aProducerIsCheckedAsAConsumerIs() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("dataverse-changes:account?operation=never" + GOOD);
            }
        });

        assertThat(rootOf(catchThrowable(context::start)))
                .hasMessage(
                        "The option operation must be one of count, token, resync, allowDeletes, tables, enable, dates, not \"never\"");
    }

    @Test
    void pollEnrichIsRefused() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .errorHandler(noErrorHandler())
                        .pollEnrich("dataverse-changes:account?delay=1" + GOOD, 100);
                from("direct:poll")
                        .errorHandler(noErrorHandler())
                        .poll("dataverse-changes:account?delay=1" + GOOD, 100);
            }
        });
        context.start();
        String sentence =
                "dataverse-changes cannot be used with pollEnrich, poll or a ConsumerTemplate: the token would"
                        + " move on before the caller has the change. Use it in from()";

        try (var producer = context.createProducerTemplate();
                var consumer = context.createConsumerTemplate()) {
            assertThat(rootOf(catchThrowable(() -> producer.sendBody("direct:in", "x"))))
                    .hasMessage(sentence);
            assertThat(rootOf(catchThrowable(() -> producer.sendBody("direct:poll", "x"))))
                    .hasMessage(sentence);
            assertThat(rootOf(catchThrowable(() -> consumer.receiveNoWait("dataverse-changes:account?delay=1" + GOOD))))
                    .hasMessage(sentence);
        }
    }

    @Test
    @ProvesFault("X4")
    void aSecondConsumerOfTheSameSubscriptionIsRefused() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("dataverse-changes:account?delay=1000" + GOOD).to("mock:one");
                from("dataverse-changes:account?delay=2000" + GOOD).to("mock:two");
            }
        });

        assertThat(rootOf(catchThrowable(context::start)))
                .hasMessage("Another consumer of this Camel context already reads account/default at"
                        + " https://contoso.example; give one of them a name of its own with the option subscription");
    }

    @Test
    @ProvesFault("S6")
    void aSentenceHoldsNoSecret() {
        assertThat(sentence("account?organizationUrl=https://user:Canary@contoso.example&accessToken=t"))
                .doesNotContain("Canary");
        assertThat(sentence("account?organizationUrl=https://contoso.example&clientSecret=Canary"))
                .doesNotContain("Canary");
    }

    /** What a route with this endpoint is refused with; null if it is not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "api=soap | The option api must be one of webApi, organizationService, not \"soap\"",
                "api=organizationService&includeAnnotations=Microsoft.Dynamics.CRM.associatednavigationproperty |"
                        + " The option includeAnnotations asks for Microsoft.Dynamics.CRM.associatednavigationproperty,"
                        + " which the Organization Service does not tell; with api=organizationService it gives"
                        + " OData.Community.Display.V1.FormattedValue and Microsoft.Dynamics.CRM.lookuplogicalname"
            })
    void anApiIsOneOfTwoAndGivesWhatItKnows(String options, String sentence) {
        assertThat(sentence("account?" + options + GOOD)).isEqualTo(sentence);
    }

    @Test
    void theOrganizationServiceGivesSomeAnnotations() {
        String annotations = "OData.*,Microsoft.Dynamics.CRM.lookuplogicalname";

        assertThat(sentence("account?api=organizationService&includeAnnotations=" + annotations + GOOD))
                .isNull();
    }

    private String sentence(String endpoint) {
        return refusal("dataverse-changes:" + endpoint);
    }

    private String refusal(String uri) {
        Throwable refused = catchThrowable(() -> {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    // Does not poll: what is refused is refused before.
                    from(uri + "&initialDelay=1000000").to("mock:out");
                }
            });
            context.start();
        });
        if (refused == null) {
            assertThatCode(context::stop).doesNotThrowAnyException();
            return null;
        }
        return rootOf(refused).getMessage();
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
