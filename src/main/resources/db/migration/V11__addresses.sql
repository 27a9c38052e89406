-- Addresses elsewhere that forwarders and catch-alls of an account lead to: each is asked once.

create table destination (
  id bigint not null auto_increment primary key,
  account_id bigint not null,
  address varchar(320) collate utf8mb4_nopad_bin not null comment 'lower case',
  state varchar(16) character set ascii collate ascii_bin not null,
  token_hash binary(32) null comment 'SHA-256 of the token in the link',
  token_expires_at datetime(6) null,
  refusals int not null comment 'since refused_since',
  refused_since datetime(6) null,
  last_refusal varchar(1000) not null,
  changed_at datetime(6) not null comment 'the state',
  unique key destination_address (account_id, address),
  unique key destination_token (token_hash),
  constraint destination_account foreign key (account_id) references account (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;

-- Each mail that asked, for a day. It outlives destination and account: the limits hold all the same.
create table confirmation_mail (
  id bigint not null auto_increment primary key,
  account_id bigint not null,
  reader varchar(320) collate utf8mb4_nopad_bin not null comment 'the address without its detail',
  sent_at datetime(6) not null,
  key confirmation_mail_reader (reader, sent_at),
  key confirmation_mail_account (account_id, sent_at),
  key confirmation_mail_age (sent_at)
) engine = InnoDB default charset = utf8mb4;

create table mail_group (
  id bigint not null auto_increment primary key,
  domain_id bigint not null,
  local_part varchar(64) collate utf8mb4_nopad_bin not null comment 'lower case',
  everyone boolean not null comment 'all mailboxes of the domain; otherwise those listed',
  senders varchar(16) character set ascii collate ascii_bin not null,
  created_at datetime(6) not null,
  unique key mail_group_address (domain_id, local_part),
  constraint mail_group_domain foreign key (domain_id) references domain (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;

create table mail_group_member (
  group_id bigint not null,
  mailbox_id bigint not null,
  primary key (group_id, mailbox_id),
  constraint mail_group_member_group
    foreign key (group_id) references mail_group (id) on delete cascade,
  constraint mail_group_member_mailbox
    foreign key (mailbox_id) references mailbox (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;
