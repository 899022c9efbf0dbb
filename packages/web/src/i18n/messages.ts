import type { ParamArgs } from "./message.ts";
import type { zh } from "./zh.ts";
import type { zhConfig } from "./zh-config.ts";
import type { zhDevices } from "./zh-devices.ts";
import type { zhForms } from "./zh-forms.ts";
import type { zhInit } from "./zh-init.ts";
import type { zhNetwork } from "./zh-network.ts";
import type { zhRollout } from "./zh-rollout.ts";
import type { zhWebhooks } from "./zh-webhooks.ts";

/** The texts of the page, by key. */
export type Dictionary = typeof zh &
  typeof zhConfig &
  typeof zhDevices &
  typeof zhForms &
  typeof zhInit &
  typeof zhNetwork &
  typeof zhRollout &
  typeof zhWebhooks;
export type MessageKey = keyof Dictionary;

/** Keys of messages without values, for tables that map a code to its text. */
export type PlainKey = {
  [Key in MessageKey]: ParamArgs<Dictionary[Key]> extends [] ? Key : never;
}[MessageKey];
