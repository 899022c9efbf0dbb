import { NetworkChange, NetworkProbe, NetworkStatus } from "@claw/core/network";
import { beginProbe } from "../services/system/begin-probe.ts";
import { networkStatus } from "../services/system/network-status.ts";
import { saveNetwork } from "../services/system/save-network.ts";
import { procedure, router } from "./init.ts";

const administer = { who: "administrator", does: "admin" } as const;

export const networkRouter = router({
  status: procedure(administer)
    .output(NetworkStatus)
    .query(({ ctx }) => networkStatus(ctx.app)),
  save: procedure(administer)
    .input(NetworkChange)
    .output(NetworkStatus)
    .mutation(({ ctx, input }) => saveNetwork(ctx.app, input, ctx)),
  /** No query: only a mutation's request says of which origin its page is. */
  probe: procedure(administer)
    .output(NetworkProbe.nullable())
    .mutation(({ ctx }) => beginProbe(ctx.app, ctx.panelOrigin)),
});
