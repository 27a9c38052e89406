-- The index behind SEARCH TEXT and BODY, a row for some messages of a folder that follow each other.
-- Derived from the store: rows may be deleted at any time, and are then made anew.
create table search_segment (
  folder_id bigint not null,
  first_uid bigint not null,
  last_uid bigint not null,
  messages int not null,
  terms mediumblob not null,
  postings mediumblob not null,
  primary key (folder_id, first_uid),
  constraint search_segment_folder foreign key (folder_id) references folder (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;
