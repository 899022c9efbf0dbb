import { expect, test } from "vitest";
import { restoreTestId } from "../naming.ts";
import { render, specOf } from "./compose.fixture.ts";
import { parseComposeProject } from "./project.ts";
import { restoreTestWorkload } from "./restore-test.ts";
import { hostPathOf, workloadOf } from "./workload.ts";

const id = restoreTestId("0badc0de");

test.each([
  ["/srv/claw", "/srv/claw/instances/.staged-x"],
  ["C:\\claw", "C:\\claw\\instances\\.staged-x"],
])("a restore test in %s has no network, no port, no restart, and folders of its own", (home, folder) => {
  const workload = workloadOf(parseComposeProject(render([specOf({ id })], home), home), id);
  const trial = restoreTestWorkload(workload, "instances/.staged-x");
  const separator = folder.at(2) === "\\" ? "\\" : "/";
  expect(trial).toMatchObject({ published: [], network: null, restart: "no" });
  expect(trial.mounts.map(({ source, target }) => [hostPathOf(home, source), target])).toEqual([
    [`${folder}${separator}data`, "/home/node/.openclaw"],
    [`${folder}${separator}logs`, "/var/log/openclaw"],
  ]);
  // Isolation is the same as for a real instance.
  const { isolation, limits } = workload;
  expect(trial).toMatchObject({ isolation, limits });
});

test("folders outside the instance's own stay what they are", () => {
  const text = render([specOf({ id })])
    .replace(`./instances/${id}/data`, `./instances/${id}-2/data`)
    .replace(`./instances/${id}/logs`, "/mnt/logs");
  const project = parseComposeProject(text, "/srv/claw", { allowUnsafe: true });
  const { mounts } = restoreTestWorkload(workloadOf(project, id), "instances/.staged-x");
  expect(mounts.map(({ source }) => source)).toEqual([
    { storage: `instances/${id}-2/data` },
    { hostPath: "/mnt/logs" },
  ]);
});
