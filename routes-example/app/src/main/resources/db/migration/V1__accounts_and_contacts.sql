-- Runs on PostgreSQL and on H2 in its PostgreSQL mode.
-- version: the row version of Dataverse; seen_round: the last round in which the row was served.

create table account (
    accountid         uuid          not null primary key,
    name              varchar(160),
    accountnumber     varchar(20),
    emailaddress1     varchar(100),
    telephone1        varchar(50),
    revenue           numeric(23, 4),
    numberofemployees bigint,
    creditonhold      boolean,
    modifiedon        timestamp with time zone,
    version           bigint        not null,
    seen_round        bigint        not null
);

create table contact (
    contactid               uuid          not null primary key,
    firstname               varchar(50),
    lastname                varchar(50),
    emailaddress1           varchar(100),
    birthdate               date,
    _parentcustomerid_value uuid,
    modifiedon              timestamp with time zone,
    version                 bigint        not null,
    seen_round              bigint        not null
);
