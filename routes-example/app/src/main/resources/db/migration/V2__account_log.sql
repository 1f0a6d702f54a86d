-- One line for each change that the table account took, in the order in which it took them. Lines are never altered.

create table account_log (
    seq         bigint       generated always as identity primary key,
    change_key  varchar(100) not null,
    change_type varchar(20)  not null
);
