-- By which way mail leaves, where it is not the configured one. A row stands for one account (and,
-- of a reseller, its customers) or for one domain.
create table egress (
  id bigint not null auto_increment primary key,
  account_id bigint null,
  domain_id bigint null,
  relay_host varchar(255) character set ascii collate ascii_bin null comment 'null: no relay host',
  relay_port int null,
  relay_tls varchar(16) character set ascii collate ascii_bin null,
  relay_login varchar(255) not null comment 'empty: none',
  relay_password varbinary(1024) null comment 'sealed under the secret of the server',
  relay_by varchar(16) character set ascii collate ascii_bin null
    comment 'whoever stands below may not change it',
  source4 varchar(15) character set ascii collate ascii_bin not null comment 'empty: none of its own',
  source6 varchar(45) character set ascii collate ascii_bin not null,
  unique key egress_account (account_id),
  unique key egress_domain (domain_id),
  constraint egress_account foreign key (account_id) references account (id) on delete cascade,
  constraint egress_domain foreign key (domain_id) references domain (id) on delete cascade
) engine = InnoDB default charset = utf8mb4;
