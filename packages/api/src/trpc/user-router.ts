import { InvitationLink, ResetLink } from "@claw/core/access/log-in-views";
import { Invitation, NewUser, User, Username, UserPatch, UserRef } from "@claw/core/access/user";
import { z } from "zod";
import { inviteUser } from "../services/access/invite-user.ts";
import { createResetLink } from "../services/access/reset-link.ts";
import { createUser, listUsers, removeUser, updateUser } from "../services/access/users.ts";
import { procedure, router } from "./init.ts";

const ByName = z.object({ username: Username });
const Update = UserPatch.extend({ username: Username });

const admin = { who: "administrator", does: "admin" } as const;
const onUser = { ...admin, on: "user" } as const;

export const userRouter = router({
  list: procedure(admin)
    .output(z.array(User))
    .query(({ ctx }) => listUsers(ctx.app)),
  create: procedure(onUser)
    .input(NewUser)
    .output(User)
    .mutation(({ ctx, input }) => createUser(ctx.app, input)),
  invite: procedure({ ...admin, on: "invitation" })
    .input(Invitation)
    .output(InvitationLink)
    .mutation(({ ctx, input }) => inviteUser(ctx.app, input, ctx.panelOrigin)),
  update: procedure(onUser)
    .input(Update)
    .output(User)
    .mutation(({ ctx, input: { username, ...patch } }) => updateUser(ctx.app, username, patch)),
  remove: procedure(onUser)
    .input(ByName)
    .output(UserRef)
    .mutation(({ ctx, input }) => removeUser(ctx.app, input.username)),
  resetLink: procedure(onUser)
    .input(ByName)
    .output(ResetLink)
    .mutation(({ ctx, input }) => createResetLink(ctx.app, input.username, ctx.panelOrigin)),
});
