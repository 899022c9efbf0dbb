import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { auditRouter } from "./audit-router.ts";
import { authRouter } from "./auth-router.ts";
import { backupRouter } from "./backup-router.ts";
import { batchRouter } from "./batch-router.ts";
import { conditionRouter } from "./condition-router.ts";
import { router } from "./init.ts";
import { instanceRouter } from "./instance-router.ts";
import { jobRouter } from "./job-router.ts";
import { networkRouter } from "./network-router.ts";
import { rolloutRouter } from "./rollout-router.ts";
import { imageRouter, systemRouter } from "./system-router.ts";
import { templateRouter } from "./template-router.ts";
import { tokenRouter } from "./token-router.ts";
import { userRouter } from "./user-router.ts";

export const appRouter = router({
  system: systemRouter,
  network: networkRouter,
  image: imageRouter,
  instances: instanceRouter,
  batches: batchRouter,
  configRollouts: rolloutRouter,
  jobs: jobRouter,
  backups: backupRouter,
  conditions: conditionRouter,
  templates: templateRouter,
  auth: authRouter,
  users: userRouter,
  tokens: tokenRouter,
  audit: auditRouter,
});

/** The only contract; the web page, Node client and scripts derive their types from it. */
export type AppRouter = typeof appRouter;

/** @example type Instance = RouterOutputs["instances"]["get"] */
export type RouterOutputs = inferRouterOutputs<AppRouter>;
/** @example type NewInstance = RouterInputs["instances"]["create"] */
export type RouterInputs = inferRouterInputs<AppRouter>;
