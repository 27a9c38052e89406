-- Mailboxes that others of the same customer may use. Whoever reads these tables compares the
-- accounts again: rights never reach across customers.

-- Rights in every folder of a mailbox.
create table mailbox_share (
  id bigint not null auto_increment primary key,
  mailbox_id bigint not null,
  guest_id bigint not null comment 'the mailbox whose user may',
  rights varchar(16) character set ascii collate ascii_bin not null comment 'letters of RFC 4314',
  may_send_as boolean not null,
  created_at datetime(6) not null,
  unique key mailbox_share_guest (mailbox_id, guest_id),
  key mailbox_share_of_guest (guest_id),
  constraint mailbox_share_mailbox
    foreign key (mailbox_id) references mailbox (id) on delete cascade,
  constraint mailbox_share_guest
    foreign key (guest_id) references mailbox (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;

-- Rights in one folder: they stand in place of those in its mailbox, and may be none.
create table folder_share (
  folder_id bigint not null,
  guest_id bigint not null,
  rights varchar(16) character set ascii collate ascii_bin not null,
  primary key (folder_id, guest_id),
  key folder_share_of_guest (guest_id),
  constraint folder_share_folder
    foreign key (folder_id) references folder (id) on delete cascade,
  constraint folder_share_guest
    foreign key (guest_id) references mailbox (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;
