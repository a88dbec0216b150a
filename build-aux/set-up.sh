# set-up.sh: what ./run and ./check do first. Sourced by bash, never run.
#
# SPDX-License-Identifier: GPL-3.0-or-later

# say TEXT: one line about what happens now.
say ()
{
  printf '%s\n' "$*"
}

# need_packages WHEN...: see that the Debian packages of these lines of
# build-aux/packages are there, and install those that are not.
need_packages ()
{
  local when package why installed line
  local -a wanted=() missing=() as_root=()

  while read -r when package why
  do
    case " $* " in
      *" $when "*) wanted+=("$package") ;;
    esac
  done < "$root/build-aux/packages"

  if ! command -v dpkg-query > /dev/null
  then
    say "This is not a Debian system, so nothing is installed. What is needed stands in build-aux/packages."
    return 0
  fi

  # dpkg-query answers in 8 ms, so asking first makes the second run quick.
  installed=$'\n'$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "${wanted[@]}" 2> /dev/null || true)$'\n'
  for package in "${wanted[@]}"
  do
    case $installed in
      *$'\n'"installed $package"$'\n'*) ;;
      *) missing+=("$package") ;;
    esac
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  say "Waymark needs ${#missing[@]} Debian packages that are not on this machine:"
  for package in "${missing[@]}"
  do
    line=$(grep -E "^[a-z]+ +$package " "$root/build-aux/packages")
    read -r when package why <<< "$line"
    printf '  %-24s %s\n' "$package" "$why"
  done

  if [ "$(id -u)" -ne 0 ]
  then
    if ! command -v sudo > /dev/null
    then
      say "There is no sudo here. As root, run:" >&2
      say "  apt-get install --no-install-recommends ${missing[*]}" >&2
      return 1
    fi
    say "They are installed with apt, through sudo."
    as_root=(sudo)
  else
    say "They are installed with apt."
  fi

  # PostgreSQL is for tests that start one of their own: no server of the system's.
  case " ${missing[*]} " in
    *" postgresql-"*)
      "${as_root[@]}" mkdir -p /etc/postgresql-common/createcluster.d
      printf 'create_main_cluster = false\n' \
        | "${as_root[@]}" tee /etc/postgresql-common/createcluster.d/no-main.conf > /dev/null
      ;;
  esac
  "${as_root[@]}" apt-get update -q \
    || say "apt could not refresh its lists. Going on with the lists it has."
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "${missing[@]}"
}

# build_in FOLDER [MESON OPTION...]: configure once, then compile what changed.
build_in ()
{
  local folder=$1 log
  shift
  if [ ! -e "$folder/build.ninja" ]
  then
    say "Configuring in ${folder#"$root"/} …"
    rm -rf "$folder"
    log=$(meson setup "$folder" "$root" "$@" 2>&1) || { printf '%s\n' "$log" >&2; return 1; }
  fi
  say "Building in ${folder#"$root"/} …"
  ninja -C "$folder" --quiet
}

# use_build FOLDER: let programs in FOLDER find schema, content and translations
# as if they were installed.
use_build ()
{
  export GSETTINGS_SCHEMA_DIR=$1/data
  export WAYMARK_DATADIR=$root/data
  export WAYMARK_LOCALEDIR=$1/po
}
