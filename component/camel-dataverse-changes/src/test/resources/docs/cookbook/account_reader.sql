create table account_reader (
    revision bigint not null
);
insert into account_reader values (0);
