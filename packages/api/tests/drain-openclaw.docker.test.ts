import type { Provider } from "@claw/core/provider";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "./support/deadline.ts";
import { docker } from "./support/docker.ts";
import { DockerHome } from "./support/docker-home.ts";
import { PanelProcess } from "./support/panel-process.ts";

const OPENCLAW_IMAGE = process.env.CLAW_TEST_OPENCLAW_IMAGE ?? "openclaw:local";
/** A busy machine needs a minute for a start. */
const PATIENCE_MS = 240_000;
const id = "anna";
const CONTAINER = `openclaw-${id}`;
const PORT = 9_911;

/** A provider inside the container; while /tmp/hold is there, it begins an answer and goes on later. */
const PROVIDER = `
const { existsSync, appendFileSync } = require("node:fs");
const chunk = (choice) => "data: " + JSON.stringify({ id: "x", object: "chat.completion.chunk", created: 1,
  model: "m1", choices: [{ index: 0, finish_reason: null, delta: {}, ...choice }] }) + "\\n\\n";
require("node:http").createServer((request, reply) => {
  request.resume().on("end", () => {
    reply.writeHead(200, { "content-type": "text/event-stream" });
    reply.write(chunk({ delta: { role: "assistant", content: "hello" } }));
    const held = existsSync("/tmp/hold");
    if (held) appendFileSync("/tmp/held", "");
    const timer = setInterval(() => {
      if (existsSync("/tmp/hold")) return;
      clearInterval(timer);
      reply.write(chunk({ finish_reason: "stop" }));
      reply.end("data: [DONE]\\n\\n");
      if (held) appendFileSync("/tmp/answered", "whole\\n");
    }, 50);
  });
}).listen(${PORT}, "127.0.0.1");
`;

let place: DockerHome;
let panel: PanelProcess;
const instances = () => panel.client.instances;
const inside = (...command: string[]) => docker("exec", CONTAINER, ...command);

beforeAll(async () => {
  place = await DockerHome.make(24_600, "10.218.20.0/24");
  panel = await PanelProcess.start({ ...place.env, CLAW_IMAGE: OPENCLAW_IMAGE });
  await instances().create.mutate({ id, name: "安娜" });
  await eventually(
    async () => expect((await instances().get.query({ id })).status).toBe("running"),
    PATIENCE_MS,
  );
  await docker("exec", "-d", CONTAINER, "node", "-e", PROVIDER);
  const provider: Provider = {
    choice: "custom-api-key",
    apiKey: "key",
    modelId: "m1",
    baseUrl: `http://127.0.0.1:${PORT}/v1`,
  };
  const job = await instances().init.mutate({ id, provider });
  await eventually(async () => {
    const { status, error } = await panel.client.jobs.get.query({ id: job.id });
    expect([status, error]).toEqual(["succeeded", null]);
  }, PATIENCE_MS);
}, 2 * PATIENCE_MS);
afterAll(async () => {
  await panel?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
});

test("a stop in a batch waits for the answer that an agent is writing, and says so", {
  timeout: PATIENCE_MS,
}, async () => {
  await inside("touch", "/tmp/hold");
  const message = ["agent", "--agent", "main", "--message", "hello", "--json"];
  await docker("exec", "-d", CONTAINER, "openclaw", ...message);
  await eventually(() => inside("test", "-e", "/tmp/held"), PATIENCE_MS);
  const job = await panel.client.batches.run.mutate({ action: "stop", ids: [id] });
  await eventually(async () => {
    const { status, statusDetail } = await instances().get.query({ id });
    expect([status, statusDetail?.code]).toEqual(["stopping", "FINISHING_WORK"]);
    expect(statusDetail?.work).toContain("embedded-run");
  }, PATIENCE_MS);
  await inside("rm", "/tmp/hold");
  await eventually(async () => {
    const { status, error } = await panel.client.jobs.get.query({ id: job.id });
    expect([status, error]).toEqual(["succeeded", null]);
  }, PATIENCE_MS);
  expect((await instances().get.query({ id })).status).toBe("stopped");
  expect(await docker("cp", `${CONTAINER}:/tmp/answered`, "-")).toContain("whole");
});
