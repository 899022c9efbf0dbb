import { describe } from "vitest";
import { describeAllocation } from "./contract/allocation.contract.ts";
import { describeCapabilities } from "./contract/capabilities.contract.ts";
import { describeDeploy } from "./contract/deploy.contract.ts";
import { describeEndpoint } from "./contract/endpoint.contract.ts";
import { type EngineHarness, useEngine } from "./contract/engine-rig.contract.ts";
import { describeLifecycle } from "./contract/lifecycle.contract.ts";
import { describeLogs } from "./contract/logs.contract.ts";
import { describeRestoreTests } from "./contract/restore-test.contract.ts";
import { describeWatching } from "./contract/watching.contract.ts";

/** The contract of `ContainerEngine`, as tests that every driver must pass. */
export function describeEngine(name: string, makeHarness: () => Promise<EngineHarness>): void {
  describe(`${name} engine`, () => {
    const rig = useEngine(makeHarness);
    describeAllocation(rig);
    describeDeploy(rig);
    describeLifecycle(rig);
    describeWatching(rig);
    describeLogs(rig);
    describeEndpoint(rig);
    describeCapabilities(rig);
    describeRestoreTests(rig);
  });
}
