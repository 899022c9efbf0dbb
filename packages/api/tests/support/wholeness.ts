import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { parseComposeProject } from "@claw/core/compose/project";
import type { InstanceId } from "@claw/core/instance";
import { loopbackOrigins } from "@claw/core/instance-address";
import { parseJson5Object } from "@claw/core/json5-edit";
import { LABEL } from "@claw/core/naming";
import { readToken, valueAt } from "@claw/core/openclaw-config";
import { expect } from "vitest";
import type { TestPanel } from "./test-app.ts";

export async function composeProject(panel: TestPanel) {
  const text = await readFile(path.join(panel.home, "docker-compose.yml"), "utf8");
  return parseComposeProject(text, panel.home);
}

/** Throws unless spec, folders, configuration, compose file, network and container agree. */
export async function expectWhole(panel: TestPanel, id: InstanceId): Promise<void> {
  const spec = await panel.context.store.findInstance(id);
  expect(spec, `${id} has a spec`).toMatchObject({ id, phase: "ready" });
  if (!spec) return;
  const text = await panel.context.disk.storage.readConfig(id);
  expect(text, `${id} has a configuration`).not.toBeNull();
  expect(readToken(text ?? "")).toMatch(/^[0-9a-f]{64}$/);
  const origins = valueAt(parseJson5Object(text ?? ""), ["gateway", "controlUi", "allowedOrigins"]);
  expect(origins, `${id} may be opened on its port`).toEqual(
    expect.arrayContaining(loopbackOrigins(spec.port)),
  );
  // A swap leaves a hidden mark beside them.
  const folders = await readdir(path.join(panel.home, "instances", id));
  expect(folders.filter((name) => !name.startsWith(".")).sort()).toEqual(["data", "logs"]);

  const project = await composeProject(panel);
  const service = project.services[id];
  expect(service?.ports, `${id} is in the compose file`).toEqual([
    { hostIp: spec.publishHost, hostPort: spec.port, containerPort: 18_789 },
  ]);
  const container = (await panel.engine.list(id)).get(id);
  expect(container?.specHash, `${id} has the container of its spec`).toBe(
    service?.labels[LABEL.specHash],
  );
  const survey = panel.engine.survey();
  expect(survey.networks.get(`openclaw-${id}`)).toBe(spec.subnet);
  expect(survey.ports.get(spec.port)).toBe(`openclaw-${id}`);
  expect(panel.context.runtime.live.board.get(id).port).toBe(spec.port);
}

/** Throws when anything of the instance is left, except, if so expected, its data. */
export async function expectGone(
  panel: TestPanel,
  id: InstanceId,
  options: { dataKept: boolean } = { dataKept: false },
): Promise<void> {
  const {
    store,
    runtime: { live },
    disk: { storage },
  } = panel.context;
  expect(await store.findInstance(id), `${id} has no spec`).toBeNull();
  expect(live.board.find(id), `${id} is not on the page`).toBeNull();
  expect(live.locks.current(id), `nothing is done with ${id}`).toBeNull();
  expect((await panel.engine.list(id)).size, `${id} has no container`).toBe(0);
  expect(await storage.hasInstance(id), `${id} has its data`).toBe(options.dataKept);
  const left = await readdir(path.join(panel.home, "instances"));
  expect(left.filter((name) => name.startsWith("."))).toEqual([]);
  const compose = await readFile(path.join(panel.home, "docker-compose.yml"), "utf8").catch(
    () => "",
  );
  expect(compose).not.toContain(`openclaw-${id}"`);
}
