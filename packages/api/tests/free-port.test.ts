import { expect, test } from "vitest";
import { listenOn } from "./support/engine-project.ts";
import { freePort } from "./support/free-port.ts";

/** The lowest port that Linux gives to whoever asks for any; other systems begin higher. */
const EPHEMERAL = 32_768;

test("a free port is none that another program could be given meanwhile, nor one of before", async () => {
  const ports = [];
  for (let n = 0; n < 20; n++) ports.push(await freePort());
  expect(Math.max(...ports)).toBeLessThan(EPHEMERAL);
  expect(new Set(ports).size).toBe(ports.length);
});

test("a port on which somebody listens is left out", async () => {
  const taken = await freePort();
  await using _ = await listenOn(taken);
  // Once through all that there are.
  for (let n = 0; n < 1_000; n++) expect(await freePort()).not.toBe(taken);
});
