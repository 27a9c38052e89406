-- Sessions of the pages. The token itself is only in the browser: a stolen table opens nothing.
CREATE TABLE web_session (
  token_hash   binary(32)     NOT NULL PRIMARY KEY,
  account_id   bigint         NOT NULL,
  created_at   bigint         NOT NULL,
  last_seen_at bigint         NOT NULL,
  flash        varbinary(8192) NULL,
  KEY web_session_account (account_id),
  KEY web_session_created (created_at),
  KEY web_session_seen (last_seen_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
