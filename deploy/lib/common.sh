# Shared by the scripts in deploy/: find what is needed, install what can be installed, say what cannot.
# shellcheck shell=bash

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }

# runs a long step with its output in a log, and a line that shows it is alive
step() { # step TITLE LOG COMMAND...
  local title=$1 log=$2 started=$SECONDS pid
  shift 2
  "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    if [ -t 2 ]; then printf '\r%s ... %ss ' "$title" $((SECONDS - started)) >&2; fi
    sleep 0.5
  done
  if wait "$pid"; then
    if [ -t 2 ]; then printf '\r' >&2; fi
    say "$title ... done in $((SECONDS - started))s"
  else
    if [ -t 2 ]; then printf '\r' >&2; fi
    say "$title ... failed; the end of $log:"
    tail -n 30 "$log" >&2
    return 1
  fi
}

# need_packages COMMAND=PACKAGE ...: installs the Debian packages of the commands that are missing
need_packages() {
  local missing=() pair
  PATH=$PATH:/usr/sbin:/sbin
  for pair in "$@"; do
    command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    die "missing: ${missing[*]}. On Debian: sudo apt-get install ${missing[*]}"
  fi
  local log
  log=$(mktemp)
  step "Installing ${missing[*]}" "$log" env DEBIAN_FRONTEND=noninteractive \
    sh -c 'apt-get update -q && apt-get install -q -y --no-install-recommends "$@"' sh "${missing[@]}" ||
    die "Debian's packages could not be installed: ${missing[*]}"
  rm -f "$log"
}

# want_sodium: hashes of passwords take a third of the CPU with it; without it they are made in Java
want_sodium() {
  PATH=$PATH:/usr/sbin:/sbin
  if ! ldconfig -p | grep -q 'libsodium\.so\.' && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    (need_packages libsodium=libsodium23) || true
  fi
}

# find_jdk [java]: exports JAVA_HOME of a JDK 25 or newer, wherever the usual places have one; with "java" it need not
# have a compiler
find_jdk() {
  local tool=${1:-javac} candidate version
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    [ -x "$candidate/bin/$tool" ] || continue
    if [ -r "$candidate/release" ]; then
      version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$candidate/release")
    else
      version=$("$candidate/bin/$tool" --version 2>/dev/null | sed -n '1s/^[a-z]* \([0-9]*\).*/\1/p')
    fi
    if [ "${version:-0}" -ge 25 ]; then
      export JAVA_HOME=$candidate
      return 0
    fi
  done
  die "no JDK 25 found in JAVA_HOME, /usr/lib/jvm, /opt or ~/.sdkman. Install one (Debian 13 and newer:
apt-get install openjdk-25-jdk; elsewhere Eclipse Temurin 25 from adoptium.net) or point JAVA_HOME at it."
}

maven() {
  MAVEN_OPTS="${MAVEN_OPTS:-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow" \
    mvn -B -ntp "$@"
}

# flags of the JVM that runs Postroom, the same wherever it is run: a heap that grows with the work and is given back
# when there is none, and so is what the compiler no longer needs; such a heap is always rather full, so marking must not
# begin at 45 %, the default, or it never ends under load; docs/performance.md has the measurements
# shellcheck disable=SC2034
postroom_java_flags=(-Xms32m -Xmx512m -XX:+UseG1GC -XX:+UseCompactObjectHeaders -XX:MinHeapFreeRatio=20
  -XX:MaxHeapFreeRatio=40 -XX:InitiatingHeapOccupancyPercent=75 -XX:-G1UseAdaptiveIHOP
  -XX:G1PeriodicGCInterval=15000 -XX:TrimNativeHeapInterval=15000
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)

# build_application LOG: builds $root/target/quarkus-app unless it is newer than its sources
build_application() {
  # shellcheck disable=SC2154
  local application=$root/target/quarkus-app/quarkus-run.jar
  if [ ! -e "$application" ] ||
    [ -n "$(find "$root/pom.xml" "$root/src/main" "$root/templates" -newer "$application" -print -quit)" ]; then
    mkdir -p "$(dirname "$1")"
    step "Building Postroom (a few minutes the first time)" "$1" \
      maven -f "$root/pom.xml" -q package -DskipTests -Dspotless.check.skip=true || die "the build failed"
  fi
}
