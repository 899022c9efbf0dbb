import { NetworkStatus } from "@claw/core/network";
import { networkStatus } from "../services/system/network-status.ts";
import { procedure, router } from "./init.ts";

const administer = { who: "administrator", does: "admin" } as const;

export const networkRouter = router({
  status: procedure(administer)
    .output(NetworkStatus)
    .query(({ ctx }) => networkStatus(ctx.app)),
});
