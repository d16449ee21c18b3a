# pumice: `make help` lists the targets. Output goes to build/.
MAKEFLAGS += --no-builtin-rules

CFLAGS ?= -O2 -g
PREFIX ?= /usr/local
BUILD  ?= build
WARN   := -std=c11 -Wall -Wextra -Wshadow -Wconversion -Wmissing-prototypes \
          -Wstrict-prototypes -Werror=implicit-function-declaration
LIBS   := libpcre2-8 libutf8proc libxxhash libzstd zlib

# Everything but the app is the core: one Lua module, and in the executable too.
CORE := $(patsubst src/%.c,$(BUILD)/obj/%.o,$(wildcard src/*.c src/[!a]*/*.c))
APP  := $(patsubst src/%.c,$(BUILD)/obj/%.o,$(wildcard src/app/*.c))
LUA_FILES := $(shell find lua examples/recipes -name '*.lua' 2>/dev/null)
MODULE  := $(BUILD)/lib/pumice/core.so
PROGRAM := $(BUILD)/pumice

CPPFLAGS += -Isrc -D_GNU_SOURCE
LDLIBS   = $(shell pkg-config --libs $(LIBS))

all: $(MODULE) $(PROGRAM) ## build the Lua module and the executable

$(MODULE): $(CORE)
	@mkdir -p $(@D)
	@echo '  $@'
	@$(CC) -shared $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# The Lua files and recipes travel inside the executable: one file to install.
$(BUILD)/embedded.c: scripts/embed.lua $(LUA_FILES)
	@mkdir -p $(@D)
	@lua5.4 scripts/embed.lua $@ $(LUA_FILES)

$(PROGRAM): $(APP) $(CORE) $(BUILD)/obj/embedded.o
	@echo '  $@'
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) $(shell pkg-config --libs lua5.4)

# Only files that speak Lua get its headers: the core cannot reach for them.
$(BUILD)/obj/%_lua.o $(BUILD)/obj/app/%.o: CPPFLAGS += $(shell pkg-config --cflags lua5.4)

$(BUILD)/obj/embedded.o: $(BUILD)/embedded.c
	@mkdir -p $(@D)
	@echo '  $@'
	@$(CC) $(WARN) $(CPPFLAGS) -c $< -o $@

$(BUILD)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	@echo '  $@'
	@$(CC) $(WARN) $(CPPFLAGS) $(CFLAGS) -fPIC -MMD -MP -c $< -o $@

# Tests. Specs see what Lua sees; C tests and fuzzers link the core alone.
BARE   := $(filter-out %_lua.o,$(CORE))
CTESTS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/*_test.c))
FUZZ   := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/*_fuzz.c))
SPECS  ?= tests
BUSTED = BUILD=$(BUILD) lua5.4 $(shell command -v busted)

$(BUILD)/tests/%_test: tests/%_test.c tests/test.h $(BARE)
	@mkdir -p $(@D)
	@echo '  $@'
	@$(CC) $(WARN) $(CPPFLAGS) -Itests $(CFLAGS) $(LDFLAGS) -o $@ $< $(BARE) $(LDLIBS)

# A fuzzer replays its corpus here; `make fuzz` lets it run on.
$(BUILD)/tests/%_fuzz: tests/%_fuzz.c tests/replay.c $(BARE)
	@mkdir -p $(@D)
	@echo '  $@'
	@$(CC) $(WARN) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< tests/replay.c $(BARE) $(LDLIBS)

spec: all
	$(BUSTED) $(SPECS)

ctest: $(CTESTS) $(FUZZ)
	@for t in $(CTESTS); do $$t || exit 1; done
	@for f in $(FUZZ); do $$f tests/corpus/$$(basename $$f _fuzz) || exit 1; done

clean: ## remove the output
	rm -rf $(BUILD)

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /  \1	/p' Makefile | expand -t 14

.PHONY: all spec ctest clean help
-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
