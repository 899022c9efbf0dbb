import { describe, expect, test } from "vitest";
import { endOf, resultOf, withInstances } from "../../../tests/support/batches.ts";
import { eventually } from "../../../tests/support/deadline.ts";
import { OPENCLAW_SCHEMA } from "../../../tests/support/openclaw-schema.ts";
import { DEBUG } from "../../../tests/support/rollouts.ts";
import { haveUser, signIn } from "../../../tests/support/sign-in.ts";
import { createTestApp } from "../../../tests/support/test-app.ts";
import { createAjvChecker } from "../../checker/ajv/ajv-checker.ts";
import type { ConfigChecker } from "../../checker/config-checker.ts";
import { createClawClient } from "../../client.ts";
import { createInstance } from "../instance/create-instance.ts";

describe("the preview of a change", () => {
  test("has what it makes of each configuration, and writes nothing", async () => {
    await using app = await withInstances(["a", "b", "c"]);
    const { storage } = app.context.disk;
    const before = await storage.readConfig("a");
    const same = `// as it is\n${before?.replace('level: "info"', "level: 'debug'")}`;
    await storage.writeConfig("b", same);
    await storage.writeConfig("c", "{ broken");
    const { instances, shared } = await app.client.configRollouts.preview.query({
      ids: ["c", "b", "a"],
      patch: DEBUG,
    });
    expect(shared).toEqual([]);
    const after = before?.replace('level: "info"', 'level: "debug"');
    expect(instances).toMatchObject([
      { id: "a", changed: true, valid: true, paths: ["logging.level"], effect: "next-start" },
      { id: "b", changed: false, valid: true, problem: null, effect: null, before: null },
      { id: "c", changed: false, valid: false, problem: { reason: "CONFIG_INVALID" } },
    ]);
    expect(instances[0]).toMatchObject({ before, after });
    expect(instances[2]?.issues).toMatchObject([{ line: 1, source: "syntax" }]);
    expect(await storage.readConfig("a")).toBe(before);
    expect(await storage.readConfig("b")).toBe(same);
  });

  test("tells a gateway that restarts itself from one that somebody has to restart", async () => {
    await using app = await createTestApp();
    for (const id of ["a", "b"]) {
      await createInstance(app.context, { id, name: id, start: true });
      await app.until(id, "running");
    }
    const off = (text: string) => text.replace("gateway: {", 'gateway: { reload: { mode: "off" },');
    const { storage } = app.context.disk;
    await storage.writeConfig("b", off((await storage.readConfig("b")) ?? ""));
    const change = { ids: ["a", "b"], patch: { gateway: { controlUi: { basePath: "/x" } } } };
    const { instances } = await app.client.configRollouts.preview.query(change);
    expect(instances.map(({ effect, restartsItself }) => [effect, restartsItself])).toEqual([
      ["restart", true],
      ["restart", false],
    ]);
    const job = await app.client.configRollouts.run.mutate({ ...change, ids: ["b"] });
    await eventually(() => expect(app.context.runtime.live.saved.find("b")).not.toBeNull());
    const says = "[reload] config reload disabled (gateway.reload.mode=off)";
    app.engine.write("b", "stdout", says);
    await eventually(() => expect(app.context.runtime.live.saved.find("b")?.isAccepted).toBe(true));
    app.host.advance(60_000);
    await endOf(app, job);
    const { results } = await resultOf(app, job);
    expect(results).toEqual([{ id: "b", ok: true, needsRestart: true }]);
  });

  test("tells where OpenClaw would not start with it", async () => {
    await using app = await createTestApp({ timing: { configSchema: OPENCLAW_SCHEMA } });
    await createInstance(app.context, { id: "a", name: "A", start: false });
    const { instances } = await app.client.configRollouts.preview.query({
      ids: ["a"],
      patch: { gateway: { frobnicate: 1 } },
    });
    expect(instances).toMatchObject([
      {
        ...{ changed: false, valid: false, after: null, problem: { reason: "CONFIG_INVALID" } },
        issues: [{ path: "gateway", message: "Unrecognized key: frobnicate", source: "schema" }],
      },
    ]);
  });

  test("names each instance's managed keys that it would make wrong", async () => {
    await using app = await withInstances(["a", "b"]);
    const { storage } = app.context.disk;
    const before = await storage.readConfig("b");
    await storage.writeConfig("b", before?.replace('bind: "lan"', 'bind: "loopback"') ?? "");
    const { instances } = await app.client.configRollouts.preview.query({
      ids: ["a", "b"],
      patch: { gateway: { bind: "custom" } },
    });
    expect(instances).toMatchObject([
      {
        ...{ id: "a", changed: false, valid: false, after: null },
        problem: { reason: "CONFIG_INVALID", message: expect.stringContaining("gateway.bind") },
        issues: [{ path: "gateway.bind", source: "panel" }],
      },
      // Somebody has changed it there before.
      { id: "b", changed: true, valid: true, problem: null },
    ]);
  });

  test("is for the instances of a group with all of the tags", async () => {
    await using app = await createTestApp();
    const make = (id: string, group: string | null, tags: string[]) =>
      createInstance(app.context, { id, name: id, start: false, group, tags });
    await make("a", "Sales", ["vip", "eu"]);
    await make("b", "Sales", ["eu"]);
    await make("c", null, ["vip"]);
    const ids = async (target: object) =>
      (await app.client.configRollouts.preview.query({ ...target, patch: DEBUG })).instances.map(
        ({ id }) => id,
      );
    expect(await ids({ group: "sales" })).toEqual(["a", "b"]);
    expect(await ids({ tags: ["VIP"] })).toEqual(["a", "c"]);
    expect(await ids({ group: "Sales", tags: ["vip", "eu"] })).toEqual(["a"]);
    expect(await ids({ group: "Sales", ids: ["b", "c"] })).toEqual(["b"]);
    for (const target of [{ group: "nobody" }, {}, { tags: [] }, { ids: [] }])
      await expect(ids(target)).rejects.toMatchObject({ data: { reason: "INVALID_INPUT" } });
  });

  test.each([
    ["no object", []],
    ["nothing", {}],
    ["a key that would change every object", JSON.parse('{ "__proto__": { "a": 1 } }')],
  ])("is refused for what is no change: %s", async (_, patch) => {
    await using app = await withInstances(["a"]);
    await expect(
      app.client.configRollouts.preview.query({ ids: ["a"], patch }),
    ).rejects.toMatchObject({ data: { reason: "INVALID_INPUT" } });
  });

  test("warns of a bot that several of them would then share", async () => {
    await using app = await withInstances(["a", "b"]);
    const patch = { channels: { telegram: { botToken: "123:abc" } } };
    const { shared } = await app.client.configRollouts.preview.query({ ids: ["a", "b"], patch });
    expect(shared).toEqual([
      { code: "CHANNEL_SHARED", channel: "telegram", instanceIds: ["a", "b"] },
    ]);
  });

  test("sends large texts only as far as there is room, and one alone always", async () => {
    await using app = await withInstances(["a", "b", "c"]);
    const large = `{ logging: { level: "info" }, notes: "${"x".repeat(1_000_000)}" }`;
    for (const id of ["a", "b", "c"]) await app.context.disk.storage.writeConfig(id, large);
    const preview = (ids: string[]) =>
      app.client.configRollouts.preview.query({ ids, patch: DEBUG });
    const { instances } = await preview(["a", "b", "c"]);
    expect(instances.map(({ changed, before }) => [changed, before?.length])).toEqual([
      [true, large.length],
      [true, large.length],
      [true, undefined],
    ]);
    expect((await preview(["c"])).instances[0]?.before).toBe(large);
  });

  test("shows a member nothing of what is not theirs", async () => {
    await using app = await withInstances(["theirs"]);
    const mina = await haveUser(app.context.store, "mina", "member");
    app.context.access.people.set(mina);
    const group = "Sales";
    await createInstance(app.context, {
      id: "mine",
      name: "m",
      start: false,
      owner: mina.id,
      group,
    });
    await createInstance(app.context, { id: "other", name: "o", start: false, group });
    const { token } = await signIn(app.context, mina);
    const { preview } = createClawClient({ url: app.url, token }).configRollouts;
    const { instances } = await preview.query({ group, patch: DEBUG });
    expect(instances.map(({ id }) => id)).toEqual(["mine"]);
    for (const ids of [["theirs"], ["mine", "theirs"], ["mine", "nobody"]])
      await expect(preview.query({ ids, patch: DEBUG })).rejects.toMatchObject({
        data: { reason: "INSTANCE_NOT_FOUND" },
      });
  });
});

