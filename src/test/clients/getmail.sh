#!/usr/bin/env bash
# getmail takes mail from a POP3 maildrop and from an IMAP folder, each message once, and removes what it took.
set -euo pipefail

send() {
  swaks --server 127.0.0.1 --port "$SMTP" --from shop@sender.test --to "$ADDRESS" --header "Subject: $1" \
    --body "the text of $1" >/dev/null
}

settings() {
  cat >"$WORK/$1.rc" <<TEXT
[retriever]
type = $2
server = localhost
port = $3
username = $ADDRESS
password = $PASSWORD
ca_certs = $CA
$4
[destination]
type = MDA_external
path = $WORK/keep
arguments = ("$WORK/$1",)
allow_root_commands = true
[options]
delete = true
verbose = 1
received = false
delivered_to = false
TEXT
  mkdir -p "$WORK/$1"
}

# its own Maildir delivery refuses to work for root
printf '#!/bin/sh\ncat >"$(mktemp "$1/XXXXXX")"\n' >"$WORK/keep"
chmod +x "$WORK/keep"

take() { getmail --getmaildir "$WORK" --rcfile "$WORK/$1.rc"; }
count() { find "$WORK/$1" -type f | wc -l; }

settings pop3 SimplePOP3SSLRetriever "$POP3S" ""
settings imap SimpleIMAPSSLRetriever "$IMAPS" "mailboxes = (\"INBOX\",)"

for kind in pop3 imap; do
  for i in 1 2 3; do send "$kind $i"; done
  take $kind
  [ "$(count $kind)" = 3 ] || { echo "$kind: $(count $kind) messages instead of 3"; exit 1; }
  grep -rq "the text of $kind 2" "$WORK/$kind"
  take $kind
  [ "$(count $kind)" = 3 ] || { echo "$kind: taken twice"; exit 1; }
done
