-- Folders and messages. Every change of a folder locks its row, so UIDs and MODSEQs are given out
-- and committed in order; its counts are kept in that row. Lock order: mailbox ascending, in it
-- folders ascending, then mailbox_usage.

-- What a mailbox holds, changed in the transaction that changes its messages.
create table mailbox_usage (
  mailbox_id bigint not null primary key,
  octets bigint not null,
  messages bigint not null,
  last_uid_validity bigint not null comment 'the highest UIDVALIDITY given to a folder so far',
  constraint mailbox_usage_mailbox
    foreign key (mailbox_id) references mailbox (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;

create table folder (
  id bigint not null auto_increment primary key,
  mailbox_id bigint null comment 'null: deleted, its messages are to be swept',
  name varchar(512) collate utf8mb4_nopad_bin not null,
  special_use varchar(16) character set ascii collate ascii_bin null,
  uid_validity bigint not null,
  uid_next bigint not null,
  highest_modseq bigint not null,
  forgotten_modseq bigint not null comment 'expunges up to this one are no longer listed',
  messages bigint not null,
  octets bigint not null,
  unseen bigint not null,
  deleted bigint not null comment 'messages with the flag \\Deleted',
  unique key folder_name (mailbox_id, name),
  constraint folder_mailbox foreign key (mailbox_id) references mailbox (id) on delete set null
) engine = InnoDB default charset = utf8mb4;

-- Names, not folders: they may outlive their folder (RFC 3501 section 6.3.6).
create table subscription (
  mailbox_id bigint not null,
  name varchar(512) collate utf8mb4_nopad_bin not null,
  primary key (mailbox_id, name),
  constraint subscription_mailbox
    foreign key (mailbox_id) references mailbox (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;

-- What a bit of message.flags means in this folder.
create table folder_keyword (
  folder_id bigint not null,
  bit tinyint not null,
  name varchar(64) character set ascii collate ascii_general_ci not null,
  primary key (folder_id, bit),
  unique key folder_keyword_name (folder_id, name),
  constraint folder_keyword_folder
    foreign key (folder_id) references folder (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;

-- What a message consists of, once for all its recipients and copies.
create table content (
  id bigint not null auto_increment primary key,
  `blob` binary(32) not null comment 'its name',
  size bigint not null,
  summary mediumblob not null,
  header mediumblob not null,
  header_is_whole boolean not null,
  preview varchar(256) collate utf8mb4_nopad_bin null comment 'null: nobody has asked for it yet',
  key content_blob (`blob`)
) engine = InnoDB default charset = utf8mb4;

-- Contents with lines that do not end with CRLF: how many octets a transfer adds (RFC 1939 section 11).
create table content_line_ends (
  content_id bigint not null primary key,
  octets int not null,
  constraint content_line_ends_content
    foreign key (content_id) references content (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;

create table message (
  folder_id bigint not null,
  uid bigint not null,
  modseq bigint not null,
  flags bigint not null comment 'bits: system flags, from 8 on those of folder_keyword',
  internal_date bigint not null comment 'epoch milliseconds',
  size bigint not null,
  content_id bigint not null,
  save_date bigint not null default (unix_timestamp())
    comment 'epoch seconds; when it came into this folder (RFC 8514)',
  primary key (folder_id, uid),
  key message_modseq (folder_id, modseq),
  key message_content (content_id),
  constraint message_folder foreign key (folder_id) references folder (id),
  constraint message_content foreign key (content_id) references content (id)
) engine = InnoDB default charset = utf8mb4;

-- Ranges of UIDs that are gone (RFC 7162 section 3.2.10).
create table expunged (
  folder_id bigint not null,
  modseq bigint not null,
  first_uid bigint not null,
  last_uid bigint not null,
  primary key (folder_id, modseq, first_uid),
  constraint expunged_folder foreign key (folder_id) references folder (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;

-- Contents that lost a message and may have none left. Only ever added to by those who expunge.
create table content_released (
  id bigint not null auto_increment primary key,
  content_id bigint not null,
  released_at bigint not null comment 'epoch milliseconds'
) engine = InnoDB default charset = utf8mb4;
