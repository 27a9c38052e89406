-- How much may be sent, where it differs from the plan, and how much was. A row stands for one
-- account, domain or mailbox; null is what the plan says.
create table sending_limits (
  id bigint not null auto_increment primary key,
  account_id bigint null,
  domain_id bigint null,
  mailbox_id bigint null,
  messages_per_hour bigint null,
  messages_per_day bigint null,
  recipients_per_hour bigint null,
  recipients_per_day bigint null,
  set_by varchar(16) character set ascii collate ascii_bin not null
    comment 'whoever stands below may not change it',
  unique key sending_limits_account (account_id),
  unique key sending_limits_domain (domain_id),
  unique key sending_limits_mailbox (mailbox_id),
  constraint sending_limits_account
    foreign key (account_id) references account (id) on delete cascade,
  constraint sending_limits_domain
    foreign key (domain_id) references domain (id) on delete cascade,
  constraint sending_limits_mailbox
    foreign key (mailbox_id) references mailbox (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;

-- What was sent by whom in which hour, for those with limits. Hours older than a day go.
create table sent (
  scope varchar(8) character set ascii collate ascii_bin not null comment 'ACCOUNT, DOMAIN, MAILBOX',
  id bigint not null,
  hour bigint not null comment 'hours since 1970',
  messages bigint not null,
  recipients bigint not null,
  primary key (scope, id, hour),
  key sent_hour (hour)
) engine = InnoDB default charset = utf8mb4;

-- When somebody was last told that a limit is near.
create table sending_notice (
  scope varchar(8) character set ascii collate ascii_bin not null,
  id bigint not null,
  noticed_at bigint not null comment 'milliseconds since 1970',
  primary key (scope, id)
) engine = InnoDB default charset = utf8mb4;
