import { TRPCClientError } from "@trpc/client";
import { describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { eventually, settled } from "../../tests/support/deadline.ts";
import { createTestApp, type TestApp } from "../../tests/support/test-app.ts";
import type { ClawClient } from "../client.ts";
import type { RouterInputs } from "./root.ts";

/** The error data a client gets for a refused call. */
async function refusalOf(call: Promise<unknown>) {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TRPCClientError)) throw new Error("it was accepted");
  return { message: error.message, ...error.data } as {
    message: string;
    code: string;
    reason: string;
    issues: { path: string; line: number; column: number }[];
  };
}

const anna = { id: "anna", name: "Anna" };

async function running(app: TestApp) {
  await app.client.instances.create.mutate(anna);
  await app.until("anna", "running");
}

describe("a new instance is refused", () => {
  test.each([
    ["an id with capitals", { id: "Anna" }, "id"],
    ["an id with a dot", { id: "a.b" }, "id"],
    ["an id that climbs", { id: "../x" }, "id"],
    ["an id that begins with a hyphen", { id: "-a" }, "id"],
    ["an id that ends with a hyphen", { id: "a-" }, "id"],
    ["no id", { id: "" }, "id"],
    ["41 characters of id", { id: "a".repeat(41) }, "id"],
    ["an id with a line end", { id: "anna\n" }, "id"],
    ["no name", { name: "" }, "name"],
    ["a name of spaces", { name: " \t " }, "name"],
    ["65 characters of name", { name: "名".repeat(65) }, "name"],
    ["a name with a line end", { name: "a\nb" }, "name"],
    ["a port that needs privileges", { port: 80 }, "port"],
    ["a port beyond the last", { port: 65_536 }, "port"],
    ["a port that is no whole number", { port: 20_000.5 }, "port"],
    ["a port as text", { port: "20000" }, "port"],
    ["a group of spaces", { group: "  " }, "group"],
    ["41 characters of group", { group: "组".repeat(41) }, "group"],
    ["a tag with a line end", { tags: ["ok", "a\nb"] }, "tags.1"],
    ["21 tags", { tags: Array.from({ length: 21 }, (_, n) => `t${n}`) }, "tags"],
    ["a wish that is neither yes nor no", { start: "yes" }, "start"],
  ])("with %s", async (_, patch, path) => {
    await using app = await createTestApp();
    const input = { ...anna, ...patch } as RouterInputs["instances"]["create"];
    const refusal = await refusalOf(app.client.instances.create.mutate(input));
    expect(refusal).toMatchObject({ code: "BAD_REQUEST", reason: "INVALID_INPUT" });
    expect(refusal.issues.map((issue) => issue.path)).toEqual([path]);
    expect(refusal.message).not.toContain("{");
    expect(refusal.message).toMatch(/^\S.{10,}$/);
    expect(app.context.runtime.live.board.list()).toEqual([]);
  });

  test("with all at once, with a sentence each", async () => {
    await using app = await createTestApp();
    const refusal = await refusalOf(
      app.client.instances.create.mutate({ id: "A", name: "", port: 1 }),
    );
    expect(refusal.issues.map(({ path }) => path)).toEqual(["id", "name", "port"]);
    for (const part of ["The id must be", "The name must not be empty", "The port must be"])
      expect(refusal.message).toContain(part);
  });

  test("not with what is just within the limits", async () => {
    await using app = await createTestApp();
    const edge = { id: "a".repeat(40), name: `  ${"\u{1f99e}".repeat(64)}  `, port: 65_535 };
    const made = await app.client.instances.create.mutate({ ...edge, start: false });
    expect(made).toMatchObject({ id: edge.id, name: "\u{1f99e}".repeat(64), port: 65_535 });
  });
});

