import { LABEL } from "@claw/core/naming";
import type { PrivateNetwork } from "@claw/core/workload";
import type { NetworkCreateOptions, NetworkInspectInfo } from "dockerode";
import { WORK_SECONDS } from "./connection.ts";
import { orNull } from "./containers.ts";
import type { DockerContext } from "./context.ts";
import { NETWORK_DRIVER } from "./create-options.ts";
import { failed, statusOf } from "./errors.ts";

/** Networks of exactly this name, whoever created them; old engines allow several. */
export async function findNetworks(
  context: DockerContext,
  name: string,
): Promise<NetworkInspectInfo[]> {
  const networks = await context.connection.ask((docker, abortSignal) =>
    docker.listNetworks({ filters: { name: [name] }, abortSignal }),
  );
  return networks.filter((network) => network.Name === name);
}

/** True when the network is the wanted one. */
export function networkFits(actual: NetworkInspectInfo, wanted: PrivateNetwork): boolean {
  const [pool, ...others] = actual.IPAM?.Config ?? [];
  return (
    actual.Driver === NETWORK_DRIVER &&
    others.length === 0 &&
    pool?.Subnet === wanted.subnet &&
    pool.Gateway === wanted.gateway
  );
}

export function isOurNetwork(context: DockerContext, network: NetworkInspectInfo): boolean {
  return network.Labels?.[LABEL.home] === context.home;
}

export async function createNetwork(
  context: DockerContext,
  options: NetworkCreateOptions,
): Promise<void> {
  await context.connection.ask(
    (docker, abortSignal) => docker.createNetwork({ ...options, abortSignal }),
    { seconds: WORK_SECONDS },
  );
}

/** No-op when it is gone. Rejects with a message that names the containers still using it. */
export async function removeNetwork(
  context: DockerContext,
  network: { Id: string; Name: string },
): Promise<void> {
  await context.connection.ask(
    async (docker, abortSignal) => {
      const handle = docker.getNetwork(network.Id);
      try {
        await orNull(handle.remove({ abortSignal }));
      } catch (error) {
        if (statusOf(error) !== 403) throw error;
        const info = await handle.inspect();
        const users = Object.values(info.Containers ?? {}).map((user) => user.Name);
        throw failed(
          `The network ${network.Name} is still used by ${users.join(", ") || "a container"}. Disconnect it from the network, then try again.`,
          error,
        );
      }
    },
    { seconds: WORK_SECONDS },
  );
}
