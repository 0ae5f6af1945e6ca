#!/bin/sh
# Can the checkers fail? Each is run on a small tree that is right, then on the same tree with one thing wrong.
# SPDX-License-Identifier: Apache-2.0
set -eu
tools=$(cd "$(dirname "$0")/../../tools" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
passed=0

good_tree() {
  rm -rf lib include app data
  mkdir -p lib/base lib/optim lib/body include/psoas app/files data/anatomy data/tasks
  printf '/* Base. SPDX-License-Identifier: Apache-2.0 */\n/** Length of a name. */\nint ps_length(const char *name);\n' >include/psoas/base.h
  printf '/* Base. SPDX-License-Identifier: Apache-2.0 */\n#include "psoas/base.h"\n#include <string.h>\nint ps_length(const char *name) { return (int)strlen(name); }\n' >lib/base/base.c
  printf '/* Model. SPDX-License-Identifier: Apache-2.0 */\n#include "psoas/base.h"\n' >include/psoas/model.h
  printf '/* Solver. SPDX-License-Identifier: Apache-2.0 */\n#include "psoas/base.h"\n' >lib/optim/solve.c
  printf '/* Files. SPDX-License-Identifier: Apache-2.0 */\n#include "psoas/model.h"\n#include <stdio.h>\n' >app/files/read.c
  printf '@article{smith2001,\n  year = {2001}\n}\n' >data/anatomy/SOURCES.bib
  printf '# A table\nname,value,source,note\na,1,smith2001,\nb,2,assumed,"because, so to say"\n' >data/anatomy/t.csv
  printf '{"task": "x",\n "source": "smith2001 (standing)"}\n' >data/tasks/x.json
}

# CHECKER WHAT-IT-SAYS: must fail and say so
finds() {
  if said=$("$tools/$1" 2>&1); then
    echo "$1 finds nothing where it should say: $2"
    exit 1
  fi
  case $said in
    *"$2"*) passed=$((passed + 1)) ;;
    *) echo "$1 should say: $2"; echo "$said"; exit 1 ;;
  esac
}

good_tree
for checker in check-layers check-style check-sources; do
  said=$("$tools/$checker" 2>&1) || { echo "$checker refuses a tree that is right: $said"; exit 1; }
  passed=$((passed + 1))
done

# FILE LINE-TO-ADD CHECKER WHAT-IT-SAYS
with() {
  good_tree
  printf '%b\n' "$2" >>"$1"
  finds "$3" "$4"
}
with lib/optim/solve.c '#include "psoas/model.h"' check-layers 'lib/optim/solve.c:3: optim may not include body'
with lib/optim/solve.c '#  include "app/files/read.h"' check-layers 'optim may not include app/files'
with lib/optim/solve.c '#include <stdio.h>' check-layers '<stdio.h> is not for the library'
with include/psoas/base.h '#include "psoas/model.h"' check-layers 'base may not include body'
with app/files/read.c '#include "app/report/html.h"' check-layers 'app/files may not include app/report'
with app/files/read.c '#include "lib/optim/internal.h"' check-layers 'an internal header'
with app/files/read.c '#include "read.h"' check-layers 'the path starts with'
good_tree
mkdir lib/extra
cp lib/optim/solve.c lib/extra/solve.c
finds check-layers 'module extra is not in the table'

long='int f(int a) {\n'
for i in 1 2 3 4 5 6 7 8 9 10; do long="$long  a++;\n  a++;\n  a++;\n  a++;\n  a++;\n  a++;\n  a++;\n  a++;\n  a++;\n  a++;\n"; done
with lib/optim/solve.c "${long}  return a;\n}" check-style 'f has 103 lines; never more than 100'
with lib/optim/solve.c "$(printf '%b' "$long" | head -n 70)\n  return a;\n}" check-style 'of the functions have at most 60 lines'
with lib/optim/solve.c 'int g(int a, int b, int c, int d, int e, int f, int g);' check-style 'g has 7 parameters'
with lib/optim/solve.c 'int *f(void) { return malloc(4); }' check-style 'memory is taken in *_new and lib/base only, not in f'
with app/files/read.c '// TO''DO: all' check-style 'finish it'
with lib/optim/solve.c 'int f(void) {\n  printf("x");\n  return 0;\n}' check-style 'deaf and mute'
with lib/optim/solve.c 'int f(void) { return (int)time(0); }' check-style 'deaf and mute'
with lib/optim/solve.c '#define TWICE(x) ((x) + (x))' check-style 'not a macro with arguments'
with include/psoas/base.h '\nint ps_area(int a);' check-style 'ps_area has no docstring'
with lib/optim/solve.c 'int f(int a) {\n if (a) {\n if (a) {\n if (a) {\n if (a) {\n if (a) {\n a++;\n }\n }\n }\n }\n }\n return a;\n}' check-style 'nested deeper than 4'
good_tree
i=0
while [ $i -lt 801 ]; do echo '//'; i=$((i + 1)); done >>lib/optim/solve.c
finds check-style 'at most 800'
good_tree
echo 'int x;' >lib/optim/other.c
finds check-style 'lib/optim/other.c:1: the line SPDX'

# words in comments and texts are not code
good_tree
printf '// malloc(3), printf("x")\n/* exit(1)\n abort() */\nconst char *a = "getenv(1)";\n' >>lib/optim/solve.c
"$tools/check-style" >/dev/null || { echo "check-style takes words for code"; exit 1; }
passed=$((passed + 1))

# state that outlives a call
good_tree
for body in 'int counter; int f(void) { return ++counter; }' 'int f(void) { static int counter = 3; return ++counter; }'; do
  echo "$body" >state.c
  "${CC:-gcc}" -fPIC -c -o state.o state.c && rm -f libstate.a && ar rcs libstate.a state.o
  if said=$("$tools/check-style" libstate.a 2>&1); then echo "check-style misses state: $body"; exit 1; fi
  case $said in *"can change and outlives a call"*) passed=$((passed + 1)) ;; *) echo "$said"; exit 1 ;; esac
done
echo 'const char *const name[] = {"a", "b"};' >state.c
"${CC:-gcc}" -fPIC -c -o state.o state.c && rm -f libstate.a && ar rcs libstate.a state.o
"$tools/check-style" libstate.a || { echo "a constant table is no state"; exit 1; }
passed=$((passed + 1))

with data/anatomy/t.csv 'c,3,jones1999,' check-sources 'data/anatomy/t.csv:5: "jones1999" is no key'
with data/anatomy/t.csv 'c,3,assumed,' check-sources 'the note does not say why'
with data/anatomy/t.csv 'c,3,,"smith2001"' check-sources '"" is no key'
with data/anatomy/SOURCES.bib '@book{unused1990,\n}' check-sources 'unused1990 is used nowhere'
with data/anatomy/SOURCES.bib '@book{smith2001,\n}' check-sources 'stands there twice'
with lib/optim/solve.c '// after @jones1999' check-sources 'lib/optim/solve.c:3: @jones1999 is no key'
good_tree
printf '{"source": "somewhere"}\n' >data/tasks/y.json
finds check-sources 'data/tasks/y.json: source "somewhere" names no key'
good_tree
printf 'name,value,source\na,1,smith2001\n' >data/anatomy/u.csv
finds check-sources 'does not end with the columns source,note'
echo "[  PASSED  ] $passed test(s)."
