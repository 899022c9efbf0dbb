import { Instance, InstanceChange, InstanceId, NewInstance } from "@claw/core/instance";
import {
  InstanceLimits,
  InstanceRef,
  ModelState,
  OpenEntry,
  OpenLink,
  ProposedPort,
} from "@claw/core/instance-views";
import { JOB_OF_KIND } from "@claw/core/job";
import { Provider } from "@claw/core/provider";
import { ProviderOffers } from "@claw/core/provider-offer";
import { z } from "zod";
import { chosenOwner } from "../services/access/chosen-owner.ts";
import { visibleInstances } from "../services/access/visible.ts";
import { assignInstances } from "../services/instance/assign-instances.ts";
import { changeInstance } from "../services/instance/change-instance.ts";
import { createInstance } from "../services/instance/create-instance.ts";
import { initInstance } from "../services/instance/init-instance.ts";
import { INSTANCE_ACCESS } from "../services/instance/instance-access.ts";
import { openInstance } from "../services/instance/open-instance.ts";
import { proposePort } from "../services/instance/propose-port.ts";
import { readLimits } from "../services/instance/read-limits.ts";
import { readModelState } from "../services/instance/read-model-state.ts";
import { readOffers } from "../services/instance/read-offers.ts";
import { removeInstance } from "../services/instance/remove-instance.ts";
import { restartInstance } from "../services/instance/restart-instance.ts";
import { startInstance } from "../services/instance/start-instance.ts";
import { stopInstance, stopNow } from "../services/instance/stop-instance.ts";
import { enterInstance } from "../services/opening/enter-instance.ts";
import { doneBy, procedure, router } from "./init.ts";
import { configProcedures } from "./instance-config.ts";
import { deviceProcedures } from "./instance-devices.ts";
import { feedProcedures } from "./instance-feeds.ts";
import { logProcedures } from "./instance-logs.ts";

const ById = z.object({ id: InstanceId });
const Removal = ById.extend({ deleteData: z.boolean() });
const Initialisation = ById.extend({ provider: Provider.optional() });
const Opening = ById.extend({ access: z.enum(["read", "full"]).optional() });
const Entering = Opening.extend({ label: z.string().max(63) });

const Assignment = z.object({
  ids: z.array(InstanceId).min(1).max(1_000),
  /** User name; null: unassigned. */
  owner: z.string().max(64).nullable(),
});

const look = { who: "member", does: "read" } as const;
const lookAtOne = { ...look, on: "instance" } as const;

export const instanceRouter = router({
  list: procedure(look)
    .output(z.array(Instance))
    .query(({ ctx }) => visibleInstances(ctx.app, ctx.viewer)),
  get: procedure(lookAtOne)
    .input(ById)
    .output(Instance)
    .query(({ ctx, input }) => ctx.app.runtime.live.board.get(input.id)),
  create: procedure(INSTANCE_ACCESS.create)
    .input(NewInstance)
    .output(Instance)
    .mutation(async ({ ctx, input }) =>
      createInstance(ctx.app, { ...input, owner: await chosenOwner(ctx.app, ctx.viewer, input) }),
    ),
  update: procedure(INSTANCE_ACCESS.update)
    .input(InstanceChange)
    .output(Instance)
    .mutation(({ ctx, input }) => changeInstance(ctx.app, input, doneBy(ctx))),
  assign: procedure({ who: "administrator", does: "admin", on: "instances" })
    .input(Assignment)
    .output(z.array(Instance))
    .mutation(({ ctx, input }) => assignInstances(ctx.app, input)),
  start: procedure(INSTANCE_ACCESS.start)
    .input(ById)
    .output(Instance)
    .mutation(({ ctx, input }) => startInstance(ctx.app, input.id)),
  stop: procedure(INSTANCE_ACCESS.stop)
    .input(ById)
    .output(Instance)
    .mutation(({ ctx, input }) => stopInstance(ctx.app, input.id)),
  stopNow: procedure(INSTANCE_ACCESS.stop)
    .input(ById)
    .output(Instance)
    .mutation(({ ctx, input }) => stopNow(ctx.app, input.id)),
  restart: procedure(INSTANCE_ACCESS.restart)
    .input(ById)
    .output(Instance)
    .mutation(({ ctx, input }) => restartInstance(ctx.app, input.id)),
  remove: procedure(INSTANCE_ACCESS.remove)
    .input(Removal)
    .output(InstanceRef)
    .mutation(({ ctx, input }) => removeInstance(ctx.app, input)),
  init: procedure(INSTANCE_ACCESS.use)
    .input(Initialisation)
    .output(JOB_OF_KIND.init)
    .mutation(({ ctx, input }) => initInstance(ctx.app, input, { by: doneBy(ctx) })),
  providers: procedure(INSTANCE_ACCESS.use)
    .input(ById)
    .output(ProviderOffers)
    .query(({ ctx, input }) => readOffers(ctx.app, input.id)),
  open: procedure(INSTANCE_ACCESS.use)
    .input(Opening)
    .output(OpenLink)
    .mutation(({ ctx, input }) => openInstance(ctx.app, input, ctx.panelOrigin)),
  // The ticket is bound to the panel session, which no API token has.
  enter: procedure({ who: "member", does: "account", on: "instance" })
    .input(Entering)
    .output(OpenEntry)
    .mutation(({ ctx, input }) => enterInstance(ctx.app, input, { ...ctx, actor: doneBy(ctx) })),
  proposePort: procedure({ who: "operator", does: "read" })
    .output(ProposedPort)
    .query(({ ctx }) => proposePort(ctx.app)),
  limits: procedure(lookAtOne)
    .input(ById)
    .output(InstanceLimits)
    .query(({ ctx, input }) => readLimits(ctx.app, input.id)),
  modelState: procedure(lookAtOne)
    .input(ById)
    .output(ModelState)
    .query(({ ctx, input }) => readModelState(ctx.app, input.id)),
  ...feedProcedures,
  ...configProcedures,
  ...deviceProcedures,
  ...logProcedures,
});
