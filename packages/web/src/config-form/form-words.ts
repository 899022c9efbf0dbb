import type { FormId } from "@claw/core/config-forms/form-plan";
import { type PlainKey, t } from "../i18n/i18n.ts";

export const FORM_NAMES: Readonly<Record<FormId, PlainKey>> = {
  model: "forms.model.title",
  agents: "forms.agents.title",
  timeZone: "forms.timeZone",
  logging: "forms.logging.title",
  feishu: "forms.feishu",
  wecom: "forms.wecom",
  dingtalk: "forms.dingtalk",
  qq: "forms.qq",
  telegram: "forms.telegram",
  slack: "forms.slack",
  discord: "forms.discord",
  whatsapp: "forms.whatsapp",
};

/** By the last name of a path. */
const FIELD_NAMES: Readonly<Record<string, PlainKey>> = {
  model: "forms.model",
  name: "forms.agent.name",
  theme: "forms.agent.theme",
  emoji: "forms.agent.emoji",
  userTimezone: "forms.timeZone",
  level: "forms.level",
  enabled: "forms.enabled",
  appId: "forms.appId",
  appSecret: "forms.appSecret",
  domain: "forms.domain",
  botId: "forms.botId",
  secret: "forms.secret",
  clientId: "forms.clientId",
  clientSecret: "forms.clientSecret",
  botToken: "forms.botToken",
  appToken: "forms.appToken",
  token: "forms.botToken",
  dmPolicy: "forms.dmPolicy",
};

/** The name of a field; its own key where it has no other. */
export function fieldName(path: readonly string[]): string {
  const name = path.at(-1) ?? "";
  const key = FIELD_NAMES[name];
  return key === undefined ? name : t(key);
}
