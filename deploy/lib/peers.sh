# The peers of the bench, from Debian's packages.
# shellcheck shell=bash

# installs what is missing, and keeps Debian from starting a mail server on this machine's own ports
need_peers() {
  local policy=/usr/sbin/policy-rc.d
  if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' >$policy
    chmod +x $policy
    # shellcheck disable=SC2064
    trap "rm -f $policy" EXIT
  fi
  need_packages smtp-source=postfix postal=postal wrk=wrk dovecot=dovecot-core
  local package file missing=()
  for package in postfix-mysql=/usr/lib/postfix/postfix-mysql.so dovecot-imapd=/usr/lib/dovecot/imap \
    dovecot-pop3d=/usr/lib/dovecot/pop3 dovecot-lmtpd=/usr/lib/dovecot/lmtp \
    dovecot-mysql=/usr/lib/dovecot/modules/auth/libdriver_mysql.so; do
    file=${package#*=}
    [ -e "$file" ] || missing+=("$file=${package%%=*}")
  done
  need_packages ${missing[@]+"${missing[@]}"}
}
