# The demo's plans, accounts, domains and mailboxes, made through the API as a billing system would make them.
# shellcheck shell=bash disable=SC2154  # data, token, http and the rest are deploy/demo's

# api METHOD PATH [JSON]: prints the answer; an answer other than 2xx ends the demo
api() {
  local answer status
  answer=$(curl -sS -X "$1" "$http/api/v1$2" -H "Authorization: Bearer ${api_token:-$token}" \
    -H 'Content-Type: application/json' ${3+--data "$3"} -w '\n%{http_code}')
  status=${answer##*$'\n'}
  [[ $status == 2* ]] || die "$1 $2 answered $status: ${answer%$'\n'*}"
  printf '%s\n' "${answer%$'\n'*}"
}

# json KEY VALUE ...: an object; a value that begins with : is JSON already
json() {
  local args=() filter='{}' i=0
  while [ $# -gt 0 ]; do
    if [[ $2 == :* ]]; then args+=(--argjson "v$i" "${2#:}"); else args+=(--arg "v$i" "$2"); fi
    filter+=" + {\"$1\": \$v$i}"
    i=$((i + 1))
    shift 2
  done
  jq -cn "${args[@]}" "$filter"
}

account_id() { api GET "/accounts?search=$1" | jq -r --arg login "$1" '.items[] | select(.login == $login) | .id'; }

# ensure_account LOGIN JSON: prints its id, made if there is none
ensure_account() {
  local id
  id=$(account_id "$1")
  [ -n "$id" ] || id=$(api POST /accounts "$2" | jq -r .id)
  echo "$id"
}

# ensure_token NAME ACCOUNT-ID: a token of the account, kept beside the other secrets
ensure_token() {
  [ -s "$data/secrets/$1-token" ] ||
    (umask 077; api POST "/accounts/$2/tokens" "$(json label demo)" | jq -r .token >"$data/secrets/$1-token")
  cat "$data/secrets/$1-token"
}

ensure_domain() { # NAME ACCOUNT-ID
  curl -fsS -o /dev/null -H "Authorization: Bearer $token" "$http/api/v1/domains/$1" 2>/dev/null ||
    api POST /domains "$(json name "$1" accountId ":$2")" >/dev/null
}

ensure_mailbox() { # LOCAL DOMAIN NAME
  api PUT "/domains/$2/mailboxes/$1" \
    "$(json displayName "$3" quotaOctets :1073741824 password "$(secret "$1" 6)")" >/dev/null
}

create_demo_accounts() {
  secret reseller 6 >/dev/null
  secret customer 6 >/dev/null
  if [ -e "$data/accounts-created" ]; then return; fi
  local plan reseller customer
  plan=$(api GET '/plans?search=Small' | jq -r '.items[] | select(.name == "Small business") | .id')
  [ -n "$plan" ] || plan=$(api POST /plans "$(json name "Small business" limits \
    ':{"domains":10,"mailboxes":50,"forwarders":100,"storageOctets":53687091200,"messagesPerHour":1000,"messagesPerDay":10000,"recipientsPerMessage":200}')" | jq -r .id)
  reseller=$(ensure_account reseller "$(json role reseller login reseller name "Harbour Hosting" password "$(secret reseller)")")
  customer=$(ensure_account customer "$(json role customer login customer name "Alpha Bakery" planId ":$plan" \
    parentId ":$reseller" password "$(secret customer)")")
  ensure_token reseller "$reseller" >/dev/null
  ensure_token customer "$customer" >/dev/null
  ensure_domain alpha.test "$customer"
  ensure_domain beta.test "$customer"
  ensure_mailbox ann alpha.test "Ann Alpha"
  ensure_mailbox ben alpha.test "Ben Alpha"
  ensure_mailbox cho beta.test "Cho Beta"
  api PUT /domains/alpha.test/forwarders/sales "$(json targets ':["ben@alpha.test","cho@beta.test"]')" >/dev/null
  touch "$data/accounts-created"
}

write_demo_json() {
  local ports='{"smtp":25,"submission":587,"submissions":465,"imap":143,"imaps":993,"pop3":110,"pop3s":995,"http":80,"https":443,"database":306}'
  (umask 077; jq -n --arg hostname "$hostname" --arg ca "$data/tls/ca.pem" --arg resolver "$resolver" \
    --argjson base "$base" --argjson ports "$ports" --argjson pid "$postroom_pid" --argjson databasePid "${database_pid:-0}" \
    --arg ann "$(secret ann)" --arg ben "$(secret ben)" --arg cho "$(secret cho)" \
    --arg admin "$(secret administrator)" --arg adminToken "$token" \
    --arg reseller "$(secret reseller)" --arg resellerToken "$(cat "$data/secrets/reseller-token")" \
    --arg customer "$(secret customer)" --arg customerToken "$(cat "$data/secrets/customer-token")" '{
      host: "127.0.0.1", hostname: $hostname, ca: $ca,
      ports: ($ports | map_values(. + $base)),
      pid: $pid, databasePid: $databasePid,
      mailboxes: [
        {address: "ann@alpha.test", password: $ann},
        {address: "ben@alpha.test", password: $ben},
        {address: "cho@beta.test", password: $cho}],
      forwarders: [{address: "sales@alpha.test", to: ["ben@alpha.test", "cho@beta.test"]}],
      accounts: {
        admin: {login: "admin", password: $admin, token: $adminToken},
        reseller: {login: "reseller", password: $reseller, token: $resellerToken},
        customer: {login: "customer", password: $customer, token: $customerToken}},
      settings: {resolver: $resolver}}' >"$data/demo.json.new")
  mv "$data/demo.json.new" "$data/demo.json"
}

print_table() {
  cat <<TEXT

  Panel       http://127.0.0.1:$(port 80)/   or https://127.0.0.1:$(port 443)/
  API         http://127.0.0.1:$(port 80)/api/v1   described at /q/openapi, to try at /q/swagger-ui
  Health      http://127.0.0.1:$(port 80)/q/health
  SMTP        $(port 25)   submission $(port 587) (STARTTLS), $(port 465) (TLS)
  IMAP        $(port 143)   over TLS $(port 993)
  POP3        $(port 110)   over TLS $(port 995)
  MariaDB     $database_port   DNS $resolver
  CA          $data/tls/ca.pem

  account     login       password
TEXT
  local who
  for who in administrator reseller customer; do
    printf '  %-11s %-11s %s\n' "$who" "$([ $who = administrator ] && echo admin || echo $who)" "$(secret $who)"
  done
  printf '\n  %-28s %s\n' mailbox password
  for who in ann@alpha.test ben@alpha.test cho@beta.test; do
    printf '  %-28s %s\n' "$who" "$(secret "${who%%@*}")"
  done
  printf '\n  sales@alpha.test forwards to ben@alpha.test and cho@beta.test\n\n'
}
