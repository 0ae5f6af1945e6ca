#!/bin/sh
# What make install leaves behind: a stranger's program finds the library by pkg-config, needs nothing but libm, and runs;
# the library calls nothing of the system but arithmetic, memory and text. SPDX-License-Identifier: Apache-2.0
set -eu
cd "$(dirname "$0")/../.."
# the build folder stands before the name of the program under test
build=${PSOAS:+$(dirname "$PSOAS")}
build=${build:-build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
ok() { passed=$((passed + 1)); }
wrong() { echo "$*"; exit 1; }

make --no-print-directory BUILD="$build" DESTDIR="$work/root" PREFIX=/opt/psoas install >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
at=$work/root/opt/psoas
for f in bin/psoas lib/libpsoas.a lib/pkgconfig/psoas.pc include/psoas/psoas.h share/man/man1/psoas.1; do
  [ -s "$at/$f" ] || wrong "$f is not installed"
done
ok

# each header stands alone, and none of the program's own is among them
for h in "$at"/include/psoas/*.h; do
  name=psoas/$(basename "$h")
  printf '#include "%s"\nint main(void) { return 0; }\n' "$name" >"$work/alone.c"
  "${CC:-gcc}" -std=c17 -Wall -Wextra -Werror -I"$at/include" -c -o "$work/alone.o" "$work/alone.c" || wrong "$name does not stand alone"
  [ "$name" = psoas/psoas.h ] || grep -q "\"$name\"" include/psoas/psoas.h || wrong "psoas.h does not gather $name"
done
grep -l 'app/' "$at"/include/psoas/*.h && wrong "a header names the application"
ok

# ten lines of a stranger
cat >"$work/ten.c" <<'END'
#include <psoas/psoas.h>
#include <stdio.h>
int main(void) {
  const ps_curve_value passive = ps_muscle_passive(0.2, 0.0, 0.6);
  const double x[3] = {3.0, 0.0, 4.0};
  ps_rng rng;
  ps_rng_init(&rng, 1);
  printf("%s %.3f %.1f %d\n", PS_VERSION, passive.f, ps_norm(x), ps_rng_uniform(&rng) < 1.0);
  return 0;
}
END
export PKG_CONFIG_PATH="$at/lib/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$work/root"
flags=$(pkg-config --cflags --libs psoas)
version=$(pkg-config --modversion psoas)
[ "psoas $version" = "$("$at/bin/psoas" --version)" ] || wrong "psoas.pc says version $version, the program $("$at/bin/psoas" --version)"
# shellcheck disable=SC2086
"${CC:-gcc}" -std=c17 -Wall -Wextra -Werror -o "$work/ten" "$work/ten.c" $flags || wrong "the stranger's program does not link: $flags"
said=$("$work/ten")
case $said in "$version "*" 5.0 1") ok ;; *) wrong "the stranger's program says: $said" ;; esac
needs=$(objdump -p "$work/ten" | awk '$1 == "NEEDED" { print $2 }' | grep -vE '^(libm|libc)\.so\.6$' || true)
[ -z "$needs" ] || wrong "the stranger's program needs $needs"
ok

# what the library asks of others: this and no more; __cpu_*: the compiler's own choice between two forms of one loop
allowed=" malloc calloc free memcpy memmove memset memcmp strlen strcmp strncmp strcpy strcat strncpy strchr strrchr strstr
  snprintf vsnprintf
  sin cos sincos tan asin acos atan atan2 sqrt cbrt exp expm1 log log1p pow fabs fmin fmax floor ceil round remainder fmod hypot erf erfc
  qsort bsearch _GLOBAL_OFFSET_TABLE_ __stack_chk_fail __cpu_model __cpu_indicator_init "
allowed=$(echo "$allowed" | tr '\n' ' ')
nm "$at/lib/libpsoas.a" 2>/dev/null | awk 'NF == 2 && $1 == "U" { print $2 }' | LC_ALL=C sort -u >"$work/wanted"
nm "$at/lib/libpsoas.a" 2>/dev/null | awk 'NF == 3 && $2 ~ /[TDBRVWi]/ { print $3 }' | LC_ALL=C sort -u >"$work/given"
LC_ALL=C comm -23 "$work/wanted" "$work/given" >"$work/foreign"
[ -s "$work/given" ] || wrong "nm finds nothing in the library"
while read -r symbol; do
  case "$allowed" in *" $symbol "*) ;; *) wrong "the library calls $symbol" ;; esac
done <"$work/foreign"
ok

# every name that others see is ours
nm "$at/lib/libpsoas.a" 2>/dev/null | awk 'NF == 3 && $2 ~ /[TDBRVW]/ && $3 !~ /^ps_/ && $3 !~ /\.resolver$/ { print $3 }' >"$work/strange"
[ ! -s "$work/strange" ] || wrong "the library defines $(tr '\n' ' ' <"$work/strange")"
ok
echo "[  PASSED  ] $passed test(s)."
