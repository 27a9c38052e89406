-- Secrets, none of them readable: slow hashes of passwords, fast ones of random tokens. They go with
-- the mailbox or account that they belong to.

create table mailbox_credential (
  mailbox_id bigint not null primary key,
  hash varchar(255) character set ascii collate ascii_bin not null comment 'PHC string',
  changed_at datetime(6) not null,
  constraint mailbox_credential_mailbox
    foreign key (mailbox_id) references mailbox (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;

create table mailbox_scram (
  mailbox_id bigint not null primary key,
  sealed varchar(255) character set ascii collate ascii_bin not null
    comment 'keys for SCRAM-SHA-256, encrypted',
  constraint mailbox_scram_mailbox
    foreign key (mailbox_id) references mailbox (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;

create table account_credential (
  account_id bigint not null primary key,
  hash varchar(255) character set ascii collate ascii_bin not null comment 'PHC string',
  changed_at datetime(6) not null,
  constraint account_credential_account
    foreign key (account_id) references account (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;

create table api_token (
  id bigint not null auto_increment primary key,
  account_id bigint not null,
  label varchar(100) not null,
  secret_hash binary(32) not null comment 'SHA-256',
  created_at datetime(6) not null,
  last_used_at datetime(6) null,
  unique key api_token_secret (secret_hash),
  key api_token_account (account_id, id),
  constraint api_token_account foreign key (account_id) references account (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;
