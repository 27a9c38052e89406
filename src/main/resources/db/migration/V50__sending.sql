-- How many messages an account with limits has sent, by hour. Old hours go when a new one begins.
create table sent_messages (
  account_id bigint not null,
  hour bigint not null comment 'hours since 1970',
  messages bigint not null,
  primary key (account_id, hour),
  constraint sent_messages_account
    foreign key (account_id) references account (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;
