# Everything that is run by hand or by .ci/run. "make help" lists it.
.DEFAULT_GOAL := help
SHELL := bash
CONFIGURATION ?= Release
ROUNDS ?= 50
BENCH ?= full

export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1

# The gateway with native code for this machine, made once, so that it starts faster.
GATEWAY := artifacts/gateway
PLATFORM = $(shell dotnet --info | awk '$$1 == "RID:" { print $$2 }')

.PHONY: help
help: ## This list
	@printf 'eCMR exchange gateway\n\n'
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@printf '\nStart with "make demo" and "make test".\n'

.PHONY: restore
restore: ## Fetch the packages that the lock files name
	dotnet restore EcmrGateway.sln -v q

.PHONY: build
build: ## Build everything; warnings are errors
	dotnet build EcmrGateway.sln -c $(CONFIGURATION) -v q

.PHONY: demo
demo: ## 10,000 sample notes through a gateway of its own, then the ranked vehicles of one area
	@.ci/demo.sh

.PHONY: gateway
gateway: ## Publish the gateway, compiled ahead for this machine, to artifacts/gateway
	dotnet publish src/EcmrGateway.Host -c Release -v q -p:CompiledAheadFor=$(PLATFORM) -o $(GATEWAY)

.PHONY: image
image: ## Container images of the gateway and of ecmr, with the lists of their packages, to artifacts/image
	@.ci/image.sh build

.PHONY: run
run: gateway ## Serve until Ctrl-C on 127.0.0.1:5080 (gRPC) and :5081 (HTTP); data in ./data
	ASPNETCORE_ENVIRONMENT=Development Ledger__Folder="$(CURDIR)/data" dotnet $(GATEWAY)/ecmr-gateway.dll

.PHONY: up
up: ## Serve on PostgreSQL, Kafka and Redis, all in containers, with a dashboard: see compose.yaml
	@.ci/compose.sh up

.PHONY: down
down: ## Stop what "make up" started; the data stays
	@.ci/compose.sh down

.PHONY: stack
stack: gateway ## The same as make up without containers, from installed programs, until Ctrl-C
	@.ci/stack.sh

.PHONY: test
test: ## All tests; the last line sums them up
	@.ci/test.sh

.PHONY: bench
bench: gateway ## Figures beside their floors, to artifacts/bench/*.json (BENCH=quick: shorter)
	dotnet build tests/Benchmarks -c Release -v q
	dotnet tests/Benchmarks/bin/Release/net10.0/Benchmarks.dll $(if $(filter quick,$(BENCH)),--quick)

.PHONY: bench-engines
bench-engines: gateway ## The same on PostgreSQL, Kafka and Redis of its own (BENCH=quick: shorter)
	dotnet build tests/Benchmarks -c Release -v q
	dotnet tests/Benchmarks/bin/Release/net10.0/Benchmarks.dll postgres stream growth \
		$(if $(filter quick,$(BENCH)),--quick)

.PHONY: bench-rivals
bench-rivals: gateway ## Relay and scoring beside CAP, Wolverine and Streamiz on the same engines (BENCH=quick: shorter)
	dotnet build tests/Rivals -c Release -v q
	dotnet tests/Rivals/bin/Release/net10.0/Rivals.dll $(if $(filter quick,$(BENCH)),--quick)

.PHONY: faults
faults: gateway ## Kill the gateway under load again and again, and count what is lost (ROUNDS=50)
	dotnet build tests/Faults -c Release -v q
	dotnet tests/Faults/bin/Release/net10.0/Faults.dll --rounds $(ROUNDS)

.PHONY: faults-engines
faults-engines: gateway ## The table of faults on real engines, after a check of it (ROUNDS=50; FAULTS=name,name for some of them)
	dotnet build tests/Faults -c Release -v q
	dotnet tests/Faults/bin/Release/net10.0/Faults.dll check
	dotnet tests/Faults/bin/Release/net10.0/Faults.dll engines --rounds $(ROUNDS) $(if $(FAULTS),--only $(FAULTS))

.PHONY: simulate
simulate: ## Simulate ledger, relay, topic and scoring with new seeds, or with one again (SECONDS=60; SEED=n)
	dotnet build tests/Simulation -c Release -v q
	dotnet tests/Simulation/bin/Release/net10.0/Simulation.dll --seconds $(or $(SECONDS),60) $(if $(SEED),--seed $(SEED))

.PHONY: lint
lint: ## Format, protos, tidiness and arrows
	@.ci/lint.sh

.PHONY: format
format: ## Put white space in order
	dotnet format whitespace . --folder --exclude artifacts --exclude data

.PHONY: proto-lint
proto-lint: ## buf lint
	@.ci/protos.sh lint

.PHONY: proto-breaking
proto-breaking: ## buf breaking, against the newest release or the commit before
	@.ci/protos.sh breaking

.PHONY: clean
clean: ## Delete what was built; ./data stays
	rm -rf artifacts .ci/buf/node_modules
	find src tests -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
