# pumice: `make help` lists the targets. Output goes to build/.
MAKEFLAGS += --no-builtin-rules
.DEFAULT_GOAL := all

CFLAGS ?= -O2 -g
PREFIX ?= /usr/local
BUILD  ?= build
WARN   := -std=c11 -Wall -Wextra -Wshadow -Wconversion -Wmissing-prototypes \
          -Wstrict-prototypes -Werror=implicit-function-declaration
LIBS   := libpcre2-8 libutf8proc libxxhash libzstd zlib uchardet lmdb

# Everything but the app is the core: one Lua module, and in the executable too.
CORE := $(patsubst src/%.c,$(BUILD)/obj/%.o,$(wildcard src/*.c src/[!a]*/*.c))
CORE += $(patsubst src/%.cc,$(BUILD)/obj/%.o,$(wildcard src/*/*.cc))
APP  := $(patsubst src/%.c,$(BUILD)/obj/%.o,$(wildcard src/app/*.c))
LUA_FILES := $(shell find lua examples/recipes -name '*.lua' 2>/dev/null)
MODULE  := $(BUILD)/lib/pumice/core.so
PROGRAM := $(BUILD)/pumice

CPPFLAGS += -Isrc -D_GNU_SOURCE
LDLIBS   = $(shell pkg-config --libs $(LIBS)) -lcld2 -lm

# `make demo` and `make test` do all their own set-up.
demo: deps ## install what is missing, build, run the main job on sample pages
	@$(MAKE) --no-print-directory all
	@$(PROGRAM) scripts/demo.lua

test: deps ## install what is missing, build, run the tests
	@$(MAKE) --no-print-directory spec ctest

deps: ## install what is missing from Debian's packages
	@scripts/install-deps

all: $(MODULE) $(PROGRAM) ## build the Lua module and the executable

$(MODULE): $(CORE)
	@mkdir -p $(@D)
	@echo '  $@'
	@$(CC) -shared $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# The Lua files and recipes travel inside the executable: one file to install.
$(BUILD)/embedded.c: scripts/embed.lua $(LUA_FILES)
	@mkdir -p $(@D)
	@lua5.4 scripts/embed.lua $@ $(LUA_FILES)

# Lua goes in whole, as in Debian's own lua5.4: calls into it cost a tenth less,
# and C modules that a script requires find it in the executable.
$(PROGRAM): LDLIBS += -Wl,-Bstatic $(shell pkg-config --libs lua5.4) -Wl,-Bdynamic
$(PROGRAM): $(APP) $(CORE) $(BUILD)/obj/embedded.o
	@echo '  $@'
	@$(CC) $(CFLAGS) $(LDFLAGS) -Wl,--export-dynamic -o $@ $^ $(LDLIBS)

# Only files that speak Lua get its headers: the core cannot reach for them.
$(BUILD)/obj/%_lua.o $(BUILD)/obj/app/%.o: CPPFLAGS += $(shell pkg-config --cflags lua5.4)

$(BUILD)/obj/embedded.o: $(BUILD)/embedded.c
	@mkdir -p $(@D)
	@echo '  $@'
	@$(CC) $(WARN) $(CPPFLAGS) -c $< -o $@

$(BUILD)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	@echo '  $@'
	@$(CC) $(WARN) $(CPPFLAGS) $(CFLAGS) -fPIC -fvisibility=hidden -MMD -MP -c $< -o $@

# C++ is the language of one library that is called here, and nothing else.
$(BUILD)/obj/%.o: src/%.cc
	@mkdir -p $(@D)
	@echo '  $@'
	@$(CXX) -std=c++11 -Wall -Wextra -fno-exceptions -fno-rtti $(CPPFLAGS) $(CFLAGS) -fPIC -fvisibility=hidden -MMD -MP -c $< -o $@

# Tests. Specs see what Lua sees; C tests and fuzzers link the core alone, and
# of it what they use: a fuzzer looks at all counters linked after each input.
CORE_A := $(BUILD)/core.a
$(CORE_A): $(CORE)
	@rm -f $@
	@ar rcs $@ $^

CTESTS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/*_test.c))
FUZZ   := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/*_fuzz.c))
SPECS  ?= tests
LUA    ?= lua5.4
BUSTED = BUILD=$(BUILD) $(LUA) $(shell command -v busted)

$(BUILD)/tests/%_test: tests/%_test.c tests/test.h $(CORE_A)
	@mkdir -p $(@D)
	@echo '  $@'
	@$(CC) $(WARN) $(CPPFLAGS) -Itests $(CFLAGS) $(LDFLAGS) -o $@ $< $(CORE_A) $(LDLIBS)

# What repeats is held against a suffix array.
$(BUILD)/tests/repeats_test: LDLIBS += $(shell pkg-config --libs libdivsufsort)

# A fuzzer replays its corpus here; `make fuzz` lets it run on.
FUZZ_MAIN ?= tests/replay.c
FUZZ_H := $(wildcard tests/fuzz*.h)
$(BUILD)/tests/%_fuzz: tests/%_fuzz.c tests/replay.c $(FUZZ_H) $(CORE_A)
	@mkdir -p $(@D)
	@echo '  $@'
	@$(CC) $(WARN) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< $(FUZZ_MAIN) $(CORE_A) $(LDLIBS)

# One whose property is stated in Lua has the bindings too.
$(BUILD)/tests/%_lua_fuzz: CPPFLAGS += $(shell pkg-config --cflags lua5.4)
$(BUILD)/tests/%_lua_fuzz: LDLIBS += $(shell pkg-config --libs lua5.4)
$(BUILD)/tests/%_lua_fuzz: tests/%_lua_fuzz.c tests/replay.c $(FUZZ_H) $(CORE_A)
	@mkdir -p $(@D)
	@echo "  $@"
	@$(CC) $(WARN) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< $(FUZZ_MAIN) $(CORE_A) $(LDLIBS)

spec: all
	$(BUSTED) $(SPECS)

ctest: $(CTESTS) $(FUZZ)
	@for t in $(CTESTS); do $$t || exit 1; done
	@for f in $(FUZZ); do $$f tests/corpus/$$(basename $$f _fuzz) || exit 1; done

check: ## test, then the linters and the tests under sanitizers
	@bash .ci/run

lint: ## luacheck, the format of the C files, cppcheck
	luacheck --no-color -q lua tests scripts examples
	clang-format --dry-run --Werror $$(find src tests scripts -name '*.[ch]' ! -name '*_table.[ch]')
	cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,performance,portability \
	  --inline-suppr --suppress=missingIncludeSystem -Isrc src tests

# The executable runs the specs: stock Lua knows nothing of the sanitizers.
sanitize: ## the tests under the address and undefined-behaviour sanitizers
	@ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=halt_on_error=1 \
	  $(MAKE) --no-print-directory BUILD=build/sanitize LUA=build/sanitize/pumice \
	  CFLAGS='-O1 -g -fsanitize=address,undefined -fno-omit-frame-pointer' spec ctest

# Comparisons are not traced, and the fuzzers themselves not at all: that is
# several times as fast, and libFuzzer still sees what memcmp is given.
SECONDS ?= 60
JOBS ?= 1
COVERAGE := inline-8bit-counters,pc-table
SMALL := -DPM_CACHE_SETS_LOG=4 -DPM_CACHE_BLOCKS_LOG=3
fuzz: ## every fuzzer for SECONDS (60) or RUNS: ONLY=name runs one
	@scripts/install-deps check
	@$(MAKE) --no-print-directory BUILD=build/fuzz CC=clang CXX=clang++ \
	  FUZZ_MAIN='-fsanitize=fuzzer -fno-sanitize-coverage=$(COVERAGE),trace-cmp,indirect-calls' \
	  CFLAGS='-O2 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined -fsanitize-coverage=$(COVERAGE) $(SMALL)' \
	  fuzzers
	@scripts/fuzz $(SECONDS) '$(RUNS)' $(JOBS) $(ONLY)

fuzzers: $(if $(ONLY),$(BUILD)/tests/$(ONLY)_fuzz,$(FUZZ))

bench: all ## speed beside the peers: ONLY=name runs a part
	@scripts/install-deps bench
	@$(PROGRAM) scripts/bench/main.lua $(ONLY)

COUNT ?= 200
SEED  ?= 1
faults: all ## kills, full disks, failing calls, COUNT of each: nothing may be lost
	@$(PROGRAM) scripts/faults/main.lua $(COUNT) $(SEED) $(ONLY)

DATA  ?= ../shared/data
SPLIT ?= dev
score: all ## answers against labelled data: DATA=folder SPLIT=dev ONLY=area
	@$(PROGRAM) scripts/score/main.lua $(DATA) $(SPLIT) $(ONLY)

LUADIR ?= $(PREFIX)/share/lua/5.4
LIBDIR ?= $(PREFIX)/lib/lua/5.4
install: all install-module ## install to PREFIX (default /usr/local)
	install -D $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/pumice

install-module: $(MODULE) ## only the Lua module: LUADIR, LIBDIR
	install -D -m 644 $(MODULE) $(DESTDIR)$(LIBDIR)/pumice/core.so
	cd lua && find pumice -name '*.lua' -exec install -D -m 644 {} $(DESTDIR)$(LUADIR)/{} \;
	install -d $(DESTDIR)$(LUADIR)/pumice/recipes
	install -m 644 examples/recipes/*.lua $(DESTDIR)$(LUADIR)/pumice/recipes

clean: ## remove the output
	rm -rf $(BUILD)

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /  \1	/p' Makefile | expand -t 14

.PHONY: demo test deps all spec ctest check lint sanitize fuzz fuzzers bench faults score install install-module clean help
-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
