import { DomainError, messageOf } from "@claw/core/errors";
import type { NetworkChange, NetworkStatus, SavedNetwork } from "@claw/core/network";
import type { AppContext } from "../../context.ts";
import type { Network } from "../../network-config.ts";
import { networkStatus, revisionOfNetwork } from "./network-status.ts";
import { keepSavedNetwork, networkWith } from "./saved-network.ts";

/** The panel no longer answers a caller: at the address they use, or by the TLS that they speak. */
export type Loss = "address" | "tls";

/** Who saves, and by what their browser would lose the panel under other settings. */
export interface Saver {
  panelOrigin: string;
  lossUnder: (next: Network) => Loss | null;
}

/**
 * Takes effect at once where the panel need not begin or end to serve TLS. Instances get their new
 * addresses, what is open under former ones ends, and gateways follow when they are opened. Throws
 * INVALID_INPUT, also where the one who saves would lose the panel, and REVISION_MISMATCH when somebody else has
 * saved since the edited settings were read.
 */
export async function saveNetwork(
  ctx: AppContext,
  { revision, ...saved }: NetworkChange,
  saver: Saver,
): Promise<NetworkStatus> {
  const { network, certificates, live, conditions } = ctx.runtime;
  await network.saves(async () => {
    if (revision !== undefined && revision !== revisionOfNetwork(network.saved()))
      throw changedMeanwhile();
    const next = permitted(ctx, saved, saver);
    await keepSavedNetwork(ctx, saved);
    network.save(saved, next);
  });
  for (const id of live.board.ids()) live.board.touch(id);
  conditions.notify();
  await certificates?.renew();
  return networkStatus(ctx);
}

/** What follows from settings that nobody loses the panel or an instance by. Throws INVALID_INPUT. */
function permitted(
  ctx: AppContext,
  saved: SavedNetwork,
  { panelOrigin, lossUnder }: Saver,
): Network {
  const next = judged(ctx, saved);
  const loss = lossUnder(next);
  const why = loss === null ? whyUnopened(ctx, next) : LOST[loss](panelOrigin);
  if (why !== null) throw new DomainError("INVALID_INPUT", `Nothing was saved: ${why}`);
  return next;
}

function changedMeanwhile(): DomainError {
  return new DomainError(
    "REVISION_MISMATCH",
    "Somebody else has saved network settings since you opened these. Open them again and repeat your change; nothing was overwritten.",
  );
}

const LOST: Readonly<Record<Loss, (origin: string) => string>> = {
  address: (origin) =>
    `the panel would no longer answer at ${origin}, where you use it. Keep its name in CLAW_PUBLIC_NAMES, and the proxy that leads there in CLAW_TRUSTED_PROXIES.`,
  tls: (origin) =>
    `from its next start on, the panel would no longer serve TLS, by which you use it at ${origin}. Save this at an address that remains: by http:// on the panel's machine, or through a proxy that asks the panel by http://.`,
};

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
