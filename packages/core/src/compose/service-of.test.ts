import fc from "fast-check";
import { expect, test } from "vitest";
import { anyHome, anySpec, render, specOf } from "./compose.fixture.ts";
import { composeServiceJson } from "./compose-hash.ts";
import { parseComposeProject } from "./project.ts";
import { restoreTestWorkload } from "./restore-test.ts";
import { composeServiceOf } from "./service-of.ts";
import { workloadOf } from "./workload.ts";

test("a workload loses nothing of the service that it comes from", () => {
  fc.assert(
    fc.property(anySpec, anyHome, (spec, home) => {
      const project = parseComposeProject(render([spec], home), home);
      const service = project.services[spec.id];
      if (!service) throw new Error("no service");
      expect(composeServiceOf(workloadOf(project, spec.id), home)).toEqual(service);
    }),
  );
});

test("rights on the host and a foreign folder are kept, too, for Compose's hash", () => {
  const text = render([specOf()])
    .replace("./instances/zhangsan/logs:", "/mnt/logs:")
    .replace(
      "    cap_drop: [ALL]",
      '    privileged: true\n    cap_add: [SYS_TIME]\n    devices: ["/dev/kvm"]\n    pid: host\n    ipc: host\n    cap_drop: []',
    );
  const project = parseComposeProject(text, "/srv/claw", { allowUnsafe: true });
  const { zhangsan: service } = project.services;
  if (!service) throw new Error("no service");
  expect(service.privileged).toBe(true);
  const same = composeServiceOf(workloadOf(project, "zhangsan"), "/srv/claw");
  expect(composeServiceJson(same)).toBe(composeServiceJson(service));
});

test("a restore test has no network in Compose's words either", () => {
  const project = parseComposeProject(render([specOf()]), "/srv/claw");
  const trial = restoreTestWorkload(workloadOf(project, "zhangsan"), "instances/.staged-x");
  expect(composeServiceOf(trial, "/srv/claw")).toMatchObject({ networks: [], ports: [] });
});
