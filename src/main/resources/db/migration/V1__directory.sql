-- Who and what lives here. Names and local parts are stored in their canonical form and compared
-- octet by octet, trailing spaces included (nopad); they are utf8mb4 though ASCII, because whoever
-- asks may ask for anything. Rows of removed accounts and domains go with them (cascade); other packages clean
-- up before that, told by DirectoryChange.

create table account (
  id bigint not null auto_increment primary key,
  parent_id bigint null comment 'the reseller it belongs to',
  role varchar(16) character set ascii collate ascii_bin not null,
  login varchar(64) collate utf8mb4_nopad_bin not null,
  name varchar(200) not null,
  plan_id bigint null,
  login_suspended boolean not null,
  sending_suspended boolean not null,
  receiving_suspended boolean not null,
  suspension_reason varchar(500) not null,
  suspended_by varchar(16) character set ascii collate ascii_bin null,
  created_at datetime(6) not null,
  unique key account_login (login),
  constraint account_parent foreign key (parent_id) references account (id)
) engine = InnoDB default charset = utf8mb4;

create table plan (
  id bigint not null auto_increment primary key,
  owner_id bigint null comment 'the reseller who made it; null: everybody may use it',
  owner_key bigint as (coalesce(owner_id, 0)) virtual comment 'nulls are equal in the unique key',
  name varchar(100) not null,
  domains bigint not null comment 'here and below -1 is no limit',
  mailboxes bigint not null,
  forwarders bigint not null,
  storage_octets bigint not null,
  recipients_per_message bigint not null,
  messages_per_hour bigint not null comment 'this and the next three: of the account',
  messages_per_day bigint not null,
  recipients_per_hour bigint not null,
  recipients_per_day bigint not null,
  mailbox_messages_per_hour bigint not null comment 'and these: of each mailbox',
  mailbox_messages_per_day bigint not null,
  mailbox_recipients_per_hour bigint not null,
  mailbox_recipients_per_day bigint not null,
  unique key plan_name (owner_key, name),
  constraint plan_owner foreign key (owner_id) references account (id)
) engine = InnoDB default charset = utf8mb4;

alter table account
  add constraint account_plan foreign key (plan_id) references plan (id);

create table domain (
  id bigint not null auto_increment primary key,
  account_id bigint not null,
  name varchar(253) collate utf8mb4_nopad_bin not null comment 'A-labels',
  unicode_name varchar(253) collate utf8mb4_nopad_bin not null comment 'for people and their searches',
  control varchar(16) character set ascii collate ascii_bin not null,
  control_token varchar(64) character set ascii collate ascii_bin not null,
  catch_all varchar(320) collate utf8mb4_nopad_bin null,
  alias_of bigint null comment 'the domain whose addresses it has, too',
  login_suspended boolean not null,
  sending_suspended boolean not null,
  receiving_suspended boolean not null,
  suspension_reason varchar(500) not null,
  suspended_by varchar(16) character set ascii collate ascii_bin null,
  created_at datetime(6) not null,
  unique key domain_name (name),
  constraint domain_account foreign key (account_id) references account (id) on delete cascade,
  constraint domain_alias foreign key (alias_of) references domain (id) on delete set null
) engine = InnoDB default charset = utf8mb4;

create table mailbox (
  id bigint not null auto_increment primary key,
  domain_id bigint not null,
  local_part varchar(64) collate utf8mb4_nopad_bin not null comment 'lower case',
  display_name varchar(200) not null,
  quota_octets bigint not null,
  detail_folders boolean not null default false comment 'ann+shop@ goes to the folder shop',
  login_suspended boolean not null,
  sending_suspended boolean not null,
  receiving_suspended boolean not null,
  suspension_reason varchar(500) not null,
  suspended_by varchar(16) character set ascii collate ascii_bin null,
  created_at datetime(6) not null,
  unique key mailbox_address (domain_id, local_part),
  key mailbox_quota (domain_id, quota_octets) comment 'has all that counts and sums need',
  constraint mailbox_domain foreign key (domain_id) references domain (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;

create table forwarder (
  id bigint not null auto_increment primary key,
  domain_id bigint not null,
  local_part varchar(64) collate utf8mb4_nopad_bin not null comment 'lower case',
  keep_copy boolean not null,
  created_at datetime(6) not null,
  unique key forwarder_address (domain_id, local_part),
  constraint forwarder_domain foreign key (domain_id) references domain (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;

create table forwarder_target (
  forwarder_id bigint not null,
  position int not null,
  address varchar(320) collate utf8mb4_nopad_bin not null,
  primary key (forwarder_id, position),
  key forwarder_target_address (address),
  constraint forwarder_target_forwarder
    foreign key (forwarder_id) references forwarder (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;
