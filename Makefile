# psoas: one non-recursive makefile.
#   make run     installs what is missing, builds, assesses the example person, says where the report is
#   make test    installs what is missing, builds, passes the fast tests
#   make         build/psoas            make check   sanitizers, faults, referees      make slow    long properties
#   make bench   timings beside peers   make lint    layers, sizes, sources, analysers make install PREFIX=/usr/local
#   make fuzz    new inputs for the parsers, FUZZ_SECONDS=20 for each
# `make deps` is the only target that calls apt.  SPDX-License-Identifier: Apache-2.0
MAKEFLAGS += --no-builtin-rules
.DEFAULT_GOAL := all
BUILD  ?= build
CC     ?= gcc
PREFIX ?= /usr/local
JOBS   ?= $(shell nproc 2>/dev/null || echo 1)
ifeq ($(CC),cc)
CC := gcc
endif

WARN := -std=c17 -pedantic -Wall -Wextra -Werror -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla \
        -Wswitch-enum -Wformat=2 -Wundef -Wcast-qual -Wwrite-strings
# no contraction and no fast math: same input, same bits. Not asking for errno and traps changes no number, and lets a loop
# with a square root or a choice become a wide one
OPT      ?= -O3 -g -ffp-contract=off -fno-math-errno -fno-trapping-math
SANITIZE ?=
CPPFLAGS := -D_POSIX_C_SOURCE=200809L -I. -Iinclude -Itest
CFLAGS   := $(WARN) $(OPT) -fPIC -pthread $(SANITIZE)
LDFLAGS  := -pthread $(SANITIZE)
LIBS     := -ljansson -lmd -lm

