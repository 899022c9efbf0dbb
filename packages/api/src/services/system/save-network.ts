import { DomainError, messageOf } from "@claw/core/errors";
import type { NetworkStatus, SavedNetwork } from "@claw/core/network";
import type { AppContext } from "../../context.ts";
import type { Network } from "../../network-config.ts";
import { networkStatus } from "./network-status.ts";
import { keepSavedNetwork, networkWith } from "./saved-network.ts";

/** Who saves: whether the panel would answer their browser under other settings. */
export interface Saver {
  panelOrigin: string;
  wouldBeAnswered: (by: Network) => boolean;
}

/**
 * Takes effect at once where the panel need not begin or end to serve TLS. Instances get their new
 * addresses, what is open under former ones ends, and gateways follow when they are opened. Throws
 * INVALID_INPUT, also where the one who saves would lose the panel.
 */
export async function saveNetwork(
  ctx: AppContext,
  saved: SavedNetwork,
  { panelOrigin, wouldBeAnswered }: Saver,
): Promise<NetworkStatus> {
  const next = judged(ctx, saved);
  const why = wouldBeAnswered(next) ? whyUnopened(ctx, next) : lostPanel(panelOrigin);
  if (why !== null) throw new DomainError("INVALID_INPUT", `Nothing was saved: ${why}`);
  await keepSavedNetwork(ctx, saved);
  const { network, certificates, live, conditions } = ctx.runtime;
  network.save(saved, next);
  for (const id of live.board.ids()) live.board.touch(id);
  conditions.notify();
  await certificates?.renew();
  return networkStatus(ctx);
}

const lostPanel = (origin: string) =>
  `the panel would no longer answer at ${origin}, where you use it. Keep its name in CLAW_PUBLIC_NAMES, and the proxy that leads there in CLAW_TRUSTED_PROXIES.`;

/** Instances that open through the panel have no token to open by. */
function whyUnopened({ runtime }: AppContext, next: Network): string | null {
  if (next.instanceSite !== null || runtime.network.now().instanceSite === null) return null;
  const { board } = runtime.live;
  const ids = board.ids().filter((id) => (board.specOf(id)?.ingress ?? null) !== null);
  if (ids.length === 0) return null;
  return `without a domain, nobody could open ${ids.join(", ")}. Keep CLAW_INSTANCE_DOMAIN, or delete these instances first.`;
}

function judged({ config }: AppContext, saved: SavedNetwork): Network {
  try {
    return networkWith(config, saved);
  } catch (error) {
    throw new DomainError("INVALID_INPUT", messageOf(error), { cause: error });
  }
}
