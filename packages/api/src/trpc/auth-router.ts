import { Session } from "@claw/core/access/credentials";
import {
  AccessState,
  LinkHolder,
  LoggedIn,
  NewFactor,
  RecoveryCodes,
} from "@claw/core/access/log-in-views";
import { PasswordText, Username, UserRef } from "@claw/core/access/user";
import { InstanceName } from "@claw/core/instance";
import { z } from "zod";
import { changePassword } from "../services/access/change-password.ts";
import { logIn } from "../services/access/log-in.ts";
import { readState } from "../services/access/read-state.ts";
import { readLink, redeemLink } from "../services/access/reset-link.ts";
import { beginTotp, confirmTotp, disableTotp } from "../services/access/second-factor.ts";
import { listSessions, revokeSession } from "../services/access/sessions.ts";
import { setUp } from "../services/access/set-up.ts";
import { updateProfile } from "../services/access/users.ts";
import { procedure, publicProcedure, router } from "./init.ts";

const Code = z.string().max(128);
const SetUp = z.object({ code: Code, username: Username, password: PasswordText });
const LogIn = z.object({
  username: z.string().max(256),
  password: PasswordText,
  /** Six digits, or a recovery code. */
  totp: Code.optional(),
  /** Known-browser secret from this browser's last log-in. */
  browser: z.string().max(256).optional(),
});
const ById = z.object({ id: z.string().max(64) });
/** Also revokes other sessions, API tokens and one-time links. */
const revokeOthers = z.boolean().default(true);
const NewPassword = z.object({ password: PasswordText, newPassword: PasswordText, revokeOthers });

const own = { who: "member", does: "account" } as const;

export const authRouter = router({
  state: publicProcedure({ who: "anyone", does: "read" })
    .output(AccessState)
    .query(({ ctx }) => readState(ctx.app, ctx.bearer)),
  setup: publicProcedure({ who: "anyone", does: "account" })
    .input(SetUp)
    .output(LoggedIn)
    .mutation(({ ctx, input }) => setUp(ctx.app, input, ctx)),
  login: publicProcedure({ who: "public", does: "account" })
    .input(LogIn)
    .output(LoggedIn)
    .mutation(({ ctx, input }) => logIn(ctx.app, input, ctx)),
  // A mutation, because the input of a query is part of its address, which ends up in logs.
  readLink: publicProcedure({ who: "public", does: "account" })
    .input(z.object({ code: Code }))
    .output(LinkHolder)
    .mutation(({ ctx, input }) => readLink(ctx.app, input, ctx)),
  redeemLink: publicProcedure({ who: "public", does: "account" })
    .input(z.object({ code: Code, password: PasswordText, revokeOthers }))
    .output(UserRef)
    .mutation(({ ctx, input }) => redeemLink(ctx.app, input, ctx)),
  logout: procedure(own)
    .output(z.void())
    .mutation(({ ctx }) => revokeSession(ctx.app, ctx.viewer, ctx.viewer.id)),
  sessions: procedure(own)
    .output(z.array(Session))
    .query(({ ctx }) => listSessions(ctx.app, ctx.viewer)),
  revokeSession: procedure({ ...own, on: "session" })
    .input(ById)
    .output(z.void())
    .mutation(({ ctx, input }) => revokeSession(ctx.app, ctx.viewer, input.id)),
  changePassword: procedure(own)
    .input(NewPassword)
    .output(z.void())
    .mutation(({ ctx, input }) => changePassword(ctx.app, ctx.viewer, input)),
  updateProfile: procedure(own)
    .input(z.object({ displayName: InstanceName }))
    .output(z.void())
    .mutation(({ ctx, input }) => updateProfile(ctx.app, ctx.viewer, input)),
  totpBegin: procedure(own)
    .input(z.object({ password: PasswordText }))
    .output(NewFactor)
    .mutation(({ ctx, input }) => beginTotp(ctx.app, ctx.viewer, input)),
  totpConfirm: procedure(own)
    .input(z.object({ code: Code }))
    .output(RecoveryCodes)
    .mutation(({ ctx, input }) => confirmTotp(ctx.app, ctx.viewer, input)),
  totpDisable: procedure(own)
    .input(z.object({ password: PasswordText }))
    .output(z.void())
    .mutation(({ ctx, input }) => disableTotp(ctx.app, ctx.viewer, input)),
});
