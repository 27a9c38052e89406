-- The story of every message. An id of a message begins with its time, so the tables are cut into
-- days by it: whatever happens to a message later lies with its beginning, and a day is dropped
-- with all its stories. Days are made and dropped by the server (trace.Days).

-- How it came in.
create table trace_message (
  trace char(16) character set ascii collate ascii_bin not null,
  account_id bigint null comment 'of the sender, when it is one of ours',
  service varchar(16) character set ascii collate ascii_bin not null,
  client varchar(45) character set ascii collate ascii_bin not null comment 'empty: made here',
  helo varchar(255) not null,
  tls varchar(100) not null comment 'empty: in plain text',
  login varchar(400) not null comment 'empty: nobody was logged in',
  sender varchar(400) not null comment 'empty: the null reverse-path',
  message_id varchar(255) not null,
  subject varchar(255) not null comment 'empty unless subjects are kept',
  size bigint not null,
  primary key (trace)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
partition by range columns (trace) (partition later values less than (maxvalue));

-- Who it was for, one row for each recipient and account that may see it, with what a search asks
-- for. The sender's side of it is repeated here, so that a search looks into one table.
create table trace_recipient (
  trace char(16) character set ascii collate ascii_bin not null,
  line bigint not null comment 'hash of account and recipient',
  account_id bigint null comment 'null: for administrators; no foreign key: it outlives the account',
  recipient varchar(400) not null comment 'empty: refused before one was named',
  recipient_domain varchar(255) not null,
  sender varchar(400) not null,
  sender_domain varchar(255) not null,
  client varchar(45) character set ascii collate ascii_bin not null,
  message_id varchar(255) not null,
  outcome varchar(16) character set ascii collate ascii_bin not null,
  outcome_at bigint not null comment 'microseconds since 1970',
  primary key (trace, line),
  key account (account_id, trace),
  key recipient (recipient, trace),
  key recipient_domain (recipient_domain, trace),
  key sender (sender, trace),
  key sender_domain (sender_domain, trace),
  key client (client, trace),
  key message_id (message_id, trace),
  key outcome (outcome, trace)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
partition by range columns (trace) (partition later values less than (maxvalue));

-- What happened, in order.
create table trace_event (
  trace char(16) character set ascii collate ascii_bin not null,
  at bigint not null comment 'microseconds since 1970, each of a node its own',
  node smallint unsigned not null comment 'a number that a process chose at its start',
  account_id bigint null,
  recipient varchar(400) not null,
  kind varchar(16) character set ascii collate ascii_bin not null,
  party varchar(400) not null comment 'the other side: host, folder, target, check',
  words varchar(1000) not null comment 'as they were said',
  extra varchar(400) not null,
  until_at bigint null comment 'milliseconds since 1970: when it is tried again',
  primary key (trace, at, node)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
partition by range columns (trace) (partition later values less than (maxvalue));
