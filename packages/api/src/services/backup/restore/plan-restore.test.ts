import { expect, test } from "vitest";
import { rejects } from "../../../../tests/support/rejects.ts";
import { backUp } from "../../../../tests/support/restoring.ts";
import { createTestPanel } from "../../../../tests/support/test-app.ts";
import { createInstance } from "../../instance/create-instance.ts";
import { removeInstance } from "../../instance/remove-instance.ts";
import { planRestore } from "./plan-restore.ts";

async function setUp() {
  const panel = await createTestPanel();
  const ctx = panel.context;
  for (const id of ["anna", "ben"]) await createInstance(ctx, { id, name: id, start: false });
  const backup = await backUp(ctx, ["anna", "ben"]);
  return { panel, ctx, backup };
}

test("a plan tells what becomes of each instance, and the room that it needs; nothing is done", async () => {
  const { panel, ctx, backup } = await setUp();
  await using _ = panel;
  await removeInstance(ctx, { id: "ben", deleteData: true });
  panel.faults.record();
  const plan = await planRestore(ctx, { id: backup.id });
  expect(plan.instances).toMatchObject([
    { id: "anna", action: "replace", port: 20_000, running: false, warnings: [] },
    { id: "ben", action: "create", port: 20_001, warnings: [] },
  ]);
  const bytes = backup.instances.reduce((sum, each) => sum + each.bytes, 0);
  expect(plan).toMatchObject({ spaceNeeded: bytes, encryption: null });
  expect(plan.spaceFree).toBeGreaterThan(bytes);
  const done = panel.faults.calls.map(({ method }) => method);
  expect(done.filter((method) => /stop|deploy|stage|swap|insert|save|write/.test(method))).toEqual(
    [],
  );
});

test("holes need no room, as far as the archive says how much is none; each copy needs its own", async () => {
  const { panel, ctx, backup } = await setUp();
  await using _ = panel;
  const [anna, ben] = (await ctx.disk.archives.inspect(backup.filename)).instances;
  if (!anna || !ben) throw new Error("the backup holds both");
  const instances = [
    { ...anna, bytes: 5e12, allocated: 4_096 },
    { ...ben, bytes: 700 },
  ];
  const inspect = async (filename: string) => ({
    ...(await ctx.disk.archives.inspect(filename)),
    instances,
  });
  const sparse = { ...ctx, disk: { ...ctx.disk, archives: { ...ctx.disk.archives, inspect } } };
  const room = async (request = {}) =>
    (await planRestore(sparse, { id: backup.id, ...request })).spaceNeeded;
  expect(await room()).toBe(4_796);
  const copies = [{ from: "anna", id: "anna-2", name: "2" }];
  expect(await room({ instanceIds: ["anna"], copies })).toBe(8_192);
});

test.each(["a listener", "a container"])("a port that %s has taken is told", async (who) => {
  const { panel, ctx, backup } = await setUp();
  await using _ = panel;
  await removeInstance(ctx, { id: "ben", deleteData: true });
  if (who === "a listener") panel.engine.machine.busyPorts.add(20_001);
  else panel.engine.addForeign("thief", 20_001);
  const { instances } = await planRestore(ctx, { id: backup.id, instanceIds: ["ben"] });
  expect(instances).toMatchObject([{ port: null, portBefore: 20_001, warnings: ["PORT_CHANGES"] }]);
});

test("an unknown backup and an engine that is away are told", async () => {
  const { panel, ctx, backup } = await setUp();
  await using _ = panel;
  await rejects(planRestore(ctx, { id: "none" }), "BACKUP_NOT_FOUND");
  panel.engine.setReachable(false);
  await rejects(planRestore(ctx, { id: backup.id }), "ENGINE_UNREACHABLE");
});
