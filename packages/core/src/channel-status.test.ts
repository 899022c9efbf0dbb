import { expect, test } from "vitest";
import { type ChannelAccount, channelStatus } from "./channel-status.ts";

const account: ChannelAccount = {
  ...{ channel: "telegram", account: null, isEnabled: true, isConfigured: true, isRunning: true },
  ...{ isConnected: true, problem: null },
};

test.each<[Partial<ChannelAccount>, string, string]>([
  [{}, "connected", "Connected."],
  [{ problem: "an earlier one" }, "connected", "Connected."],
  [{ isConnected: null }, "connected", "Connected."],
  [{ isConnected: false }, "connecting", "Connecting."],
  [
    { isConnected: false, problem: "401: Unauthorized." },
    ...(["failed", "Not connected: 401: Unauthorized."] as const),
  ],
  [{ isConnected: null, problem: "no route" }, "failed", "Not connected: no route."],
  [
    { isRunning: false, isConnected: null },
    ...(["stopped", "Not connected: the gateway does not run it now."] as const),
  ],
  [
    { isConfigured: false, isRunning: false },
    ...(["unconfigured", "Not set up: a required setting is missing."] as const),
  ],
  [
    { isEnabled: false, isConfigured: false, isRunning: false },
    ...(["off", "Switched off in the configuration."] as const),
  ],
  [
    { isEnabled: null, isConfigured: null, isRunning: null, isConnected: null },
    ...(["connecting", "Connecting."] as const),
  ],
])("an account with %j is %s", (changed, state, message) => {
  expect(channelStatus({ ...account, ...changed })).toMatchObject({ state, message });
});
