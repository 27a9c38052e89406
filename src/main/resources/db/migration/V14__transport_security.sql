-- The security of the way between servers. Times are epoch milliseconds.

-- MTA-STS policies of other domains (RFC 8461 §5.1), until they expire.
CREATE TABLE sts_policy (
  domain     varchar(253) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  record_id  varchar(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL
             COMMENT 'id of the TXT record under which it was fetched',
  fetched_at bigint       NOT NULL,
  expires_at bigint       NOT NULL,
  policy     mediumtext   NOT NULL COMMENT 'as it was fetched',
  PRIMARY KEY (domain),
  KEY expires (expires_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
