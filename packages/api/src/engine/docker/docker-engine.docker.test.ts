import { DockerHarness } from "../../../tests/support/docker.ts";
import { describeEngine } from "../engine.contract.ts";

describeEngine("docker", () => DockerHarness.make());
