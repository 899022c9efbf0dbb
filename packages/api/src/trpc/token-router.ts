import { ApiToken, CreatedToken, NewToken } from "@claw/core/access/credentials";
import { PasswordText } from "@claw/core/access/user";
import { z } from "zod";
import { createToken, listTokens, removeToken } from "../services/access/tokens.ts";
import { procedure, router } from "./init.ts";

const own = { who: "member", does: "account" } as const;

export const tokenRouter = router({
  list: procedure(own)
    .output(z.array(ApiToken))
    .query(({ ctx }) => listTokens(ctx.app, ctx.viewer)),
  create: procedure({ ...own, on: "instanceIds" })
    .input(NewToken.extend({ password: PasswordText.optional() }))
    .output(CreatedToken)
    .mutation(({ ctx, input }) => createToken(ctx.app, ctx.viewer, input)),
  remove: procedure({ ...own, on: "token" })
    .input(z.object({ id: z.string().max(64) }))
    .output(ApiToken.pick({ id: true }))
    .mutation(({ ctx, input }) => removeToken(ctx.app, ctx.viewer, input.id)),
});
