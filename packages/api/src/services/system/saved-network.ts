import { messageOf } from "@claw/core/errors";
import { SavedNetwork } from "@claw/core/network";
import type { Config } from "../../config.ts";
import type { Uses } from "../../context.ts";
import { type Network, readNetwork } from "../../network-config.ts";
import { createLiveNetwork, type LiveNetwork } from "../runtime/live-network.ts";

const KEY = "network";

export const NOTHING_SAVED: SavedNetwork = {
  CLAW_PUBLIC_NAMES: "",
  CLAW_INSTANCE_DOMAIN: "",
  CLAW_TRUSTED_PROXIES: "",
  CLAW_PUBLIC_PORT: "",
};

export async function keepSavedNetwork({ store }: Uses<"store">, saved: SavedNetwork) {
  await store.saveSetting(KEY, saved);
}

/** What follows from saved settings and the environment, which overrides them. Throws an Error. */
export function networkWith(config: Pick<Config, "environment">, saved: SavedNetwork): Network {
  return readNetwork({ ...saved, ...config.environment });
}

const isAnything = (saved: SavedNetwork) => Object.values(saved).some((text) => text !== "");

/**
 * The network of a panel that starts. Saved settings that do not go together with the environment of
 * today are left out, and stay saved: a panel that does not start can be set right by nobody.
 */
export async function openLiveNetwork({
  config,
  store,
  log,
}: { config: Config } & Uses<"store" | "log">): Promise<LiveNetwork> {
  const { data: saved = NOTHING_SAVED } = SavedNetwork.safeParse(await store.readSetting(KEY));
  try {
    const network = isAnything(saved) ? networkWith(config, saved) : config;
    return createLiveNetwork(network, { saved, unused: null });
  } catch (error) {
    const message = messageOf(error);
    log.warn(`the saved settings of the network are not in use: ${message}`);
    return createLiveNetwork(config, { saved, unused: { why: "contradicts", message } });
  }
}

/**
 * Opens what a panel that starts needs for its network. Where that fails by saved settings, they are
 * left out, as above.
 */
export async function openWithSaved<Opened>(
  { config, network, log }: { config: Config; network: LiveNetwork } & Uses<"log">,
  open: () => Promise<Opened>,
): Promise<Opened> {
  try {
    return await open();
  } catch (error) {
    if (network.unused() !== null || !isAnything(network.saved())) throw error;
    const message = messageOf(error);
    log.warn(`the saved settings of the network are not in use: ${message}`);
    network.leaveOut(config, message);
    return open();
  }
}
