# Cisterna. `make help` lists what there is.

SWIFT   := scripts/ensure-swift.sh
EXAMPLE ?= Examples/baclofen-daily.json
PICTURE := Examples/hourly-for-daily-caught.json
SOURCES := $(wildcard Package.swift Sources Tests Tools Benchmarks Firmware)

# Tests run optimised: the campaigns go through more than 100,000 histories. Preconditions and
# overflow checks stay on in release builds. CHECKS=1 adds the controller's own invariants after
# each step. A scratch path for each set of flags, and one way to build in it (`--build-tests`), since
# changing either rebuilds everything.
TEST_FLAGS := -c release -Xswiftc -enable-testing --scratch-path .build/testing
ifdef CHECKS
TEST_FLAGS := -c release -Xswiftc -enable-testing -Xswiftc -DPUMP_INTERNAL_CHECKS \
  --scratch-path .build/checking
endif

# Whole programs and browsers, whose clocks go by the wall: after the others, not beside them.
PROCESSES := StoryTests|ServerCrashTests

.PHONY: help run demo-reset example test bench bench-clinic bench-model evidence model-wasm lint format docs embedded mutants campaign fuzz \
  fuzz-api kill kill-server simulate pictures clean
.DEFAULT_GOAL := help

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

DEMO ?= demo

run: ## open the demonstration clinic with its pumps, signers and patients (DEMO=… for its folder)
	@$(SWIFT) build -c release --product cisterna
	@"$$($(SWIFT) build -c release --show-bin-path)/cisterna" demo --data $(DEMO)

demo-reset: ## found the demonstration clinic anew, and open it
	@$(SWIFT) build -c release --product cisterna
	@"$$($(SWIFT) build -c release --show-bin-path)/cisterna" demo --data $(DEMO) --reset

example: ## run an example scenario, show it, and draw it to out/run.svg (EXAMPLE=… for another)
	@$(SWIFT) build -c release --product cisterna
	@mkdir -p out
	@$(SWIFT) run -c release --skip-build cisterna \
	  pump run $(EXAMPLE) --summary --svg out/run.svg
	@echo
	@echo "Scenario: $(EXAMPLE)"
	@echo "Picture:  out/run.svg (open it in a browser)"

test: ## build, and run all tests (CHECKS=1: with the controller's invariants after each step)
	$(SWIFT) build --build-tests $(TEST_FLAGS)
	$(SWIFT) test --skip-build $(TEST_FLAGS) --skip '$(PROCESSES)'
	CISTERNA_PYTHON="$$(scripts/ensure-browser.sh)" $(SWIFT) test --skip-build $(TEST_FLAGS) \
	  --filter '$(PROCESSES)'

bench: ## measure speed, size and allocations
	$(SWIFT) run -c release --package-path Benchmarks pump-bench
	$(SWIFT) run -c release --package-path Benchmarks ledger-bench
	$(MAKE) --no-print-directory bench-model
	$(MAKE) --no-print-directory bench-clinic

bench-model: ## measure the patient model's solver beside CVODE and LSODA (needs libsundials-dev, SciPy; ROUNDS=3)
	$(SWIFT) build -c release --package-path Benchmarks --product model-bench
	python3 scripts/bench-model.py \
	  "$$($(SWIFT) build -c release --package-path Benchmarks --show-bin-path)/model-bench" \
	  --rounds $${ROUNDS:-3} --picture docs/pictures/model-cost.svg

evidence: ## run the patient model against published observations, and write docs/evidence.md and the page's rows
	@$(SWIFT) build -c release --product evidence
	"$$($(SWIFT) build -c release --show-bin-path)/evidence" docs/evidence.md \
	  Sources/Clinic/Model/EvidenceRows.swift

model-wasm: ## compile the patient model to wasm, compare it with the host, and time it (needs node)
	PATH="$$(dirname "$$($(SWIFT))"):$$PATH" Firmware/model/check.sh

