# make demo      installs what is missing, builds, judges a workbook full of faults
# make test      installs what is missing, builds, runs every test
# make bench     measures a million rows beside other programs; BENCH="--only read" a part of it
# make fuzz      tries made-up bytes; SECONDS=60 for each property
# make build     the debug build
# make format    the layout of every Swift file
# make fixtures  the fixtures, by the programs that made them
# make templates the blank workbooks of all portals

SHELL := /bin/bash
BUILD := swift build --explicit-target-dependency-import-check error
DEMO := .build/demo
SECONDS ?= 60

.PHONY: demo test bench fuzz build format fixtures templates

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

build:
	@.ci/install engine
	$(BUILD)

format:
	swift format --in-place --parallel --recursive --configuration .swift-format \
		Package.swift Sources Tests

fixtures:
	@.ci/install tests
	.venv/bin/python Fixtures/make.py

templates: build
	@for portal in $$(.build/debug/rowgate portals | cut -f1); do \
		.build/debug/rowgate template $$portal -o Templates/$$portal/$$portal.xlsx; \
	done
