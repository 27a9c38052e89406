-- The queue: one row for each message and recipient elsewhere.
--
-- Times are epoch milliseconds. due_at is when somebody should look at the entry next: the next
-- attempt, or, while it is claimed, the end of the lease. So one index finds both what is due and
-- what a crashed process left behind. An entry that is held is due at the end of the year 9999.
CREATE TABLE queue_entry (
  id           bigint        NOT NULL AUTO_INCREMENT,
  trace        char(16)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reverse_path varchar(800)  NOT NULL COMMENT 'empty: the null reverse-path',
  recipient    varchar(800)  NOT NULL COMMENT 'quoted, it can be twice as long',
  destination  varchar(255)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL
               COMMENT 'the domain of the recipient, or the host where it was rerouted to',
  content      binary(32)    NOT NULL COMMENT 'name of the blob',
  size         bigint        NOT NULL,
  eight_bit    boolean       NOT NULL,
  extra_header mediumtext    NOT NULL,
  account_id   bigint        NULL
               COMMENT 'no foreign key: an entry outlives its account, and inserts lock no account',
  queued_at    bigint        NOT NULL,
  expires_at   bigint        NOT NULL,
  urgency      tinyint       NOT NULL DEFAULT 0 COMMENT 'smaller goes first among mail of one account',
  due_at       bigint        NOT NULL,
  held_at      bigint        NULL COMMENT 'since when somebody holds it back; due_at says the rest',
  warn_at      bigint        NULL COMMENT 'when the sender is told that it is late; null: it was',
  held_by      tinyint       NULL COMMENT 'rank of who holds it: nobody below lets it go',
  exempt_rank  tinyint       NOT NULL DEFAULT 0
               COMMENT 'rank of who let it go by hand: standing holds of those above still apply',
  hold_order   bigint        NULL COMMENT 'the standing order that holds it',
  route_order  bigint        NULL COMMENT 'the standing order that rerouted it',
  attempts     int           NOT NULL DEFAULT 0,
  last_status  varchar(1000) NOT NULL DEFAULT '',
  claimed_by   char(16)      CHARACTER SET ascii COLLATE ascii_bin NULL,
  -- what the client asked for: parameters of MAIL and RCPT that travel with the message
  body               varchar(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  smtp_utf8          boolean     NOT NULL,
  require_tls        boolean     NOT NULL,
  priority           tinyint     NOT NULL COMMENT 'from -9 to 9 (RFC 6710)',
  deliver_by         bigint      NULL,
  deliver_by_mode    char(6)     CHARACTER SET ascii COLLATE ascii_bin NULL,
  deliver_by_traced  boolean     NOT NULL,
  dsn_return         char(4)     CHARACTER SET ascii COLLATE ascii_bin NULL,
  envelope_id        varchar(100) NULL,
  notify             varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
                     COMMENT 'empty: nothing was said',
  original_recipient varchar(500) NULL COMMENT 'type;address',
  PRIMARY KEY (id),
  KEY due (due_at),
  KEY turns (destination, account_id, urgency, due_at),
  KEY account (account_id, id),
  KEY content (content)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What is done with mail that arrives later, too: it is held, or goes to another host.
CREATE TABLE queue_order (
  id          bigint       NOT NULL AUTO_INCREMENT,
  kind        varchar(8)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account_id  bigint       NULL COMMENT 'whose mail; null: everybody''s',
  destination varchar(255) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'to which domain; null: any',
  route       varchar(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'host:port',
  reason      varchar(500) NOT NULL,
  placed_at   bigint       NOT NULL,
  placed_by   varchar(320) NOT NULL,
  placed_rank tinyint      NOT NULL COMMENT 'nobody below lifts it',
  account_key bigint       AS (COALESCE(account_id, 0)) VIRTUAL COMMENT 'nulls are equal in the unique key',
  domain_key  varchar(255) CHARACTER SET ascii COLLATE ascii_bin AS (COALESCE(destination, '')) VIRTUAL,
  PRIMARY KEY (id),
  UNIQUE KEY one (kind, account_key, domain_key)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
