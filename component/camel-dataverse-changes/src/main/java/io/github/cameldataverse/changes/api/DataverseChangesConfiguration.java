package io.github.cameldataverse.changes.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldataverse.changes.auth.AccessTokenProvider;
import io.github.cameldataverse.changes.option.BodyMembers;
import io.github.cameldataverse.changes.option.BodyType;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.option.CredentialType;
import io.github.cameldataverse.changes.option.ExchangePer;
import io.github.cameldataverse.changes.option.OnNarrowedLink;
import io.github.cameldataverse.changes.option.OnTokenExpired;
import io.github.cameldataverse.changes.option.StartFrom;
import io.github.cameldataverse.changes.option.TablesFrom;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/**
 * The options as Camel binds them. Mutable and unchecked: {@code internal.subscription} checks them and makes an immutable
 * subscription, which is what the rest of the component works from.
 */
@UriParams
public class DataverseChangesConfiguration implements Cloneable {

    @UriParam(
            label = "common",
            description =
                    "Address of the organization: scheme, host and port, for example https://contoso.crm4.dynamics.com. It has to be given here or at the component.")
    private @Nullable String organizationUrl;

    @UriParam(
            label = "common",
            defaultValue = "webApi",
            enums = "webApi,organizationService",
            description =
                    "Which API tells the changes: webApi asks by OData delta links, organizationService by the SOAP message RetrieveEntityChanges. Rows are the same JSON. A token of the one is of no use to the other: after a change the consumer stops until a resync is asked for.")
    private ChangeTrackingApi api = ChangeTrackingApi.WEB_API;

    @UriParam(label = "common", defaultValue = "v9.2", description = "Version of the Web API")
    private String apiVersion = "v9.2";

    @UriParam(
            label = "common",
            description =
                    "Columns to read, separated by commas. Lookups are named _column_value. The primary id always comes along. Default: all columns. Another selection than that of the stored token stops the consumer until a resync is asked for.")
    private @Nullable String select;

    @UriParam(
            label = "common",
            defaultValue = "5000",
            description = "Rows asked for in one page, 1 to 5000; fewer once a page was larger than maxPageBytes")
    private int maxPageSize = 5000;

    @UriParam(
            label = "common",
            description =
                    "Annotations to have in the rows: an asterisk for all, or names such as OData.Community.Display.V1.FormattedValue, separated by commas")
    private @Nullable String includeAnnotations;

    @UriParam(
            label = "common",
            defaultValue = "default",
            description =
                    "Name of this reader of the table. Two consumers of one table that share a repository need two names.")
    private String subscription = "default";

    @UriParam(
            label = "common",
            description =
                    "Holds the delta tokens: a FileDeltaTokenRepository, a JdbcDeltaTokenRepository or another DeltaTokenRepository; any other IdempotentRepository holds them as keys, which it gets between two rounds only. Default: the only DeltaTokenRepository in the registry; without one memory, so that the tokens end with the process.")
    private @Nullable IdempotentRepository idempotentRepository;

    @UriParam(
            label = "consumer",
            defaultValue = "initial",
            enums = "initial,stored,now",
            description =
                    "What to do where no token is stored: initial reads the whole table first; stored stops, because a token should be there; now reads the whole table with the same columns and drops its rows, so that only later changes are delivered, and needs an idempotentRepository.")
    private StartFrom startFrom = StartFrom.INITIAL;

