# stance: build, test, demo. `make help` lists the targets.

VARIANT ?= release
BUILD   ?= build/$(VARIANT)
DB      ?= $(BUILD)/demo.db
ARTICLES ?= data/articles/*.txt
CODEBOOK ?= data/codebooks/junior-doctors.csv
CORPORA ?= ../shared/corpora
SHELL   := /bin/bash

.DELETE_ON_ERROR:
.SECONDARY:
.SUFFIXES:
.DEFAULT_GOAL := all

ifeq ($(V),1)
Q :=
say = @:
else
Q := @
say = @printf '  %-8s %s\n'
endif

# One list of Debian 12 packages: what each is for, then its name.
PACKAGES := \
  build-essential pkg-config \
  libsqlite3-dev \
  libigraph-dev \
  libgraphviz-dev graphviz fonts-liberation fonts-dejavu-core fontconfig \
  libcsv-dev \
  libjansson-dev \
  libpcre2-dev \
  libutf8proc-dev \
  nettle-dev \
  libxml2-dev \
  libedit-dev \
  libcmocka-dev \
  python3 \
  tzdata
# What only `make lint` needs.
LINT_PACKAGES := clang-format clang-tidy

# ---- flags ----------------------------------------------------------------------------------
warnings := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
            -Wmissing-prototypes -Wvla -Wformat=2 -Wundef -Wcast-qual
ifdef CI
warnings += -Werror
endif
flags.release  := -O2 -g1 -DNDEBUG
flags.debug    := -O0 -g
flags.asan     := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
# GCC sees uninitialised values where the sanitizers split the code; the release build keeps the warning.
flags.asan     += -Wno-maybe-uninitialized
flags.coverage := -O0 -g --coverage

# Lazily evaluated once, and only when something is compiled: `make deps` runs before the
# packages are there.
pkg = $(shell pkg-config --$(1) $(2) 2>/dev/null | sed 's/-I/-isystem /g')
light := sqlite3 libcgraph jansson libpcre2-8 libutf8proc nettle libedit
light_cflags = $(eval light_cflags := $(call pkg,cflags,$(light)))$(light_cflags)
# Libraries that are there as archives go into the program: looking up their symbols took half of
# the time that it takes to start.
archived = $(foreach l,$(1),$(or $(filter /%,$(shell $(CC) -print-file-name=lib$(l:-l%=%).a)),$(l)))
edit_libs    = $(if $(filter /%,$(call archived,-ledit)),-ltinfo -lbsd -lmd)
light_libs   = $(eval light_libs := $(call archived,$(call pkg,libs,$(light)) -lcsv $(edit_libs)) \
                -lpthread -ldl -lm)$(light_libs)

base_cflags = -std=c11 -D_POSIX_C_SOURCE=200809L -Iinclude -fPIC $(warnings) $(flags.$(VARIANT)) \
              $(light_cflags) $(CPPFLAGS) $(CFLAGS)
base_ldflags = $(flags.$(VARIANT)) -Wl,--as-needed $(LDFLAGS)

# Arithmetic in vectors: every loop counts, and no vector crosses a function call.
cflags.nn         := -O3 -Wno-psabi
cflags.nn16       := -O3 -Wno-psabi
cflags.nn_train   := -O3 -Wno-psabi
cflags.syntax_net := -O3
cflags.pair_train := -O3 -fno-math-errno
cflags.pair_network := -O3

# ---- sources --------------------------------------------------------------------------------
# src/<folder>/*.c goes into libstance.a. src/<folder>/module_<name>/*.c becomes the shared object
# stance-<name>.so, which holds the only users of a large library (see stance/module.h).
folders := base text language extract store graph query analysis export ingest cli
sources := $(filter-out src/cli/main.c,$(foreach f,$(folders),$(wildcard src/$(f)/*.c)))
objects := $(sources:%.c=$(BUILD)/%.o)
modules := $(sort $(patsubst %/,%,$(dir $(wildcard src/*/module_*/*.c))))
module_files := $(foreach m,$(modules),$(BUILD)/stance-$(patsubst module_%,%,$(notdir $(m))).so)
train_sources := $(wildcard src/train/*.c)
train_objects := $(train_sources:%.c=$(BUILD)/%.o)
tests := $(wildcard tests/unit/*/test_*.c)
test_programs := $(tests:%.c=$(BUILD)/%)
support_objects := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support/*.c))
fuzzers := $(wildcard tests/fuzz/fuzz_*.c)
fuzz_programs := $(fuzzers:%.c=$(BUILD)/%)
# The word lists of extraction are built into the program, so that it needs no files to find them.
lexicons := $(sort $(wildcard data/lexicons/*.txt data/lexicons/*.csv))
objects += $(BUILD)/lexicons.o

libs.igraph   = $(call pkg,cflags,igraph) $(call pkg,libs,igraph)
libs.graphviz = $(call pkg,cflags,libgvc) $(call pkg,libs,libgvc)
libs.xml      = $(call pkg,cflags,libxml-2.0) $(call pkg,libs,libxml-2.0)

programs := $(BUILD)/stance $(BUILD)/stance-train

all: $(programs) $(module_files) ## build the program

$(BUILD)/libstance.a: $(objects)
	$(say) AR $@
	$(Q)rm -f $@ && ar rcs $@ $^

$(BUILD)/stance: $(BUILD)/src/cli/main.o $(BUILD)/libstance.a
	$(say) LINK $@
	$(Q)$(CC) $(base_ldflags) -o $@ $^ $(light_libs)

$(BUILD)/stance-train: $(train_objects) $(BUILD)/libstance.a
	$(say) LINK $@
	$(Q)$(CC) $(base_ldflags) -o $@ $^ $(light_libs)

$(BUILD)/lexicons.c: $(lexicons)
	$(say) EMBED $@
	$(Q)mkdir -p $(@D)
	$(Q)export LC_ALL=C; { echo '#include "src/extract/lexicon_internal.h"'; n=0; \
	for f in $^; do n=$$((n + 1)); echo "static const unsigned char file_$$n[] = {"; \
	  od -An -v -tu1 "$$f" | sed -E 's/ +([0-9]+)/\1,/g'; echo '};'; done; \
	echo 'const struct sg_lexicon_file sg_lexicon_files[] = {'; n=0; \
	for f in $^; do n=$$((n + 1)); echo "{ \"$${f##*/}\", file_$$n, sizeof file_$$n },"; done; \
	echo '};'; echo "const size_t sg_lexicon_file_count = $$n;"; } > $@

