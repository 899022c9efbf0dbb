/** Remove containers and networks that an earlier test run left behind, and nothing else. */
import path from "node:path";
import { dockerProblem, dockerRequest } from "./docker-api.mjs";

const TEST_LABEL = "claw.test";
const OWN_LABEL = "com.clawmultideploy.instance";

async function ask(method, requestPath) {
  const { status, body } = await dockerRequest(method, requestPath, { timeoutMs: 60_000 });
  if (status >= 400 && status !== 404) throw new Error(`${method} ${requestPath}: ${body}`);
  return status === 404 || body === "" ? undefined : JSON.parse(body);
}

/** A test container says so by its label, or keeps its data in the tests' own folder for temporary files. */
export function isTestContainer(container, testFolder) {
  if (TEST_LABEL in (container.Labels ?? {})) return true;
  return (container.Mounts ?? []).some(
    ({ Type, Source }) => Type === "bind" && Source?.startsWith(`${testFolder}${path.sep}`),
  );
}

/** The networks that go with them: labelled as tests, or ours and used by a container that goes. */
export function testNetworks(networks, containers) {
  const used = new Set(
    containers.flatMap((container) => Object.keys(container.NetworkSettings?.Networks ?? {})),
  );
  return networks.filter(
    ({ Name, Labels }) =>
      TEST_LABEL in (Labels ?? {}) || (OWN_LABEL in (Labels ?? {}) && used.has(Name)),
  );
}

/** Returns how many things were removed. */
export async function removeLeftovers(testFolder) {
  if (await dockerProblem()) return 0;
  const all = (await ask("GET", "/containers/json?all=1")) ?? [];
  const containers = all.filter((container) => isTestContainer(container, testFolder));
  const networks = testNetworks((await ask("GET", "/networks")) ?? [], containers);
  for (const { Id } of containers) await ask("DELETE", `/containers/${Id}?force=1&v=1`);
  for (const { Id } of networks) await ask("DELETE", `/networks/${Id}`);
  return containers.length + networks.length;
}
