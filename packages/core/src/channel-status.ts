import { z } from "zod";
import { SharedChannel } from "./config-views.ts";
import { REASONS } from "./errors.ts";

/** An account of a channel, as its gateway sees it. Null: the gateway does not say. */
export interface ChannelAccount {
  /** Its key in `channels`. */
  channel: string;
  /** Null for the only one, or the one that is meant where none is named. */
  account: string | null;
  isEnabled: boolean | null;
  isConfigured: boolean | null;
  isRunning: boolean | null;
  isConnected: boolean | null;
  /** In the gateway's own words, on one line. */
  problem: string | null;
}

const ChannelState = z.enum([
  ...["connected", "connecting", "off", "unconfigured", "stopped", "failed"],
] as const);
export type ChannelState = z.output<typeof ChannelState>;

/** Whether an account of a channel is connected, or why not. */
export const ChannelStatus = z.object({
  channel: z.string(),
  account: z.string().nullable(),
  state: ChannelState,
  /** The gateway's complaint. */
  problem: z.string().nullable(),
  /** The state as a sentence. */
  message: z.string(),
});
export type ChannelStatus = z.output<typeof ChannelStatus>;

/** The channels of an instance. */
export const InstanceChannels = z.object({
  channels: z.array(ChannelStatus),
  /** Why the gateway could not be asked; null: it was. */
  hindrance: z.object({ reason: z.enum(REASONS), message: z.string() }).nullable(),
  /** Those whose token another instance uses, too. */
  warnings: z.array(SharedChannel),
});
export type InstanceChannels = z.output<typeof InstanceChannels>;

export function channelStatus(account: ChannelAccount): ChannelStatus {
  const { channel, problem } = account;
  const state = stateOf(account);
  const because = problem === null ? "" : `: ${problem.replace(/[.\s]+$/, "")}`;
  return {
    ...{ channel, account: account.account, state, problem },
    message: `${SENTENCES[state]}${state === "connected" ? "" : because}.`,
  };
}

function stateOf({ isEnabled, isConfigured, ...now }: ChannelAccount): ChannelState {
  if (isEnabled === false) return "off";
  if (isConfigured === false) return "unconfigured";
  if (now.isConnected === true) return "connected";
  if (now.problem !== null) return "failed";
  if (now.isRunning === false) return "stopped";
  // Channels that wait for calls have no connection, and say nothing of one.
  return now.isRunning === true && now.isConnected === null ? "connected" : "connecting";
}

const SENTENCES: Record<ChannelState, string> = {
  connected: "Connected",
  connecting: "Connecting",
  off: "Switched off in the configuration",
  unconfigured: "Not set up: a required setting is missing",
  stopped: "Not connected: the gateway does not run it now",
  failed: "Not connected",
};
