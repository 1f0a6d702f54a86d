create table account (
    accountid  uuid           primary key,
    name       varchar(160),
    revenue    numeric(23, 4),
    version    bigint         not null,
    seen_round bigint         not null
);
