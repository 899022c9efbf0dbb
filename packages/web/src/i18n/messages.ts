import type { ParamArgs } from "./message.ts";
import type { zh } from "./zh.ts";
import type { zhAccount } from "./zh-account.ts";
import type { zhAudit } from "./zh-audit.ts";
import type { zhConfig } from "./zh-config.ts";
import type { zhDevices } from "./zh-devices.ts";
import type { zhForms } from "./zh-forms.ts";
import type { zhInit } from "./zh-init.ts";
import type { zhLogs } from "./zh-logs.ts";
import type { zhNetwork } from "./zh-network.ts";
import type { zhRollout } from "./zh-rollout.ts";
import type { zhUsers } from "./zh-users.ts";
import type { zhWebhooks } from "./zh-webhooks.ts";

/** The texts of the page, by key. */
export type Dictionary = typeof zh &
  typeof zhAccount &
  typeof zhAudit &
  typeof zhConfig &
  typeof zhDevices &
  typeof zhForms &
  typeof zhInit &
  typeof zhLogs &
  typeof zhNetwork &
  typeof zhRollout &
  typeof zhUsers &
  typeof zhWebhooks;
export type MessageKey = keyof Dictionary;

/** Keys of messages without values, for tables that map a code to its text. */
export type PlainKey = {
  [Key in MessageKey]: ParamArgs<Dictionary[Key]> extends [] ? Key : never;
}[MessageKey];
