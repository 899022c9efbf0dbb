import type { ChannelAccount } from "@claw/core/channel-status";
import { z } from "zod";
import { shown } from "./shown.ts";

const Flag = z
  .boolean()
  .nullish()
  .transform((flag) => flag ?? null);
const Text = z
  .string()
  .nullish()
  .transform((text) => (text ? shown(text) || null : null));
const Account = z.object({
  accountId: z.string(),
  enabled: Flag,
  configured: Flag,
  running: Flag,
  connected: Flag,
  lastError: Text,
});
const Issue = z.object({ channel: z.string(), accountId: Text, message: Text });

/** More accounts than an instance has, and as many as a page shows. */
const MOST = 200;

/** The answer to `channels.status` (OpenClaw 2026.9.6). */
export const ChannelsAnswer = z
  .object({
    channelAccounts: z.record(z.string(), z.array(Account)).default({}),
    channelDefaultAccountId: z.record(z.string(), z.string()).default({}),
    /** The gateway's own complaints; one of another form is none that could be shown. */
    statusIssues: z.array(Issue.or(z.unknown())).default([]),
  })
  .transform(({ channelAccounts, channelDefaultAccountId, statusIssues }): ChannelAccount[] => {
    const issues = statusIssues.flatMap((one) => Issue.safeParse(one).data ?? []);
    return Object.entries(channelAccounts)
      .flatMap(([channel, accounts]) =>
        accounts.map((account): ChannelAccount => {
          const { accountId, enabled, configured, running, connected, lastError } = account;
          const complaint = issues.find(
            (one) => one.channel === channel && one.accountId === shown(accountId),
          );
          return {
            channel: shown(channel),
            account: channelDefaultAccountId[channel] === accountId ? null : shown(accountId),
            ...{ isEnabled: enabled, isConfigured: configured },
            ...{ isRunning: running, isConnected: connected },
            problem: lastError ?? complaint?.message ?? null,
          };
        }),
      )
      .slice(0, MOST);
  });
