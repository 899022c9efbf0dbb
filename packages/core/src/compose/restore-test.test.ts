import { expect, test } from "vitest";
import { restoreTestId } from "../naming.ts";
import { render, specOf } from "./compose.fixture.ts";
import { parseComposeProject } from "./project.ts";
import { restoreTestProject } from "./restore-test.ts";

const id = restoreTestId("0badc0de");

test.each([
  ["/srv/claw", "/srv/claw/instances/.staged-x"],
  ["C:\\claw", "C:\\claw\\instances\\.staged-x"],
])("a restore test in %s has no network, no port, no restart, and folders of its own", (home, folder) => {
  const project = parseComposeProject(render([specOf({ id })], home), home);
  const trial = restoreTestProject(project, id, "instances/.staged-x");
  const service = trial.services[id];
  const separator = folder.at(2) === "\\" ? "\\" : "/";
  expect(trial.networks).toEqual({});
  expect(service).toMatchObject({ ports: [], networks: [], restart: "no" });
  expect(service?.volumes.map(({ source, target }) => [source, target])).toEqual([
    [`${folder}${separator}data`, "/home/node/.openclaw"],
    [`${folder}${separator}logs`, "/var/log/openclaw"],
  ]);
  // Isolation is the same as for a real instance.
  const { cap_drop, security_opt, pids_limit, mem_limit } = project.services[id] ?? {};
  expect(service).toMatchObject({ cap_drop, security_opt, pids_limit, mem_limit });
});

test("there is no restore test of a service that the project does not have", () => {
  const project = parseComposeProject(render([specOf()]), "/srv/claw");
  expect(restoreTestProject(project, id, "x")).toMatchObject({ services: {}, networks: {} });
});
