import type { ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { FakeDocker, json } from "../../../tests/support/fake-docker.ts";
import { rejects } from "../../../tests/support/rejects.ts";
import { createDockerEngine } from "./docker-engine.ts";

const signal = new AbortController().signal;

function frame(text: string): Buffer {
  const header = Buffer.from([1, 0, 0, 0, 0, 0, 0, text.length]);
  return Buffer.concat([header, Buffer.from(text)]);
}

/** A Docker whose exec commands end after a number of polls. */
async function running(options: {
  endsAfter: number;
  onOutput: (response: ServerResponse) => void;
}) {
  let questions = 0;
  const docker: FakeDocker = await FakeDocker.start([
    [/GET \/containers\/openclaw-anna\/json/, json(() => docker.inspected("anna"))],
    [/POST \/containers\/id-of-anna\/exec/, json(() => ({ Id: "e1" }))],
    [
      /POST \/exec\/e1\/start/,
      (_, response) => {
        response.write(frame("done\n"));
        options.onOutput(response);
      },
    ],
    [
      /GET \/exec\/e1\/json/,
      json(() => {
        questions += 1;
        const isOver = questions > options.endsAfter;
        return { Running: !isOver, ExitCode: isOver ? 3 : null };
      }),
    ],
  ]);
  const engine = createDockerEngine({
    home: docker.home,
    dockerHost: docker.address,
    patience: 0.2,
  });
  return { docker, engine };
}

test("a command whose output never ends is over when its process is", async () => {
  const { docker, engine } = await running({ endsAfter: 2, onOutput: () => {} });
  await using _ = docker;
  const result = await engine.exec("anna", ["true"], { signal });
  expect(result).toEqual({ exitCode: 3, stdout: "done\n", stderr: "" });
});

test.each([
  ["ends", (response: ServerResponse) => response.end()],
  ["is cut off", (response: ServerResponse) => setImmediate(() => response.destroy())],
])("a command whose output %s too early is waited for", async (_, onOutput) => {
  const { docker, engine } = await running({ endsAfter: 5, onOutput });
  await using __ = docker;
  const result = await engine.exec("anna", ["true"], { signal });
  expect(result).toMatchObject({ exitCode: 3, stdout: "done\n" });
});

test("a command that does not end in time is ended", { timeout: 30_000 }, async () => {
  const { docker, engine } = await running({ endsAfter: Infinity, onOutput: () => {} });
  await using _ = docker;
  const within = engine.exec("anna", ["sleep", "9"], { signal, withinSeconds: 0.5 });
  expect((await rejects(within, "COMMAND_FAILED")).message).toContain("within 0.5 seconds");
  const begun = docker.asked.filter((what) => what === "POST /containers/id-of-anna/exec");
  expect(begun).toHaveLength(2);
});
