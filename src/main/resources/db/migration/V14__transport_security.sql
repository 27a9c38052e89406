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

-- What domains here publish about the way to them (RFC 8461 §3). No row: nothing.
CREATE TABLE published_policy (
  domain_id bigint     NOT NULL,
  sts_mode  varchar(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (domain_id),
  CONSTRAINT published_policy_domain FOREIGN KEY (domain_id) REFERENCES domain (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- How the security of connections to other servers turned out, counted by day (UTC), until it is
-- reported to the domain (RFC 8460).
CREATE TABLE tls_session (
  day          date         NOT NULL,
  domain       varchar(253) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id           binary(16)   NOT NULL COMMENT 'digest of the columns below but the last',
  policy_type  varchar(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  policy_text  mediumtext   NOT NULL COMMENT 'a line each',
  policy_hosts text         NOT NULL COMMENT 'a line each',
  result_type  varchar(40)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL
               COMMENT 'of RFC 8460 §4.3; empty when all was well, like the next four',
  mx_host      varchar(255) NOT NULL,
  receiving_ip varchar(45)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sending_ip   varchar(45)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  detail       varchar(500) NOT NULL,
  sessions     bigint       NOT NULL,
  PRIMARY KEY (day, domain, id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What other servers report of the way to domains here (RFC 8460).
CREATE TABLE tls_report (
  id          bigint       NOT NULL AUTO_INCREMENT,
  domain_id   bigint       NOT NULL,
  reporter    varchar(200) NOT NULL COMMENT 'organization-name',
  report_id   varchar(255) NOT NULL,
  begins_at   bigint       NOT NULL,
  ends_at     bigint       NOT NULL,
  successes   bigint       NOT NULL,
  failures    bigint       NOT NULL,
  received_at bigint       NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY once (domain_id, reporter, report_id),
  KEY newest (domain_id, received_at),
  KEY received (received_at),
  CONSTRAINT tls_report_domain FOREIGN KEY (domain_id) REFERENCES domain (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE tls_report_failure (
  report      bigint       NOT NULL,
  position    int          NOT NULL,
  result_type varchar(60)  NOT NULL,
  mx_host     varchar(255) NOT NULL,
  sending_ip  varchar(60)  NOT NULL,
  sessions    bigint       NOT NULL,
  detail      varchar(500) NOT NULL,
  PRIMARY KEY (report, position),
  CONSTRAINT tls_report_failure_report FOREIGN KEY (report) REFERENCES tls_report (id)
    ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
