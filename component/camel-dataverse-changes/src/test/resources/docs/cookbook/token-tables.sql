create table dataverse_checkpoint (
    subscription varchar(255) not null primary key,
    revision     bigint       not null,
    token        text         not null
);
create table dataverse_delivered (
    subscription varchar(255) not null,
    seq          bigint generated always as identity,
    revision     bigint       not null,
    record_id    varchar(500) not null,
    what         varchar(500) not null,
    primary key (subscription, record_id, seq)
);
create table dataverse_idempotent (
    message_key varchar(255) not null primary key
);
create table dataverse_known (
    subscription varchar(255) not null,
    record_id    varchar(500) not null,
    round        bigint       not null,
    primary key (subscription, record_id)
);