/** A checker that counts the texts that it is given. */
function countingChecker() {
  const checker = createAjvChecker();
  const texts: string[] = [];
  const check: ConfigChecker["check"] = (schema, text, asker) => {
    texts.push(text);
    return checker.check(schema, text, asker);
  };
  const end = () => checker[Symbol.asyncDispose]();
  return { texts, checker: { check, [Symbol.asyncDispose]: end } };
}

// Its time is measured by the bench of many instances.
test("reads and checks each configuration once, and asks for the image's schema no more", async () => {
  const { checker, texts } = countingChecker();
  await using app = await createTestApp({ checker, timing: { configSchema: OPENCLAW_SCHEMA } });
  const ids = Array.from({ length: 12 }, (_, n) => `i${String(n).padStart(2, "0")}`);
  for (const id of ids) await createInstance(app.context, { id, name: id, start: false });
  const preview = () => app.client.configRollouts.preview.query({ ids, patch: DEBUG });
  // The first one prepares the schema, as the editor does.
  await preview();
  texts.length = 0;
  app.faults.record();
  const { instances } = await preview();
  expect(instances.map(({ id, changed }) => [id, changed])).toEqual(ids.map((id) => [id, true]));
  expect(texts.toSorted()).toEqual(instances.map(({ after }) => after).toSorted());
  const calls = Object.groupBy(app.faults.calls, ({ method }) => method);
  const counts = Object.entries(calls).map(([method, of]) => [method, of?.length]);
  const ofInstances = counts.filter(([, count]) => Number(count) >= ids.length);
  expect(Object.fromEntries(ofInstances)).toEqual({
    "storage.readConfig": ids.length,
    // For the check and for the managed keys.
    "store.findInstance": 2 * ids.length,
  });
  for (const method of ["engine.runOnce", "engine.images.find", "files.readImageSchema"])
    expect(calls).not.toHaveProperty([method]);
});