describe("a refusal has the code and reason of the contract", () => {
  test.each([
    ["get", (client: ClawClient) => client.instances.get.query({ id: "x" })],
    ["start", (client: ClawClient) => client.instances.start.mutate({ id: "x" })],
    ["stop", (client: ClawClient) => client.instances.stop.mutate({ id: "x" })],
    ["restart", (client: ClawClient) => client.instances.restart.mutate({ id: "x" })],
    [
      "remove",
      (client: ClawClient) => client.instances.remove.mutate({ id: "x", deleteData: true }),
    ],
    ["init", (client: ClawClient) => client.instances.init.mutate({ id: "x" })],
    ["open", (client: ClawClient) => client.instances.open.mutate({ id: "x" })],
    ["limits", (client: ClawClient) => client.instances.limits.query({ id: "x" })],
    ["providers", (client: ClawClient) => client.instances.providers.query({ id: "x" })],
    ["modelState", (client: ClawClient) => client.instances.modelState.query({ id: "x" })],
    ["readConfig", (client: ClawClient) => client.instances.readConfig.query({ id: "x" })],
    [
      "saveConfig",
      (client: ClawClient) =>
        client.instances.saveConfig.mutate({ id: "x", text: "{}", revision: "" }),
    ],
  ])("when there is no such instance: %s", async (_, call) => {
    await using app = await createTestApp();
    expect(await refusalOf(call(app.client))).toMatchObject({
      code: "NOT_FOUND",
      reason: "INSTANCE_NOT_FOUND",
      issues: [],
    });
  });

  test("when something else is in the way", async () => {
    await using app = await createTestApp();
    await running(app);
    const { instances } = app.client;
    expect(await refusalOf(instances.create.mutate(anna))).toMatchObject({
      code: "CONFLICT",
      reason: "INSTANCE_EXISTS",
    });
    const { revision } = await instances.readConfig.query({ id: "anna" });
    const save = (text: string, based = revision) =>
      refusalOf(instances.saveConfig.mutate({ id: "anna", text, revision: based }));
    expect(await save("{}", "another")).toMatchObject({
      code: "CONFLICT",
      reason: "REVISION_MISMATCH",
    });
    expect(await save("{\n  a: ,\n}")).toMatchObject({
      code: "BAD_REQUEST",
      reason: "CONFIG_INVALID",
      issues: [{ line: 2, column: 6 }],
    });
    expect(await save(" ".repeat(1_048_577))).toMatchObject({
      code: "PAYLOAD_TOO_LARGE",
      reason: "CONFIG_TOO_LARGE",
    });
    await instances.stop.mutate({ id: "anna" });
    expect(await refusalOf(instances.open.mutate({ id: "anna" }))).toMatchObject({
      code: "PRECONDITION_FAILED",
      reason: "INSTANCE_NOT_RUNNING",
    });
    app.engine.setReachable(false);
    expect(await refusalOf(instances.start.mutate({ id: "anna" }))).toMatchObject({
      code: "SERVICE_UNAVAILABLE",
      reason: "ENGINE_UNREACHABLE",
    });
  });

  test("when nobody thought of it, and tells nothing of the inside", async () => {
    await using app = await createTestApp();
    await app.client.instances.create.mutate({ ...anna, start: false });
    app.faults.failNext("storage.readConfig", new Error("EIO at /home/somebody/secret"));
    const refusal = await refusalOf(app.client.instances.readConfig.query({ id: "anna" }));
    expect(refusal).toMatchObject({ code: "INTERNAL_SERVER_ERROR", reason: "INTERNAL" });
    expect(JSON.stringify(refusal)).not.toContain("secret");
    expect(app.logged.join("")).toContain("EIO at /home/somebody/secret");
  });
});

describe("the whole life of an instance", () => {
  test("through the client", async () => {
    await using app = await createTestApp();
    const { instances } = app.client;
    const made = await instances.create.mutate(anna);
    expect(made.desired).toBe("running");
    await app.until("anna", "running");
    expect(await instances.list.query()).toEqual([await instances.get.query({ id: "anna" })]);
    expect((await instances.open.mutate({ id: "anna" })).url).toContain("#token=");
    const { text, revision } = await instances.readConfig.query({ id: "anna" });
    const saved = await instances.saveConfig.mutate({ id: "anna", text: `${text}//`, revision });
    expect(saved.effect).toBe("hot");
    const job = await instances.init.mutate({ id: "anna" });
    expect(await app.context.runtime.jobs.finished(job.id)).toMatchObject({ status: "succeeded" });
    expect((await app.client.jobs.get.query({ id: job.id })).status).toBe("succeeded");
    expect((await instances.stop.mutate({ id: "anna" })).status).toBe("stopped");
    expect((await instances.restart.mutate({ id: "anna" })).desired).toBe("running");
    await app.until("anna", "running");
    expect(await instances.remove.mutate({ id: "anna", deleteData: true })).toEqual({ id: "anna" });
    expect(await instances.list.query()).toEqual([]);
  });

  test("has in its history by what each text was made, as the save says", async () => {
    await using app = await createTestApp();
    const { instances } = app.client;
    await instances.create.mutate({ ...anna, start: false });
    for (const source of ["form", "editor", undefined] as const) {
      const { text, revision } = await instances.readConfig.query({ id: "anna" });
      await instances.saveConfig.mutate({ id: "anna", text: `${text}//`, revision, source });
    }
    const { versions } = await instances.configHistory.query({ id: "anna" });
    const sources = versions.map(({ source }) => source);
    expect(sources).toEqual(["editor", "editor", "form", "panel"]);
    const { text, revision } = await instances.readConfig.query({ id: "anna" });
    const claimed = { id: "anna", text, revision, source: "openclaw" as "form" };
    expect((await refusalOf(instances.saveConfig.mutate(claimed))).code).toBe("BAD_REQUEST");
  });

  test("never shows a token but on request", async () => {
    await using app = await createTestApp();
    await running(app);
    const { url } = await app.client.instances.open.mutate({ id: "anna" });
    const token = url.split("#token=")[1] as string;
    const shown = JSON.stringify([
      await app.client.instances.list.query(),
      await app.client.system.status.query(),
      await app.client.jobs.list.query(),
    ]);
    expect(shown + app.logged.join("")).not.toContain(token);
  });
});

