package io.github.cameldataverse.changes.issues;

import static io.github.cameldataverse.changes.harness.SampleRows.accountsIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldataverse.changes.api.DataverseChangesConstants;
import io.github.cameldataverse.changes.harness.InterceptingProxy;
import io.github.cameldataverse.changes.harness.OverBothApis;
import io.github.cameldataverse.changes.harness.PolledReader;
import io.github.cameldataverse.changes.harness.ProvesFault;
import io.github.cameldataverse.changes.harness.RequestKind;
import io.github.cameldataverse.changes.option.ChangeTrackingApi;
import io.github.cameldataverse.changes.testkit.DataverseSimulator;
import io.github.cameldataverse.changes.testkit.DataverseSimulatorExtension;
import io.github.cameldataverse.changes.testkit.SimulatedTable;
import io.github.cameldataverse.changes.testkit.faults.RewrittenBody;
import io.github.cameldataverse.changes.token.DeltaTokenRepository;
import io.github.cameldataverse.changes.token.TokenStoreException;
import io.github.cameldataverse.changes.token.memory.MemoryDeltaTokenRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A page was interrupted, and comes again with rows before what was delivered of it: part of that stands in the next page now.
 * Of two deletes of one record, and of the end of a reload, it was forgotten there, and they came once more.
 */
@OverBothApis
class PageThatHasMovedOnTest {

    @RegisterExtension
    static final DataverseSimulatorExtension DATAVERSE = new DataverseSimulatorExtension();

    private final DataverseSimulator simulator = DATAVERSE.simulator();
    private final SimulatedTable accounts = simulator.table("account");
    private final MemoryDeltaTokenRepository memory = new MemoryDeltaTokenRepository();
    private final List<String> keys = new ArrayList<>();
    private String fails = "";
    private int most = Integer.MAX_VALUE;

    @Test
    @ProvesFault({"P11", "P13"})
    void theSecondDeleteOfARecordThatHasMovedToTheNextPageIsNotDeliveredAgain() throws Exception {
        List<String> ids = accountsIn(accounts, 2);
        memory.start();
        try (PolledReader reader = reader(memory)) {
            reader.pollToTheEnd();
            keys.clear();
            accounts.delete(ids.get(0));
            accounts.restore(ids.get(0));
            accounts.delete(ids.get(0));
            accounts.delete(ids.get(1));
            fails = ids.get(1);
            reader.poll();
            assertThat(keys).hasSize(2).allMatch(key -> key.startsWith(ids.get(0) + "!"));
            fails = "";
            List<String> born = accountsIn(accounts, 2);
            reader.pollToTheEnd();
            assertThat(keys).hasSize(5);
            assertThat(keys.subList(2, 5))
                    .anyMatch(key -> key.startsWith(ids.get(1) + "!"))
                    .anyMatch(key -> key.startsWith(born.get(0)))
                    .anyMatch(key -> key.startsWith(born.get(1)));
        }
    }

    @Test
    @ProvesFault({"C10", "R5"})
    void theEndOfAReloadIsNotDeliveredAgainWhereItsLastPageHasGrown() throws Exception {
        List<String> ids = accountsIn(accounts, 3);
        memory.start();
        AtomicBoolean loses = new AtomicBoolean();
        try (PolledReader reader = reader(losingTheAnswer(loses))) {
            reader.pollToTheEnd();
            reader.resync();
            keys.clear();
            loses.set(true);
            reader.poll();
            assertThat(keys).hasSize(5).last().asString().startsWith("resyncCompleted");
            String born = accountsIn(accounts, 1).get(0);
            reader.pollToTheEnd();
            assertThat(keys).filteredOn(key -> key.startsWith("resync")).hasSize(2);
            assertThat(keys).hasSize(6).last().asString().startsWith(born);
            assertThat(ids).allMatch(id -> keys.stream().anyMatch(key -> key.startsWith(id)));
        }
    }

    @Test
    @ProvesFault("D10")
    void aRecordThatIsDeletedRestoredAndDeletedInAPageComesThreeTimesWhereverThePageIsInterrupted() throws Exception {
        String id = accountsIn(accounts, 1).get(0);
        memory.start();
        try (PolledReader reader = reader(memory)) {
            reader.pollToTheEnd();
            keys.clear();
            accounts.delete(id);
            accounts.restore(id);
            accounts.delete(id);
            simulator
                    .faults()
                    .whereRequest(RequestKind::forTheStartOfARound)
                    .always(new RewrittenBody(page -> withTheRowBehindItsFirstTombstone(page, id)));
            for (most = 0; most < 3; most++) {
                reader.poll();
                assertThat(keys).hasSize(most);
            }
            reader.pollToTheEnd();
        }
        assertThat(keys).hasSize(3).doesNotHaveDuplicates();
        assertThat(keys.get(0)).matches(id + "!\\d+");
        assertThat(keys.get(1)).isEqualTo(id + "@5");
        assertThat(keys.get(2)).isEqualTo(keys.get(0) + "+");
    }

    private static String withTheRowBehindItsFirstTombstone(String page, String id) {
        String json = ",{\"@odata.etag\":\"W/\\\"5\\\"\",\"name\":\"back\",\"accountid\":\"" + id + "\"}";
        String xml = "<o:anyType xmlns:o=\"http://schemas.microsoft.com/xrm/7.1/Contracts\""
                + " xmlns:a=\"http://schemas.microsoft.com/xrm/2011/Contracts\""
                + " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" i:type=\"o:NewOrUpdatedItem\">"
                + "<o:NewOrUpdatedEntity><a:Attributes/><a:Id>" + id + "</a:Id><a:LogicalName>account</a:LogicalName>"
                + "<a:RowVersion>5</a:RowVersion></o:NewOrUpdatedEntity></o:anyType>";
        return OverBothApis.API == ChangeTrackingApi.WEB_API
                ? page.replaceFirst("\\{[^{}]*\\$deletedEntity[^{}]*}", "$0" + Matcher.quoteReplacement(json))
                : page.replaceFirst(
                        "(?s)<(\\w+:)?anyType [^>]*RemovedOrDeletedItem\".*?</(\\w+:)?anyType>",
                        "$0" + Matcher.quoteReplacement(xml));
    }

    /** The note of the reload's end is written, and its answer is lost. */
    private DeltaTokenRepository losingTheAnswer(AtomicBoolean loses) {
        return InterceptingProxy.to(DeltaTokenRepository.class, memory, (method, made) -> {
            Object result = made.call();
            if (method.getName().equals("delivered")
                    && keys.stream().anyMatch(key -> key.startsWith("resyncCompleted"))
                    && loses.getAndSet(false)) {
                throw new TokenStoreException("the answer is lost", new IllegalStateException());
            }
            return result;
        });
    }

    private PolledReader reader(DeltaTokenRepository tokens) throws Exception {
        return new PolledReader(simulator, "&maxPageSize=3&api=" + OverBothApis.API.word(), tokens, this::take);
    }

    private void take(Exchange exchange) {
        if (keys.size() == most || fails.equals(exchange.getMessage().getHeader(DataverseChangesConstants.ID))) {
            throw new IllegalStateException("the route fails");
        }
        keys.add(exchange.getMessage().getHeader(DataverseChangesConstants.KEY, String.class));
    }
}
