-- Who is let in, turned away, and banned. One entry a network; bans stay for a while after their
-- end, so that the next one is longer.
create table client_rule (
  id bigint not null auto_increment primary key,
  network varchar(49) character set ascii collate ascii_bin not null comment '192.0.2.1, 2001:db8::/64',
  kind varchar(8) character set ascii collate ascii_bin not null comment 'ALLOW, DENY, BAN',
  reason varchar(500) not null,
  since bigint not null comment 'milliseconds since 1970',
  until bigint null comment 'null: no end',
  times int not null comment 'how often it was banned lately',
  made_by varchar(64) not null comment 'a login, or empty for Postroom itself',
  unique key client_rule_network (network),
  key client_rule_until (until)
) engine = InnoDB default charset = utf8mb4;
