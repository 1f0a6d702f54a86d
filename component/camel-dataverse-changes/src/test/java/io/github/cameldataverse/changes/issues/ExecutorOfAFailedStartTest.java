package io.github.cameldataverse.changes.issues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldataverse.changes.harness.ProvesFault;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.apache.camel.Consumer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultThreadPoolFactory;
import org.junit.jupiter.api.Test;

/** Each attempt to start a consumer whose certificate could not be read left an executor in the context. */
class ExecutorOfAFailedStartTest {

    private final List<ExecutorService> opened = new CopyOnWriteArrayList<>();

    @Test
    @ProvesFault("L6")
    void isSharedAndEndsWithTheContext() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.disableJMX();
            context.getExecutorServiceManager().setThreadPoolFactory(new DefaultThreadPoolFactory() {
                @Override
                public ScheduledExecutorService newScheduledThreadPool(
                        ThreadPoolProfile profile, ThreadFactory threadFactory) {
                    ScheduledExecutorService pool = super.newScheduledThreadPool(profile, threadFactory);
                    opened.add(pool);
                    return pool;
                }
            });
            context.start();
            for (int attempt = 0; attempt < 3; attempt++) {
                Consumer consumer = context.getEndpoint(
                                "dataverse-changes:account?organizationUrl=https://contoso.example"
                                        + "&tenantId=contoso.example&clientId=11111111-2222-3333-4444-555555555555"
                                        + "&certificateFile=/nowhere/certificate.pem")
                        .createConsumer(exchange -> {});
                assertThatThrownBy(consumer::start).hasMessageContaining("/nowhere/certificate.pem");
            }
            assertThat(opened).as("of the component, for all its consumers").hasSizeLessThanOrEqualTo(1);
        }
        assertThat(opened).allMatch(ExecutorService::isShutdown);
    }
}
