import { expect, test } from "vitest";
import { readNetwork } from "../../network-config.ts";
import { createLiveNetwork } from "./live-network.ts";

test("what is changed holds from then on", () => {
  const network = createLiveNetwork(readNetwork({}));
  expect(network.now().instanceSite).toEqual({ domain: "localhost", scheme: "http" });
  network.change(readNetwork({ CLAW_INSTANCE_DOMAIN: "none" }));
  expect(network.now().instanceSite).toBeNull();
});
