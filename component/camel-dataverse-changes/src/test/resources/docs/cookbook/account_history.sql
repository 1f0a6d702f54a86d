create table account_history (
    accountid  uuid           not null,
    version    bigint         not null,
    name       varchar(160),
    revenue    numeric(23, 4),
    primary key (accountid, version)
);
