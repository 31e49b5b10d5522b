# make serve     installs what is missing, builds, serves the pages with sample resellers, lists and
#                uploads at http://127.0.0.1:8080
# make demo      installs what is missing, builds, judges a workbook full of faults
# make test      installs what is missing, builds, runs every test
# make bench     measures a million rows beside other programs; BENCH="--only read" a part of it
# make fuzz      tries made-up bytes; SECONDS=60 for each property
# make dist      one archive to install where there is no Swift: .build/dist/rowgate-*.tar.gz
# make dist-test installs it in a Debian with nothing but three libraries, and tries it there, then in
#                one that systemd boots; port 8080 must be free
# make load      what the server does under load (Tests/Load/README.md); LOAD="pages" a part of it
# make build     the debug build
# make format    the layout of every Swift file
# make fixtures  the fixtures, by the programs that made them
# make pictures  what README.md shows of the pages
# make templates the blank workbooks of all portals

SHELL := /bin/bash
BUILD := swift build --explicit-target-dependency-import-check error
DEMO := .build/demo
SITE := .build/site
STATIC := .build/static
DIST := .build/dist
AS_ROOT := $(if $(filter 0,$(shell id -u)),,sudo)
SECONDS ?= 60

.PHONY: serve demo test bench fuzz dist dist-test load build format fixtures pictures templates

serve:
	@.ci/install engine
	$(BUILD) -c release --product rowgate
	@exec Fixtures/serve .build/release/rowgate $(SITE)

demo:
	@.ci/install engine
	$(BUILD) -c release --product rowgate
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	@.build/release/rowgate import Fixtures/studio/mixed.xlsx \
		--domains Fixtures/studio/domains.csv -o $(DEMO)/outcome; \
	status=$$?; [ $$status -le 1 ] || exit $$status
	@echo; echo "The outcome is in $(DEMO)/outcome:"
	@ls -1 $(DEMO)/outcome | sed 's/^/  /'

test:
	@.ci/install tests
	@Tests/run

bench:
	@Tests/Benchmarks/run $(BENCH)

fuzz:
	@.ci/install engine
	@Tests/Fuzzing/run --seconds $(SECONDS)

# A build of its own, as it is linked otherwise.
dist:
	@.ci/install engine
	$(BUILD) -c release --static-swift-stdlib --product rowgate --scratch-path $(STATIC)
	@mkdir -p $(DIST)
	@.ci/dist/pack $(STATIC)/release/rowgate $(DIST)

dist-test: dist
	@.ci/install dist
	@$(AS_ROOT) Tests/Dist/run $(DIST)/rowgate-*.tar.gz
	@$(AS_ROOT) Tests/Dist/service $(DIST)/rowgate-*.tar.gz

load:
	@.ci/install engine
	$(BUILD) -c release --product rowgate
	@Tests/Load/run .build/release/rowgate $(LOAD)

build:
	@.ci/install engine
	$(BUILD)

format:
	swift format --in-place --parallel --recursive --configuration .swift-format \
		Package.swift Sources Tests

fixtures:
	@.ci/install tests
	.venv/bin/python Fixtures/make.py

pictures: build
	@.ci/install tests
	.venv/bin/python -m pytest Tests/Browser/test_walk.py -q -p no:cacheprovider --pictures

templates: build
	@for portal in $$(.build/debug/rowgate portals | cut -f1); do \
		.build/debug/rowgate template $$portal -o Templates/$$portal/$$portal.xlsx; \
	done