# In the package itself, so that nobody builds its web server twice.
bench-clinic: ## measure a clinic's server of 10,000 patients (needs wrk; ROUNDS=3, SECONDS_EACH=6)
	@$(SWIFT) build -c release --product cisterna
	@$(SWIFT) build -c release --product clinic-bench
	python3 scripts/bench-clinic.py "$$($(SWIFT) build -c release --show-bin-path)" \
	  --rounds $${ROUNDS:-3} --seconds $${SECONDS_EACH:-6}

lint: ## check the format of all Swift files
	$(SWIFT) format lint --strict --recursive --parallel $(SOURCES)

format: ## format all Swift files in place
	$(SWIFT) format --in-place --recursive --parallel $(SOURCES)

docs: ## write the traceability matrix and the README's picture (CHECK=1: only check the matrix)
ifdef CHECK
	$(SWIFT) build --build-tests $(TEST_FLAGS)
	$$($(SWIFT) build $(TEST_FLAGS) --show-bin-path)/trace --check
else
	$(SWIFT) build -c release --product cisterna
	@mkdir -p docs/images
	$(SWIFT) run -c release --skip-build cisterna \
	  pump run $(PICTURE) --svg docs/images/run.svg --output /dev/null
	$(SWIFT) build --build-tests $(TEST_FLAGS)
	$$($(SWIFT) build $(TEST_FLAGS) --show-bin-path)/trace
endif

embedded: ## compile the core for ARM and wasm, link it without an allocator, compare traces
	PATH="$$(dirname "$$($(SWIFT))"):$$PATH" Firmware/gate/check.sh

mutants: ## plant bugs one by one and list those that no test catches
	PATH="$$(dirname "$$($(SWIFT))"):$$PATH" scripts/mutants.sh

campaign: ## the long campaigns: 1,000,000 random histories (HISTORIES=… for another number)
	$(SWIFT) build --build-tests $(TEST_FLAGS)
	CISTERNA_HISTORIES=$${HISTORIES:-1000000} $(SWIFT) test --skip-build $(TEST_FLAGS) --filter Campaign

fuzz: ## fuzz every decoder and a pump's histories (SECONDS_EACH=60, CISTERNA_SEED=…)
	$(SWIFT) build --build-tests $(TEST_FLAGS)
	CISTERNA_FUZZ_SECONDS=$${SECONDS_EACH:-60} $(SWIFT) test --skip-build $(TEST_FLAGS) --filter FuzzTests

fuzz-api: ## fuzz a served clinic from the description of its API (SECONDS_EACH=60, CISTERNA_SEED=…)
	$(SWIFT) build --build-tests $(TEST_FLAGS)
	python3 scripts/fuzz-api.py "$$($(SWIFT) build $(TEST_FLAGS) --show-bin-path)" \
	  --seconds $${SECONDS_EACH:-60} $${CISTERNA_SEED:+--seed $$CISTERNA_SEED}

kill: ## kill a serving pump with SIGKILL under load (KILLS=1000)
	scripts/kill-campaign.sh

kill-server: ## kill the clinic's server with SIGKILL with orders in flight, and cut its power (KILLS=200 each)
	scripts/kill-server.sh

simulate: ## a small clinic lives for 60 days, once as it is and once with each fault planted (PLANTS="order fill")
	$(SWIFT) build --build-tests $(TEST_FLAGS)
	scripts/simulate.sh "$$($(SWIFT) build $(TEST_FLAGS) --show-bin-path)/cisterna" $(PLANTS)

pictures: ## write a picture of each of the clinic's pages, wide and narrow, to docs/pictures
	$(SWIFT) build -c release --product cisterna
	@mkdir -p docs/pictures
	CISTERNA_PICTURES=docs/pictures "$$(scripts/ensure-browser.sh)" -B Tests/StoryTests/pages.py \
	  "$$($(SWIFT) build -c release --show-bin-path)/cisterna" "$$(mktemp -d)/pages"

clean: ## remove everything that was built
	rm -rf .build .build-* out Benchmarks/.build Firmware/.build Firmware/*/.build
