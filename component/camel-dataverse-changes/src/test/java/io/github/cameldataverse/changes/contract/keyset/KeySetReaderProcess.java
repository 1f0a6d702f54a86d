package io.github.cameldataverse.changes.contract.keyset;

import io.github.cameldataverse.changes.internal.keyset.KeySetTokenRepository;
import io.github.cameldataverse.changes.token.StoredToken;
import java.io.File;
import java.util.Optional;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A reader in a process of its own that advances round by round until it is killed: file name, or address of a database. */
final class KeySetReaderProcess {

    private KeySetReaderProcess() {}

    public static void main(String[] arguments) {
        IdempotentRepository keys = arguments[0].startsWith("jdbc:")
                ? database(arguments[0])
                : FileIdempotentRepository.fileIdempotentRepository(new File(arguments[0]));
        keys.start();
        KeySetTokenRepository reader = KeySetContract.reader(keys);
        Optional<StoredToken> found = reader.load(KeySetRounds.SHORT);
        System.out.println("told " + KeySetRounds.number(found));
        while (true) {
            System.out.println("told " + KeySetRounds.advance(reader));
        }
    }

    private static IdempotentRepository database(String address) {
        return new JdbcMessageIdRepository(
                new SingleConnectionDataSource(address, true), KeySetInJdbcContract.PROCESSOR);
    }
}
