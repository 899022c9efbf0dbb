import { afterAll, beforeAll, expect, test } from "vitest";
import { CuttableProxy } from "./support/cuttable-proxy.ts";
import { eventually } from "./support/deadline.ts";
import { docker } from "./support/docker.ts";
import { DockerHome } from "./support/docker-home.ts";
import { PanelProcess } from "./support/panel-process.ts";

/** As many as one session may have open. */
const VIEWERS = 100;

let place: DockerHome;
let proxy: CuttableProxy;
let panel: PanelProcess;
/** Requests for a log that goes on. */
let followed = 0;

beforeAll(async () => {
  place = await DockerHome.make(23_900, "10.218.9.0/24");
  proxy = new CuttableProxy(`${place.home}.sock`, (chunk) => {
    followed +=
      chunk.toString("latin1").match(/GET [^ ]*\/logs\?[^ ]*follow=(?:1|true)/g)?.length ?? 0;
  });
  await proxy.open();
  panel = await PanelProcess.start({ ...place.env, DOCKER_HOST: `unix://${proxy.path}` });
  await panel.client.instances.create.mutate({ id: "anna", name: "Anna" });
  await eventually(
    async () =>
      expect((await panel.client.instances.get.query({ id: "anna" })).status).toBe("running"),
    30_000,
  );
});
afterAll(async () => {
  await panel?.[Symbol.asyncDispose]();
  await proxy?.close();
  await place?.[Symbol.asyncDispose]();
});

test("all who look at the log of one instance cost Docker one request, which ends with the last of them", async () => {
  await eventually(() => expect(proxy.size).toBeLessThan(4), 10_000);
  const idle = proxy.size;
  followed = 0;
  const seen = new Map<number, string[]>();
  let most = 0;
  const subscriptions = Array.from({ length: VIEWERS }, (_, n) =>
    panel.client.instances.logs.subscribe(
      { id: "anna", tail: n % 3 },
      {
        onData: ({ data }) => {
          most = Math.max(most, proxy.size);
          seen.set(n, [...(seen.get(n) ?? []), ...data.lines.map(({ text }) => text)]);
        },
      },
    ),
  );
  await eventually(() => expect(seen.size).toBe(VIEWERS), 60_000);
  await docker("exec", "openclaw-anna", "sh", "-c", "echo said to all >/proc/1/fd/1");
  await eventually(() => {
    for (const lines of seen.values()) expect(lines.at(-1)).toBe("said to all");
  }, 20_000);
  expect(followed).toBe(1);
  expect(most - idle).toBeLessThan(12);
  for (const each of subscriptions) each.unsubscribe();
  await eventually(() => expect(proxy.size).toBeLessThanOrEqual(idle), 10_000);
});
