-- One message to many: a job, its recipients, and whom nobody sends such mail any more.
create table bulk_job (
  id bigint not null auto_increment primary key,
  account_id bigint not null,
  mailbox_id bigint not null comment 'who sends',
  client_id varchar(100) collate utf8mb4_nopad_bin not null comment 'chosen by whoever asked',
  fingerprint binary(32) not null comment 'of what was asked: repeating it changes nothing',
  trace char(16) character set ascii collate ascii_bin not null,
  state varchar(10) character set ascii collate ascii_bin not null comment 'RUNNING, PAUSED, CANCELLED, DONE',
  note varchar(500) not null comment 'why it waits, for people',
  sender varchar(320) collate utf8mb4_nopad_bin not null,
  subject varchar(500) not null,
  content binary(32) not null comment 'name of the blob',
  per_minute int not null,
  recipients int not null,
  created_at bigint not null comment 'milliseconds since 1970',
  finished_at bigint null,
  unique key bulk_job_client (account_id, client_id),
  key bulk_job_state (state),
  key bulk_job_trace (trace),
  constraint bulk_job_account foreign key (account_id) references account (id) on delete cascade,
  constraint bulk_job_mailbox foreign key (mailbox_id) references mailbox (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;

create table bulk_recipient (
  job_id bigint not null,
  position int not null,
  address varchar(320) collate utf8mb4_nopad_bin not null,
  state varchar(10) character set ascii collate ascii_bin not null
    comment 'WAITING, QUEUED, SENT, FAILED, SUPPRESSED, CANCELLED, UNKNOWN',
  status varchar(500) not null comment 'the last words about it',
  primary key (job_id, position),
  key bulk_recipient_state (job_id, state, position),
  key bulk_recipient_address (job_id, address),
  constraint bulk_recipient_job foreign key (job_id) references bulk_job (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;

create table suppression (
  account_id bigint not null,
  address varchar(320) collate utf8mb4_nopad_bin not null comment 'lower case',
  reason varchar(12) character set ascii collate ascii_bin not null comment 'FAILED, UNSUBSCRIBED, BY_HAND',
  detail varchar(500) not null,
  since bigint not null comment 'milliseconds since 1970',
  until bigint null comment 'null: no end',
  primary key (account_id, address),
  key suppression_until (until),
  constraint suppression_account foreign key (account_id) references account (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;