$(BUILD)/lexicons.o: $(BUILD)/lexicons.c src/extract/lexicon_internal.h
	$(say) CC $<
	$(Q)$(CC) $(base_cflags) -I. -c -o $@ $<

$(BUILD)/%.o: %.c
	$(say) CC $<
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(base_cflags) $(cflags.$(notdir $(basename $<))) -MMD -MP -c -o $@ $<

define module_rule
$(BUILD)/stance-$(patsubst module_%,%,$(notdir $(1))).so: $(wildcard $(1)/*.c) $(wildcard $(1)/*.h) $(wildcard include/stance/*.h)
	$(say) MODULE $$@
	$(Q)mkdir -p $$(@D)
	$(Q)$(CC) $$(base_cflags) $$(base_ldflags) -shared -o $$@ $$(filter %.c,$$^) $$(libs.$(patsubst module_%,%,$(notdir $(1)))) -lm
endef
$(foreach m,$(modules),$(eval $(call module_rule,$(m))))

# ---- tests ----------------------------------------------------------------------------------
$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(support_objects) $(BUILD)/libstance.a
	$(say) LINK $@
	$(Q)$(CC) $(base_ldflags) -o $@ $^ -lcmocka $(light_libs)

$(BUILD)/tests/%.o: tests/%.c
	$(say) CC $<
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(base_cflags) -Itests/support -Isrc -MMD -MP -c -o $@ $<

# Without libFuzzer each fuzz target is linked with a small driver that replays files.
$(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/tests/fuzz/replay.o $(BUILD)/libstance.a
	$(say) LINK $@
	$(Q)$(CC) $(base_ldflags) -o $@ $^ $(light_libs)

tests-build: all $(test_programs) $(fuzz_programs)

check: tests-build ## run every test on what is built (VARIANT=asan for sanitizers)
	$(Q)BUILD='$(BUILD)' VARIANT='$(VARIANT)' bash tests/run.sh $(TESTS)

test: deps ## install what is missing, build with sanitizers, run every test
	$(Q)$(MAKE) --no-print-directory VARIANT=release BUILD=build/release all
	$(Q)$(MAKE) --no-print-directory VARIANT=asan BUILD=build/asan layers headers check

asan: ## build with sanitizers
	$(Q)$(MAKE) --no-print-directory VARIANT=asan BUILD=build/asan all

coverage: ## line coverage of the tests, in build/coverage/coverage.txt
	$(Q)$(MAKE) --no-print-directory VARIANT=coverage BUILD=build/coverage check
	$(Q)gcovr --root . --object-directory build/coverage --filter src/ --txt build/coverage/coverage.txt
	$(Q)tail -3 build/coverage/coverage.txt

fuzz: ## build the fuzz targets with clang's libFuzzer and run each for FUZZ_SECONDS
	$(Q)bash tests/fuzz/run.sh $(or $(FUZZ_SECONDS),60)

layers: ## check that each folder includes only from folders above it in the data flow
	$(Q)python3 tests/support/layers.py

headers: ## check that each public header compiles alone
	$(Q)mkdir -p $(BUILD)
	$(Q)for h in include/stance/*.h; do \
	  printf '#include "%s"\nextern int sg_nothing;\n' "$${h#include/}" > $(BUILD)/header_check.c; \
	  $(CC) $(base_cflags) -fsyntax-only $(BUILD)/header_check.c || { echo "$$h does not compile alone"; exit 1; }; \
	done; echo "headers: each of $$(ls include/stance/*.h | wc -l) compiles alone"

lint: deps ## clang-format on all sources, clang-tidy on src/ and include/
	$(Q)bash tests/support/deps.sh $(LINT_PACKAGES) || true
	$(Q)bash tests/support/lint.sh

# The analyzer leaves a function after so many states. Its default, 225000, takes four times as long
# and found 22 things where this finds 21.
tidy_depth := -Xclang -analyzer-config -Xclang max-nodes=50000
tidy_cflags = $(eval tidy_cflags := $(call pkg,cflags,$(light) igraph libgvc libxml-2.0))$(tidy_cflags)
tidied := $(patsubst %.c,$(BUILD)/%.tidy,$(wildcard src/*/*.c src/*/module_*/*.c))

