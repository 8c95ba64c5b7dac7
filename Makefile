# Trestle. `make help` lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

JAVA_HOME := $(shell hack/find-jdk)
ifeq ($(JAVA_HOME),)
$(error no JDK 25, see above)
endif
export JAVA_HOME
# Maven's own libraries use what JDK 25 warns about
export MAVEN_OPTS := --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED
MVN := mvn

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

.PHONY: demo
demo: jar ## the main job: a cluster where none is given, the operator, an example build, the merged image shown
	@hack/demo

.PHONY: test
test: ## every test: pure, API server, end to end on a real cluster
	@hack/test

.PHONY: differential
differential: ## 10,000 random Dockerfiles, built by the real BuildKit at two commits each: whatever it reads is an input
	@hack/differential

.PHONY: soak
soak: jar ## random faults over 60 builds for 30 minutes on the local cluster; in the end every tag must be right
	@hack/soak

.PHONY: soak-hostile
soak-hostile: jar ## hostile tenants beside honest builds for an hour on pretended nodes: no restart, no honest build delayed by a second
	@hack/soak-hostile

.PHONY: bench
bench: jar ## the operator beside bare pods, 386 builds at once on pretended nodes: a table and target/bench.json
	@hack/bench

.PHONY: localai-matrix
localai-matrix: jar ## LocalAI's whole matrix (TRESTLE_LOCALAI_DIR has its backend-matrix.yml) built at once on pretended nodes, then a base moves
	@hack/localai-matrix "$(TRESTLE_LOCALAI_DIR)"

.PHONY: check
check: ## the fast loop: format, compile, pure tests
	@$(MVN) -q test

.PHONY: fmt
fmt: ## format the sources
	@$(MVN) -q spotless:apply

.PHONY: crds
crds: ## write crds/, docs/api.md and docs/reasons.md anew from the code
	@$(MVN) -q test -Dtest=CrdFilesTest -Dupdate=true
	@cp crds/*.yaml config/crd/bases/

.PHONY: golden
golden: ## write the golden files anew; read the diff
	@$(MVN) -q test -Dtest=GoldenTest -Dupdate=true

.PHONY: jar
jar: ## target/trestle-*.jar and target/lib, without tests
	@$(MVN) -q package -DskipTests -Dspotless.check.skip

.PHONY: cluster-up
cluster-up: ## start the local cluster; `eval "$$(hack/cluster/cluster env)"` to use it
	@hack/cluster/cluster up

.PHONY: cluster-down
cluster-down: ## stop it and leave nothing behind but its cached programs
	@hack/cluster/cluster down --purge

.PHONY: clean
clean: ## remove target/
	@$(MVN) -q clean