    @UriParam(
            label = "consumer",
            defaultValue = "fail",
            enums = "fail,resync",
            description =
                    "What to do when the service no longer knows the stored token: fail stops and says so; resync reads the whole table again, between an exchange of the type resyncStarted and one of the type resyncCompleted.")
    private OnTokenExpired onTokenExpired = OnTokenExpired.FAIL;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "false",
            description =
                    "Whether an elastic table may be read. Its records are named by an id and a partition id, and changes carry the id only: allow it if the ids are unique over all partitions.")
    private boolean allowElastic;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "follow",
            enums = "follow,fail",
            description =
                    "What to do when a link of the Web API leaves out columns of the option select, as one in Microsoft's documentation does: follow goes on, with a line of WARN and the columns in the health details, and the columns are absent from the rows from then on; fail stops before the page that brought the link, and says so. A resync asks for all columns again.")
    private OnNarrowedLink onNarrowedLink = OnNarrowedLink.FOLLOW;

    @UriParam(
            label = "consumer",
            defaultValue = "false",
            description =
                    "Whether the ids of delivered records are kept with the tokens, so that a resync ends with a delete for every record that is gone at the source. A first load without a token is a resync then, if records were delivered before.")
    private boolean knownIds;

    @UriParam(
            label = "consumer",
            defaultValue = "0",
            description =
                    "How many rows an initial load or a resync may deliver; 0 for any number. One that would deliver more stops before the page that goes beyond it, and says so.")
    private long maxInitialRows;

    @UriParam(
            label = "consumer",
            description =
                    "May refuse an initial load or a resync before its first request, and the deletes at the end of a resync: a bean of the type FullLoadGuard. Default: the only one in the registry.")
    private @Nullable FullLoadGuard fullLoadGuard;

    @UriParam(
            label = "consumer",
            description =
                    "With knownIds=true: how many records a reload may delete that it did not bring, 0 for none; one that would delete more waits before the first of them until an operator allows it (operation allowDeletes). Default: 100, or a fifth of the known ids where that is more. A reload that brings no row at all waits in any case.")
    private @Nullable Long maxDerivedDeletes;

    @UriParam(
            label = "consumer",
            defaultValue = "true",
            description =
                    "Whether a failure that the route did not handle stops the page, which is then offered again from that change on. With false the change, or all changes of the batch or page, are passed over: lost unless the route keeps them.")
    private boolean breakOnFirstError = true;

    @UriParam(
            label = "consumer",
            defaultValue = "string",
            enums = "string,map,node",
            description =
                    "Body of a change: string is the row as served; map has exact numbers (Long, BigDecimal) and, with includeAnnotations, the texts of choices and the tables of lookups under the names at-labels and at-tables; node is a Jackson JsonNode with exact numbers. That of a delete is the tombstone as served, an object with id and reason; the two ends of a reload have no body.")
    private BodyType bodyType = BodyType.STRING;

    @UriParam(
            label = "consumer",
            defaultValue = "all",
            enums = "all,columns",
            description =
                    "What of a row is in the body: all that the service sent; or columns, without each member that has an at sign in its name: the etag, the context of a tombstone, annotations of columns. Then an object or a CSV line of the row needs no rule for them. The columns stay as served.")
    private BodyMembers bodyMembers = BodyMembers.ALL;

    @UriParam(
            label = "consumer,advanced",
            description =
                    "Reads the rows for bodyType map and node. It is copied, and the copy keeps all digits of a number, whatever the original does with them. Default: one of the component's own.")
    @Metadata(autowired = false)
    private @Nullable ObjectMapper objectMapper;

    @UriParam(
            label = "consumer,advanced",
            defaultValue = "false",
            description =
                    "Whether the only ObjectMapper in the registry is used as objectMapper, as camel-jackson has it")
    private boolean autoDiscoverObjectMapper;

    @UriParam(
            label = "consumer",
            defaultValue = "change",
            enums = "change,batch,page",
            description =
                    "One exchange per change, per batch (batchSize), or per page. The body of a batch or a page is a List of its rows and tombstones in the form of bodyType, in the order served; the exchange property CamelDataverseChangesChanges has the Change behind each.")
    private ExchangePer exchangePer = ExchangePer.CHANGE;

    @UriParam(
            label = "consumer",
            defaultValue = "100",
            description =
                    "With exchangePer=batch: how many changes an exchange carries at most; the last one of a page carries what is left. So many may come twice after a crash.")
    private int batchSize = 100;

    @UriParam(
            label = "consumer",
            defaultValue = "false",
            description =
                    "Whether two headers say of each upsert if it is a create or an update, and if that is exact or inferred. It is exact by the known ids (knownIds=true); otherwise it is inferred from createdon and modifiedon, if both are read, and unset if not.")
    private boolean upsertKind;

    @UriParam(
            label = "consumer",
            defaultValue = "false",
            description =
                    "Whether the route commits each exchange itself, by calling commit() of the ManualCommit in the exchange property CamelDataverseChangesManualCommit: with a JdbcDeltaTokenRepository and inside a transaction of the route, rows and token are stored together or not at all. An exchange that the route accepts without a commit comes again.")
    private boolean manualCommit;

    @UriParam(
            label = "consumer",
            defaultValue = "false",
            description =
                    "Whether everything that the reader needs is looked at while the route starts, with a few requests, so that an unknown table or column, a missing privilege, a wrong secret or an expired token fails the start. Without it the consumer stays up, is unhealthy and tries again.")
    private boolean preflight;

    @UriParam(
            label = "consumer",
            defaultValue = "1800000",
            javaType = "java.time.Duration",
            description =
                    "How long the route may have one exchange before the health check is DOWN, its error handler's redeliveries included. The exchange is not cancelled, and nothing else is sent before the route answers; the health check is UP again then.")
    private long maxInflightTime = 1_800_000;

    @UriParam(
            label = "producer",
            defaultValue = "token",
            enums = "count,token,resync,allowDeletes,tables,enable,dates",
            description =
                    "count: how many changes wait behind the stored delta link; token: where the subscription stands; resync: ask for a full reload, which the reader begins at its next poll, or within ten times its delay if it has stopped; tables: which tables of the organization are tracked, could be, or cannot; enable: turn on change tracking for the table, which needs confirm=true; dates: what each date column means, a map from its name to DateOnly, UserLocal or TimeZoneIndependent")
    private DataverseChangesOperations operation = DataverseChangesOperations.TOKEN;

    @UriParam(
            label = "producer",
            defaultValue = "definitions",
            enums = "definitions,document",
            description =
                    "Where the operation tables looks: definitions asks EntityDefinitions, which also tell what could be tracked; document reads the $metadata document with its annotations, 5 to 10 MB, which tells what is tracked")
    private TablesFrom tablesFrom = TablesFrom.DEFINITIONS;

    @UriParam(
            label = "producer",
            defaultValue = "false",
            description =
                    "Whether the operation enable may do what it does: change tracking of a table cannot be turned off again")
    private boolean confirm;

    @UriParam(
            label = "advanced",
            defaultValue = "67108864",
            description =
                    "Largest page in bytes, counted after decompression. One that is larger is asked for again with half as many rows, and so are those behind it. A reader holds one page at a time, and up to twice its bytes while it comes in: with the default, a process with one reader and pages of 5,000 rows needs a heap of 176 MB or more, and with 16777216 one of 96 MB.")
    private int maxPageBytes = 64 * 1024 * 1024;

    @UriParam(
            label = "advanced",
            defaultValue = "16777216",
            description =
                    "Largest row in bytes. The Organization Service's rows are written anew, so the texts of one may not be longer than a quarter of maxPageBytes either.")
    private int maxRowBytes = 16 * 1024 * 1024;

    @UriParam(
            label = "advanced",
            defaultValue = "120000",
            javaType = "java.time.Duration",
            description = "Longest time for one request, from the first byte sent to the last byte read")
    private long requestTimeout = 120_000;

    @UriParam(
            label = "advanced",
            defaultValue = "600000",
            javaType = "java.time.Duration",
            description = "Longest Retry-After that is believed; a longer one is cut to it")
    private long maxRetryAfter = 600_000;

    @UriParam(
            label = "advanced",
            defaultValue = "3",
            description =
                    "How often a passing fault (network, HTTP 500, 502, 503, 504) is tried again within a poll, 0 to 10")
    private int maxRetries = 3;

    @UriParam(
            label = "security",
            enums = "clientSecret,clientCertificate,managedIdentity,workloadIdentity,accessToken,accessTokenProvider",
            description =
                    "How to sign in. Needed for managedIdentity (the identity of the Azure resource; clientId for one that a user has assigned to it) and for workloadIdentity without federatedTokenFile; otherwise told by the options that are given.")
    private @Nullable CredentialType credentialType;

    @UriParam(label = "security", description = "Tenant of the application in Microsoft Entra ID")
    private @Nullable String tenantId;

    @UriParam(label = "security", description = "Id of the application in Microsoft Entra ID")
    private @Nullable String clientId;

    @UriParam(label = "security", secret = true, description = "Secret of the application")
    @Metadata(secret = true)
    private @Nullable String clientSecret;

    @UriParam(
            label = "security",
            description =
                    "A certificate of the application and its private key, in one file: PEM, or PKCS12 (.pfx). Read anew for each sign-in.")
    private @Nullable String certificateFile;

    @UriParam(
            label = "security",
            secret = true,
            description = "Password of a PKCS12 certificateFile, or of an encrypted key in PEM")
    @Metadata(secret = true)
    private @Nullable String certificatePassword;

    @UriParam(
            label = "security",
            description =
                    "A token that the platform gives to this workload, for workload identity federation; read anew for each sign-in. Default: the environment variable AZURE_FEDERATED_TOKEN_FILE, with AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_AUTHORITY_HOST beside it.")
    private @Nullable String federatedTokenFile;

    @UriParam(
            label = "security",
            description =
                    "Address of the sign-in service. Default: that of the cloud of organizationUrl, https://login.microsoftonline.com for all but GCC High, DoD and China.")
    private @Nullable String authority;

    @UriParam(
            label = "security",
            description =
                    "Object id in Microsoft Entra ID of a user to impersonate: only what both the application and this user may read is read. The application needs the privilege prvActOnBehalfOfAnotherUser.")
    private @Nullable String callerObjectId;

    @UriParam(label = "security", secret = true, description = "A fixed access token, for tests and short runs")
    @Metadata(secret = true)
    private @Nullable String accessToken;

    @UriParam(
            label = "security",
            description =
                    "Gives access tokens in a way of its own. Default, where no other way to sign in is given: the only AccessTokenProvider in the registry.")
    private @Nullable AccessTokenProvider accessTokenProvider;

    @UriParam(
            label = "security",
            description =
                    "Other origins of the same organization, separated by commas, whose links may be followed with the access token. Default: none.")
    private @Nullable String additionalOrigins;

    @UriParam(
            label = "security",
            defaultValue = "false",
            description = "Whether plain http is allowed, to this machine only")
    private boolean allowInsecure;

    @UriParam(label = "security", description = "TLS settings for the organization and the sign-in service")
    private @Nullable SSLContextParameters sslContextParameters;

    @UriParam(
            label = "advanced",
            prefix = "http.",
            multiValue = true,
            description =
                    "Options of Camel's HTTP endpoint that say how to reach the organization: time-outs, pool and proxy, for example http.proxyHost")
    private Map<String, Object> httpOptions = new HashMap<>();

    /** A copy whose maps are its own. */
    public DataverseChangesConfiguration copy() {
        try {
            DataverseChangesConfiguration copy = (DataverseChangesConfiguration) super.clone();
            copy.httpOptions = new HashMap<>(httpOptions);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public @Nullable String getOrganizationUrl() {
        return organizationUrl;
    }

    public void setOrganizationUrl(@Nullable String organizationUrl) {
        this.organizationUrl = organizationUrl;
    }

    public ChangeTrackingApi getApi() {
        return api;
    }

    public void setApi(ChangeTrackingApi api) {
        this.api = api;
    }

    public String getApiVersion() {
        return apiVersion;
    }

    public void setApiVersion(String apiVersion) {
        this.apiVersion = apiVersion;
    }

    public @Nullable String getSelect() {
        return select;
    }

    public void setSelect(@Nullable String select) {
        this.select = select;
    }

    public int getMaxPageSize() {
        return maxPageSize;
    }

    public void setMaxPageSize(int maxPageSize) {
        this.maxPageSize = maxPageSize;
    }

    public @Nullable String getIncludeAnnotations() {
        return includeAnnotations;
    }

    public void setIncludeAnnotations(@Nullable String includeAnnotations) {
        this.includeAnnotations = includeAnnotations;
    }

    public String getSubscription() {
        return subscription;
    }

    public void setSubscription(String subscription) {
        this.subscription = subscription;
    }

    public @Nullable IdempotentRepository getIdempotentRepository() {
        return idempotentRepository;
    }

    public void setIdempotentRepository(@Nullable IdempotentRepository idempotentRepository) {
        this.idempotentRepository = idempotentRepository;
    }

    public StartFrom getStartFrom() {
        return startFrom;
    }

    public void setStartFrom(StartFrom startFrom) {
        this.startFrom = startFrom;
    }

    public boolean isAllowElastic() {
        return allowElastic;
    }

    public void setAllowElastic(boolean allowElastic) {
        this.allowElastic = allowElastic;
    }

    public OnNarrowedLink getOnNarrowedLink() {
        return onNarrowedLink;
    }

    public void setOnNarrowedLink(OnNarrowedLink onNarrowedLink) {
        this.onNarrowedLink = onNarrowedLink;
    }

    public OnTokenExpired getOnTokenExpired() {
        return onTokenExpired;
    }

    public void setOnTokenExpired(OnTokenExpired onTokenExpired) {
        this.onTokenExpired = onTokenExpired;
    }

    public boolean isKnownIds() {
        return knownIds;
    }

    public void setKnownIds(boolean knownIds) {
        this.knownIds = knownIds;
    }

    public long getMaxInitialRows() {
        return maxInitialRows;
    }

    public void setMaxInitialRows(long maxInitialRows) {
        this.maxInitialRows = maxInitialRows;
    }

    public @Nullable Long getMaxDerivedDeletes() {
        return maxDerivedDeletes;
    }

    public void setMaxDerivedDeletes(@Nullable Long maxDerivedDeletes) {
        this.maxDerivedDeletes = maxDerivedDeletes;
    }

    public @Nullable FullLoadGuard getFullLoadGuard() {
        return fullLoadGuard;
    }

    public void setFullLoadGuard(@Nullable FullLoadGuard fullLoadGuard) {
        this.fullLoadGuard = fullLoadGuard;
    }

    public boolean isBreakOnFirstError() {
        return breakOnFirstError;
    }

    public void setBreakOnFirstError(boolean breakOnFirstError) {
        this.breakOnFirstError = breakOnFirstError;
    }

    public BodyMembers getBodyMembers() {
        return bodyMembers;
    }

    public void setBodyMembers(BodyMembers bodyMembers) {
        this.bodyMembers = bodyMembers;
    }

    public BodyType getBodyType() {
        return bodyType;
    }

    public void setBodyType(BodyType bodyType) {
        this.bodyType = bodyType;
    }

    public @Nullable ObjectMapper getObjectMapper() {
        return objectMapper;
    }

    public void setObjectMapper(@Nullable ObjectMapper objectMapper) {
        this.objectMapper = objectMapper;
    }

    public boolean isAutoDiscoverObjectMapper() {
        return autoDiscoverObjectMapper;
    }

    public void setAutoDiscoverObjectMapper(boolean autoDiscoverObjectMapper) {
        this.autoDiscoverObjectMapper = autoDiscoverObjectMapper;
    }

    public ExchangePer getExchangePer() {
        return exchangePer;
    }

    public void setExchangePer(ExchangePer exchangePer) {
        this.exchangePer = exchangePer;
    }

    public int getBatchSize() {
        return batchSize;
    }

    public void setBatchSize(int batchSize) {
        this.batchSize = batchSize;
    }

    public boolean isManualCommit() {
        return manualCommit;
    }

    public void setManualCommit(boolean manualCommit) {
        this.manualCommit = manualCommit;
    }

    public boolean isUpsertKind() {
        return upsertKind;
    }

    public void setUpsertKind(boolean upsertKind) {
        this.upsertKind = upsertKind;
    }

    public boolean isPreflight() {
        return preflight;
    }

    public void setPreflight(boolean preflight) {
        this.preflight = preflight;
    }

    public long getMaxInflightTime() {
        return maxInflightTime;
    }

    public void setMaxInflightTime(long maxInflightTime) {
        this.maxInflightTime = maxInflightTime;
    }

    public DataverseChangesOperations getOperation() {
        return operation;
    }

    public void setOperation(DataverseChangesOperations operation) {
        this.operation = operation;
    }

    public TablesFrom getTablesFrom() {
        return tablesFrom;
    }

    public void setTablesFrom(TablesFrom tablesFrom) {
        this.tablesFrom = tablesFrom;
    }

    public boolean isConfirm() {
        return confirm;
    }

    public void setConfirm(boolean confirm) {
        this.confirm = confirm;
    }

    public int getMaxPageBytes() {
        return maxPageBytes;
    }

    public void setMaxPageBytes(int maxPageBytes) {
        this.maxPageBytes = maxPageBytes;
    }

    public int getMaxRowBytes() {
        return maxRowBytes;
    }

    public void setMaxRowBytes(int maxRowBytes) {
        this.maxRowBytes = maxRowBytes;
    }

    public long getRequestTimeout() {
        return requestTimeout;
    }

    public void setRequestTimeout(long requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    public long getMaxRetryAfter() {
        return maxRetryAfter;
    }

    public void setMaxRetryAfter(long maxRetryAfter) {
        this.maxRetryAfter = maxRetryAfter;
    }

    public int getMaxRetries() {
        return maxRetries;
    }

    public void setMaxRetries(int maxRetries) {
        this.maxRetries = maxRetries;
    }

    public @Nullable String getTenantId() {
        return tenantId;
    }

    public void setTenantId(@Nullable String tenantId) {
        this.tenantId = tenantId;
    }

    public @Nullable String getClientId() {
        return clientId;
    }

    public void setClientId(@Nullable String clientId) {
        this.clientId = clientId;
    }

    public @Nullable String getClientSecret() {
        return clientSecret;
    }

    public void setClientSecret(@Nullable String clientSecret) {
        this.clientSecret = clientSecret;
    }

    public @Nullable CredentialType getCredentialType() {
        return credentialType;
    }

    public void setCredentialType(@Nullable CredentialType credentialType) {
        this.credentialType = credentialType;
    }

    public @Nullable String getCertificateFile() {
        return certificateFile;
    }

    public void setCertificateFile(@Nullable String certificateFile) {
        this.certificateFile = certificateFile;
    }

    public @Nullable String getCertificatePassword() {
        return certificatePassword;
    }

    public void setCertificatePassword(@Nullable String certificatePassword) {
        this.certificatePassword = certificatePassword;
    }

    public @Nullable String getFederatedTokenFile() {
        return federatedTokenFile;
    }

    public void setFederatedTokenFile(@Nullable String federatedTokenFile) {
        this.federatedTokenFile = federatedTokenFile;
    }

    public @Nullable String getAuthority() {
        return authority;
    }

    public void setAuthority(@Nullable String authority) {
        this.authority = authority;
    }

    public @Nullable String getCallerObjectId() {
        return callerObjectId;
    }

    public void setCallerObjectId(@Nullable String callerObjectId) {
        this.callerObjectId = callerObjectId;
    }

    public @Nullable String getAccessToken() {
        return accessToken;
    }

    public void setAccessToken(@Nullable String accessToken) {
        this.accessToken = accessToken;
    }

    public @Nullable AccessTokenProvider getAccessTokenProvider() {
        return accessTokenProvider;
    }

    public void setAccessTokenProvider(@Nullable AccessTokenProvider accessTokenProvider) {
        this.accessTokenProvider = accessTokenProvider;
    }

    public @Nullable String getAdditionalOrigins() {
        return additionalOrigins;
    }

    public void setAdditionalOrigins(@Nullable String additionalOrigins) {
        this.additionalOrigins = additionalOrigins;
    }

    public boolean isAllowInsecure() {
        return allowInsecure;
    }

    public void setAllowInsecure(boolean allowInsecure) {
        this.allowInsecure = allowInsecure;
    }

    public @Nullable SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(@Nullable SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public Map<String, Object> getHttpOptions() {
        return httpOptions;
    }

    public void setHttpOptions(Map<String, Object> httpOptions) {
        this.httpOptions = httpOptions;
    }
}