tidy: $(tidied)

$(BUILD)/%.tidy: %.c .clang-tidy
	$(say) TIDY $<
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) -std=c11 -Iinclude $(tidy_cflags) -MM -MP -MT $@ -MF $(@:.tidy=.d) $<
	$(Q)clang-tidy --quiet $< -- -std=c11 -D_POSIX_C_SOURCE=200809L -Iinclude $(warnings) \
	  $(tidy_cflags) $(tidy_depth) >$@ 2>&1 || { sed '/^[0-9]* warnings\? generated/d' $@; exit 1; }

format: ## format the sources
	$(Q)clang-format -i $$(git ls-files '*.c' '*.h')

# ---- demo, benchmarks, install ----------------------------------------------------------------
demo: deps ## install what is missing, build, load the articles, write exports/demo
	$(Q)$(MAKE) --no-print-directory VARIANT=release BUILD=build/release all
	$(Q)bash tests/support/demo.sh build/release/stance '$(ARTICLES)' '$(DB)' exports/demo '$(CODEBOOK)'

bench-language: all ## words per second of each language stage
	$(Q)bash tests/bench/language.sh $(BUILD)

bench-load: all ## articles per second of the whole line
	$(Q)bash tests/bench/load.sh $(BUILD)

bench: all ## the standard graph questions, beside SQLite and Kuzu
	$(Q)bash tests/bench/graph.sh $(BUILD)

deps: ## install the Debian packages that are missing
	$(Q)bash tests/support/deps.sh $(PACKAGES)

PREFIX ?= /usr/local
install: all ## install under PREFIX
	install -d '$(DESTDIR)$(PREFIX)/bin' '$(DESTDIR)$(PREFIX)/lib/stance' '$(DESTDIR)$(PREFIX)/share/stance'
	install -m 755 $(BUILD)/stance $(BUILD)/stance-train '$(DESTDIR)$(PREFIX)/bin'
	install -m 644 $(module_files) '$(DESTDIR)$(PREFIX)/lib/stance'
	cp -R data/models data/lexicons '$(DESTDIR)$(PREFIX)/share/stance'

clean: ## remove everything built
	rm -rf build

help: ## this list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## /  \1\t/' | expand -t 18

.PHONY: all tests-build check test asan coverage fuzz layers headers lint tidy format demo bench \
        bench-language bench-load deps install clean help

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
