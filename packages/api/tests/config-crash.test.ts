import { expect, test } from "vitest";
import { listConfigVersions } from "../src/services/instance/config-history.ts";
import { revisionOf } from "../src/services/instance/config-revision.ts";
import { writeInstanceConfig } from "../src/services/instance/config-versions.ts";
import { createInstance } from "../src/services/instance/create-instance.ts";
import { createTestPanel, homeOfTest } from "./support/test-app.ts";

const TEXT = "{ a: 1 }";
const BY_ANNA = {
  source: "editor",
  by: { user: "anna", via: null, address: "" },
} as const;

/** True when the write was done before call number `n`, at which the panel dies. */
async function dieAt(n: number, seen: Set<string>): Promise<boolean> {
  const home = await homeOfTest();
  const died = await createTestPanel({ home });
  await createInstance(died.context, { id: "anna", name: "Anna", start: false });
  // The first look at everything is over.
  await listConfigVersions(died.context, { id: "anna", limit: 10 });
  died.faults.dieAt(n);
  const writing = writeInstanceConfig(died.context, "anna", TEXT, { author: BY_ANNA });
  const done = await Promise.race([writing.then(() => true), died.faults.died.then(() => false)]);
  died.faults.die();
  await died[Symbol.asyncDispose]();

  await using panel = await createTestPanel({ home });
  const { versions } = await listConfigVersions(panel.context, { id: "anna", limit: 10 });
  const text = await panel.context.disk.storage.readConfig("anna");
  const told = `after a crash at call ${n} (${died.faults.calls[n]?.method})`;
  expect(versions[0], told).toMatchObject({ revision: revisionOf(text ?? ""), current: true });
  const isNew = text === TEXT;
  // Never another's, never without its text, never one that was not written.
  expect(
    versions.map(({ source, by }) => [source, by]),
    told,
  ).toEqual([...(isNew ? [["editor", "anna"]] : []), ["panel", null]]);
  seen.add(isNew ? "new" : "former");
  return done;
}

test("killed at any call of a write, the file and its history agree: both new, or both as before", {
  timeout: 60_000,
}, async () => {
  const seen = new Set<string>();
  let n = 0;
  while (!(await dieAt(n, seen))) n += 1;
  expect(n).toBeGreaterThan(3);
  expect(seen).toEqual(new Set(["former", "new"]));
});
