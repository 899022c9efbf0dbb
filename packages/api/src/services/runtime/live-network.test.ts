import { expect, test } from "vitest";
import { readNetwork } from "../../network-config.ts";
import { NOTHING_SAVED } from "../system/saved-network.ts";
import { createLiveNetwork } from "./live-network.ts";

const create = () => createLiveNetwork(readNetwork({}), { saved: NOTHING_SAVED, unused: null });

test("what is saved holds from then on", () => {
  const network = create();
  expect(network.now().instanceSite).toEqual({ domain: "localhost", scheme: "http" });
  const saved = { ...NOTHING_SAVED, CLAW_INSTANCE_DOMAIN: "none" };
  network.save(saved, readNetwork(saved));
  expect(network.now().instanceSite).toBeNull();
  expect([network.saved(), network.unused()]).toEqual([saved, null]);
});

test("what needs TLS that the panel does not serve waits for the next start, until it is taken back", () => {
  const network = create();
  const before = network.now();
  const saved = { ...NOTHING_SAVED, CLAW_INSTANCE_DOMAIN: "claw.example.org" };
  const next = readNetwork(saved);
  network.save(saved, next);
  const after = [network.now(), network.saved(), network.unused()];
  expect(after).toEqual([before, saved, { why: "untilRestart", next }]);
  network.save(NOTHING_SAVED, readNetwork({}));
  expect(network.unused()).toBeNull();
});