LIB_SRC := $(sort $(wildcard lib/*/*.c))
CLINIC_SRC := $(sort $(wildcard clinic/*/*.c))
APP_SRC := $(sort $(filter-out app/cli/main.c,$(wildcard app/*/*.c)))
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o)
APP_OBJ := $(APP_SRC:%.c=$(BUILD)/%.o) $(CLINIC_SRC:%.c=$(BUILD)/%.o) $(BUILD)/assets.o
DATA    := $(sort $(shell find data -type f))

TEST_SRC    := $(sort $(wildcard test/unit/*_test.c test/prop/*_test.c test/golden/*_test.c test/api/*_test.c))
FUZZ_SRC    := $(sort $(wildcard test/fuzz/fuzz_*.c))
SCRIPTS     := $(sort $(wildcard test/tools/*_test.sh))
FAULT_SRC   := $(sort $(wildcard test/fault/*_test.c))
REFEREE_SRC := $(sort $(wildcard test/referee/*_test.c))
SLOW_SRC    := $(sort $(wildcard test/slow/*_test.c))
BENCH_SRC   := $(sort $(wildcard bench/bench_*.c))
BENCH_OBJ   := $(patsubst %.c,$(BUILD)/%.o,$(sort $(filter-out $(BENCH_SRC),$(wildcard bench/*.c))))
SUPPORT_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard test/support/*.c)))
programs = $(1:%.c=$(BUILD)/%)

.PHONY: all deps run test check slow bench lint install clean
all: $(BUILD)/psoas

# ---- what a target needs from Debian; the script says what it installs and does nothing when all is there ----------
DEPS ?= build test check
deps:
	@tools/deps $(DEPS)

# ---- building ------------------------------------------------------------------------------------------------------
$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "cc $<"
	@$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/assets.c: tools/pack-assets $(DATA)
	@mkdir -p $(@D)
	@tools/pack-assets data > $@.tmp && mv $@.tmp $@
$(BUILD)/assets.o: $(BUILD)/assets.c
	@$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(BUILD)/libpsoas.a: $(LIB_OBJ)
	@rm -f $@ && ar rcs $@ $^
$(BUILD)/libapp.a: $(APP_OBJ)
	@rm -f $@ && ar rcs $@ $^
$(BUILD)/psoas: $(BUILD)/app/cli/main.o $(BUILD)/libapp.a $(BUILD)/libpsoas.a
	@$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

$(call programs,$(TEST_SRC) $(FAULT_SRC) $(SLOW_SRC)): $(BUILD)/%: $(BUILD)/%.o $(SUPPORT_OBJ) $(BUILD)/libapp.a $(BUILD)/libpsoas.a
	@$(CC) $(LDFLAGS) -o $@ $^ -lcmocka $(LIBS)
# counts every call of an allocator
$(BUILD)/test/prop/alloc_test: LDFLAGS += $(foreach f,malloc calloc realloc aligned_alloc posix_memalign,-Wl,--wrap=$f)
# other people's solvers: in tests and benchmarks only
$(call programs,$(REFEREE_SRC)): $(BUILD)/%: $(BUILD)/%.o $(SUPPORT_OBJ) $(BUILD)/libapp.a $(BUILD)/libpsoas.a
	@$(CC) $(LDFLAGS) -o $@ $^ -lcmocka -lmujoco -lipopt -lnlopt $(LIBS)
$(call programs,$(BENCH_SRC)): $(BUILD)/%: $(BUILD)/%.o $(BENCH_OBJ) $(BUILD)/libapp.a $(BUILD)/libpsoas.a
	@$(CC) $(LDFLAGS) -o $@ $^ -lmujoco -lipopt -lnlopt -lClp $(LIBS)
# an allocator that can refuse stands before the real one, and so does what starts a thread
$(call programs,$(FAULT_SRC)): LDFLAGS += -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=free,--wrap=pthread_create
# a fuzz target runs the committed corpus; make fuzz puts a fuzzer in the place of that driver
FUZZ_MAIN = $(BUILD)/test/fuzz/corpus_main.o
$(call programs,$(FUZZ_SRC)): $(BUILD)/%: $(BUILD)/%.o $(filter %.o,$(FUZZ_MAIN)) $(BUILD)/libapp.a $(BUILD)/libpsoas.a
	@$(CC) $(LDFLAGS) -o $@ $< $(FUZZ_MAIN) $(BUILD)/libapp.a $(BUILD)/libpsoas.a $(LIBS)

# ---- running -------------------------------------------------------------------------------------------------------
EXAMPLE := examples/persons/stretching-men.json
run:
	@tools/deps build
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@$(BUILD)/psoas assess $(EXAMPLE) --html $(BUILD)/report.html
	@echo && echo "The report is $(abspath $(BUILD)/report.html): open it in a browser."

# objects stay after a link, so that a second build is quick
.SECONDARY:

test:
	@tools/deps build test
	@$(MAKE) --no-print-directory -j$(JOBS) run-tests
.PHONY: run-tests run-check
run-tests: all $(call programs,$(TEST_SRC) $(FUZZ_SRC))
	@tools/run-tests $(BUILD) $(call programs,$(TEST_SRC) $(FUZZ_SRC))

# sanitizers on everything fast, failing allocators, bad input, and referees that we did not write
ASAN := BUILD=build/asan SANITIZE="-fsanitize=address,undefined -fno-sanitize-recover=all" OPT="-O1 -g -ffp-contract=off"
check:
	@tools/deps build test check
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@$(MAKE) --no-print-directory -j$(JOBS) $(ASAN) run-check
	@$(MAKE) --no-print-directory -j$(JOBS) run-referees
	@$(MAKE) --no-print-directory -j$(JOBS) $(BUILD)/test/unit/safety_test $(BUILD)/test/unit/rescreen_test
	@tools/mutate-safety $(BUILD)
run-check: all $(call programs,$(TEST_SRC) $(FUZZ_SRC) $(FAULT_SRC))
	@tools/run-tests $(BUILD) $(call programs,$(TEST_SRC) $(FUZZ_SRC) $(FAULT_SRC))
# on the plain build: referees, the checkers' own tests, the installed library
.PHONY: run-referees
run-referees: all $(call programs,$(REFEREE_SRC))
	@tools/run-tests $(BUILD) $(call programs,$(REFEREE_SRC)) $(SCRIPTS)

# new inputs for the parsers, for a while; what breaks one is left in build/fuzz
FUZZ_SECONDS ?= 20
fuzz:
	@tools/deps build test check
	@$(MAKE) --no-print-directory -j$(JOBS) BUILD=build/fuzz CC=clang-14 OPT="-O1 -g" FUZZ_MAIN=-fsanitize=fuzzer \
	  SANITIZE="-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all" build-fuzz
	@for p in $(FUZZ_SRC:test/fuzz/fuzz_%.c=%); do \
	  mkdir -p build/fuzz/corpus/$$p; \
	  build/fuzz/test/fuzz/fuzz_$$p -max_total_time=$(FUZZ_SECONDS) -timeout=5 -rss_limit_mb=2048 -print_final_stats=1 \
	    -artifact_prefix=build/fuzz/ build/fuzz/corpus/$$p test/fuzz/corpus/$$p >build/fuzz/$$p.log 2>&1 || \
	    { tail -n 60 build/fuzz/$$p.log; echo "FAILED  fuzz_$$p"; exit 1; }; \
	  echo "ok  fuzz_$$p  $$(sed -n 's/^stat::number_of_executed_units: *//p' build/fuzz/$$p.log) inputs"; done
.PHONY: fuzz build-fuzz
build-fuzz: $(call programs,$(FUZZ_SRC))

slow: all $(call programs,$(SLOW_SRC))
	@tools/run-tests $(BUILD) $(call programs,$(SLOW_SRC))

bench:
	@tools/deps build bench
	@$(MAKE) --no-print-directory -j$(JOBS) build-bench >&2
	@for b in $(call programs,$(BENCH_SRC)); do $$b || exit 1; done
.PHONY: build-bench
build-bench: all $(call programs,$(BENCH_SRC))

lint:
	@tools/deps build test check
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@FLAGS='$(CPPFLAGS) $(WARN)' tools/lint $(BUILD)

# ---- installing ----------------------------------------------------------------------------------------------------
VERSION := $(shell sed -n 's/^\#define PS_VERSION "\(.*\)"/\1/p' include/psoas/base.h)
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/include/psoas $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $(BUILD)/psoas $(DESTDIR)$(PREFIX)/bin/psoas
	install -m 644 $(BUILD)/libpsoas.a $(DESTDIR)$(PREFIX)/lib/libpsoas.a
	install -m 644 include/psoas/*.h $(DESTDIR)$(PREFIX)/include/psoas
	install -m 644 docs/man/psoas.1 $(DESTDIR)$(PREFIX)/share/man/man1/psoas.1
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' tools/psoas.pc.in > $(DESTDIR)$(PREFIX)/lib/pkgconfig/psoas.pc

clean:
	rm -rf build

-include $(shell find $(BUILD) -name "*.d" 2>/dev/null)
