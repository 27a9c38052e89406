-- Who did what. Rows are written inside the transaction that does it, and removed when they are old.
-- No foreign keys: an entry outlives whom and what it is about.
CREATE TABLE audit_entry (
  id          bigint       NOT NULL AUTO_INCREMENT,
  at          bigint       NOT NULL COMMENT 'epoch milliseconds',
  actor       varchar(320) NOT NULL COMMENT 'login or address; empty: the server',
  actor_rank  tinyint      NOT NULL COMMENT '0 mailbox, 1 customer, 2 reseller, 3 administrator, 4 server',
  way         varchar(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  credential  varchar(100) NOT NULL COMMENT 'label of the API token',
  address     varchar(45)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  action      varchar(40)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject     varchar(820) NOT NULL,
  detail      varchar(1000) NOT NULL,
  messages    bigint       NULL COMMENT 'how many messages an action on the queue touched',
  account_id  bigint       NULL COMMENT 'whose matter it is; null: the operator''s',
  reseller_id bigint       NULL COMMENT 'the reseller above that account, then',
  PRIMARY KEY (id),
  KEY account (account_id, id),
  KEY reseller (reseller_id, id),
  KEY at (at)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