describe.each(["client", "sse"] as const)("subscriptions over %s", (way) => {
  test("show what happens, snapshot first", async () => {
    await using app = await createTestApp();
    await running(app);
    const seen: string[] = [];
    const subscription = app[way].instances.watch.subscribe(undefined, {
      onData: (event) => {
        if (event.type === "changed") seen.push(`changed ${event.instance.status}`);
        else seen.push(event.type === "engine" ? `engine ${event.reachable}` : event.type);
      },
    });
    await eventually(() => expect(seen).toEqual(["snapshot", "engine true"]));
    app.engine.killOutside("anna", 1);
    await eventually(() => expect(seen).toContain("changed error"));
    app.engine.setReachable(false);
    await eventually(() => expect(seen.slice(-2)).toEqual(["engine false", "changed unknown"]));
    subscription.unsubscribe();
  });

  test("end with the reason when there is no such instance, and are not tried again", async () => {
    await using app = await createTestApp();
    app.faults.record();
    const error = await new Promise<unknown>((resolve) => {
      app[way].instances.logs.subscribe({ id: "nobody" }, { onError: resolve });
    });
    expect((error as TRPCClientError<never>).data).toMatchObject({
      code: "NOT_FOUND",
      reason: "INSTANCE_NOT_FOUND",
    });
    await settled();
    const asked = app.faults.calls.filter(({ method }) => method === "store.findInstance");
    expect(asked).toHaveLength(1);
  });

  test("are refused with what does not fit", async () => {
    await using app = await createTestApp();
    await running(app);
    for (const patch of [{ tail: -1 }, { tail: 10_001 }, { tail: 1.5 }, { lastEventId: "x" }]) {
      const error = await new Promise<unknown>((resolve) => {
        const input = { id: "anna", ...patch };
        app[way].instances.logs.subscribe(input, { onError: resolve, onData: resolve });
      });
      expect((error as TRPCClientError<never>).data).toMatchObject({
        code: "BAD_REQUEST",
        reason: "INVALID_INPUT",
      });
    }
  });

  test("end when the instance is deleted", async () => {
    await using app = await createTestApp();
    await running(app);
    const ended = new Promise<void>((resolve, reject) => {
      app[way].instances.logs.subscribe({ id: "anna" }, { onComplete: resolve, onError: reject });
    });
    await eventually(() => {
      const reading = app.faults.calls.filter(({ method }) => method === "engine.logs");
      expect(reading.length).toBeGreaterThan(0);
    });
    await app.client.instances.remove.mutate({ id: "anna", deleteData: true });
    await ended;
  });
});

test("a page that does not read is told the latest state, not all that happened", async () => {
  await using app = await createTestApp({ timing: { heartbeatMs: 600_000 } });
  await running(app);
  const socket = new WebSocket(`${app.url.replace("http", "ws")}/trpc?connectionParams=1`);
  let events = 0;
  let last = "";
  socket.on("message", (data) => {
    events += 1;
    last = String(data);
  });
  await new Promise((resolve) => socket.once("open", resolve));
  socket.send(JSON.stringify({ method: "connectionParams", data: { token: app.token } }));
  socket.send(
    JSON.stringify({ id: 1, method: "subscription", params: { path: "instances.watch" } }),
  );
  await eventually(() => expect(events).toBeGreaterThanOrEqual(3));
  socket.pause();
  const { board } = app.context.runtime.live;
  const ROUNDS = 20_000;
  for (let round = 1; round <= ROUNDS; round++) {
    board.setStartError("anna", `${round} ${"x".repeat(2_000)}`);
    board.setObserved("anna", null);
    if (round % 100 === 0) await settled();
  }
  const paused = events;
  socket.resume();
  await eventually(() => expect(last).toContain(`${ROUNDS} xxx`));
  expect(events - paused).toBeLessThan(ROUNDS / 10);
  socket.terminate();
});
