-- Annotations (RFC 5464). A shared one belongs to the mailbox that has the folder, a private one
-- to the mailbox whose user made it. Goes with its folder and with its mailbox.
create table annotation (
  id bigint not null auto_increment primary key,
  folder_id bigint null comment 'null: of the server',
  folder_key bigint as (coalesce(folder_id, 0)) virtual comment 'nulls are equal in the unique key',
  mailbox_id bigint not null,
  entry varchar(255) character set ascii collate ascii_bin not null comment 'lower case',
  value mediumblob not null,
  unique key annotation_entry (folder_key, mailbox_id, entry),
  key annotation_folder (folder_id),
  constraint annotation_folder foreign key (folder_id) references folder (id) on delete cascade,
  constraint annotation_mailbox foreign key (mailbox_id) references mailbox (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;
