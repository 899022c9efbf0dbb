import { InstanceChannels } from "@claw/core/channel-status";
import { ConfigForms } from "@claw/core/config-forms/describe-forms";
import {
  ConfigDifference,
  ConfigHistory,
  ConfigHistoryQuery,
  ConfigVersionText,
  EditedBy,
} from "@claw/core/config-history";
import {
  ConfigCheck,
  ConfigChecks,
  ConfigSaved,
  ConfigState,
  InstanceConfig,
} from "@claw/core/config-views";
import { InstanceId } from "@claw/core/instance";
import { ManagedKey } from "@claw/core/managed-keys";
import { z } from "zod";
import type { Asker } from "../checker/config-checker.ts";
import { readChannels } from "../services/channel/read-channels.ts";
import { prepareChecks, validateConfig } from "../services/instance/check-config.ts";
import { configForms } from "../services/instance/config-forms.ts";
import {
  compareConfigVersions,
  listConfigVersions,
  readConfigVersion,
  restoreConfig,
} from "../services/instance/config-history.ts";
import { INSTANCE_ACCESS } from "../services/instance/instance-access.ts";
import { readConfig, watchConfig } from "../services/instance/read-config.ts";
import { saveConfig } from "../services/instance/save-config.ts";
import { forViewer } from "../services/instance/shared-channels.ts";
import { managedKeysOf } from "../services/opening/managed-keys-of.ts";
import { doneBy, procedure, type ViewerContext } from "./init.ts";
import { streamOf } from "./stream-of.ts";
import { streamed } from "./streamed.ts";

const OfOne = z.object({ id: InstanceId });
const ConfigText = OfOne.extend({ text: z.string() });
const Version = z.int().positive();
const BasedText = ConfigText.extend({ revision: z.string().max(128) });

const markFor = ({ viewer }: ViewerContext, signal: AbortSignal | undefined): Asker => ({
  ...{ by: viewer.user.username, isSave: false },
  signal,
});

/** The configuration of an instance. It contains the access token, so reading it is using it. */
export const configProcedures = {
  readConfig: procedure(INSTANCE_ACCESS.use)
    .input(OfOne)
    .output(InstanceConfig)
    .query(async ({ ctx, input }) =>
      forViewer(ctx.app, ctx.viewer, await readConfig(ctx.app, input.id)),
    ),
  prepareChecks: procedure(INSTANCE_ACCESS.use)
    .input(OfOne)
    .output(ConfigChecks)
    .query(({ ctx, input, signal }) => prepareChecks(ctx.app, input.id, markFor(ctx, signal))),
  managedKeys: procedure(INSTANCE_ACCESS.use)
    .input(OfOne)
    .output(z.array(ManagedKey))
    .query(({ ctx, input }) => managedKeysOf(ctx.app, input.id)),
  /** Sent by POST: no address holds a whole text. */
  validateConfig: procedure(INSTANCE_ACCESS.use)
    .input(ConfigText)
    .output(ConfigCheck)
    .query(({ ctx, input, signal }) => validateConfig(ctx.app, input, markFor(ctx, signal))),
  saveConfig: procedure(INSTANCE_ACCESS.use)
    .input(BasedText.extend({ source: EditedBy.default("editor") }))
    .output(ConfigSaved)
    .mutation(async ({ ctx, input }) =>
      forViewer(ctx.app, ctx.viewer, await saveConfig(ctx.app, input, doneBy(ctx))),
    ),
  configForms: procedure(INSTANCE_ACCESS.use)
    .input(OfOne)
    .output(ConfigForms)
    .query(({ ctx, input }) => configForms(ctx.app, input.id)),
  channels: procedure({ ...INSTANCE_ACCESS.use, does: "read" })
    .input(OfOne)
    .output(InstanceChannels)
    .query(async ({ ctx, input }) =>
      forViewer(ctx.app, ctx.viewer, await readChannels(ctx.app, input.id)),
    ),
  configHistory: procedure(INSTANCE_ACCESS.use)
    .input(ConfigHistoryQuery)
    .output(ConfigHistory)
    .query(({ ctx, input }) => listConfigVersions(ctx.app, input, ctx.viewer)),
  configVersion: procedure(INSTANCE_ACCESS.use)
    .input(OfOne.extend({ version: Version }))
    .output(ConfigVersionText)
    .query(({ ctx, input }) => readConfigVersion(ctx.app, input, ctx.viewer)),
  compareConfigs: procedure(INSTANCE_ACCESS.use)
    .input(OfOne.extend({ from: Version, to: Version }))
    .output(ConfigDifference)
    .query(({ ctx, input }) => compareConfigVersions(ctx.app, input, ctx.viewer)),
  restoreConfig: procedure(INSTANCE_ACCESS.use)
    .input(OfOne.extend({ version: Version }))
    .output(ConfigSaved)
    .mutation(async ({ ctx, input }) =>
      forViewer(ctx.app, ctx.viewer, await restoreConfig(ctx.app, input, doneBy(ctx), ctx.viewer)),
    ),
  watchConfig: procedure(INSTANCE_ACCESS.use)
    .input(OfOne)
    .output(streamOf(ConfigState))
    .subscription(({ ctx, input, signal }) =>
      streamed(ctx, signal, (ends) => watchConfig(ctx.app, input.id, ends)),
    ),
};
