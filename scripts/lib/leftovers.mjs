/** Removes containers and networks that an earlier test run left behind, and nothing else. */
import path from "node:path";
import { dockerProblem, dockerRequest } from "./docker-api.mjs";

const TEST_LABEL = "claw.test";
const OWN_LABEL = "com.clawmultideploy.instance";

async function ask(method, requestPath) {
  const { status, body } = await dockerRequest(method, requestPath, { timeoutMs: 60_000 });
  if (status === 404 || status === 409) return undefined; // gone, or being removed by someone else
  if (status >= 400) throw new Error(`${method} ${requestPath}: ${body}`);
  return body === "" ? undefined : JSON.parse(body);
}

/**
 * A test container keeps its data in the folder of a test run; `labelled` adds those identified
 * only by a label.
 */
export function isTestContainer(container, folders, labelled) {
  if (labelled && TEST_LABEL in (container.Labels ?? {})) return true;
  return (container.Mounts ?? []).some(
    ({ Type, Source }) =>
      Type === "bind" && folders.some((folder) => Source?.startsWith(`${folder}${path.sep}`)),
  );
}

/** Their networks: labelled as tests, or ours and used by a removed container. */
export function testNetworks(networks, containers, labelled) {
  const used = new Set(
    containers.flatMap((container) => Object.keys(container.NetworkSettings?.Networks ?? {})),
  );
  return networks.filter(
    ({ Name, Labels }) =>
      (labelled && TEST_LABEL in (Labels ?? {})) || (OWN_LABEL in (Labels ?? {}) && used.has(Name)),
  );
}

/**
 * `labelled`: no other test run is active, so everything with the test label is a leftover. Returns
 * the number of removed containers.
 */
export async function removeLeftovers(folders, labelled) {
  if (await dockerProblem()) return 0;
  const all = (await ask("GET", "/containers/json?all=1")) ?? [];
  const containers = all.filter((container) => isTestContainer(container, folders, labelled));
  const networks = testNetworks((await ask("GET", "/networks")) ?? [], containers, labelled);
  for (const { Id } of containers) await ask("DELETE", `/containers/${Id}?force=1&v=1`);
  for (const { Id } of networks) await ask("DELETE", `/networks/${Id}`);
  return containers.length + networks.length;
}
