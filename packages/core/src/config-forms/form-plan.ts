/** The parts of a configuration that have a form. */
export const FORM_IDS = [
  ...(["model", "agents", "timeZone", "logging"] as const),
  ...(["feishu", "wecom", "dingtalk", "qq"] as const),
  ...(["telegram", "slack", "discord", "whatsapp"] as const),
] as const;
export type FormId = (typeof FORM_IDS)[number];

/** A value that a form shows, by its dotted path; `*` stands for the id of each agent. */
interface PlannedField {
  path: string;
  isRequired?: true;
}

export interface PlannedChannel {
  /** Its key in `channels`, by which the gateway names it, too. */
  key: string;
  /** The plugin that brings it. */
  plugin: string;
  /** Where the plugin comes from, when the image lacks it. */
  source: string;
}

interface PlannedForm {
  channel?: PlannedChannel;
  fields: readonly PlannedField[];
}

/**
 * What OpenClaw's own guides (`/app/docs/channels` of 2026.9.6, the readme of a plugin) need to
 * connect a channel. Of these, a form has what the schema of its image knows.
 */
export const FORM_PLAN: Readonly<Record<FormId, PlannedForm>> = {
  model: { fields: [{ path: "agents.defaults.model" }] },
  agents: {
    fields: [
      { path: "agents.entries.*.identity.name" },
      { path: "agents.entries.*.identity.theme" },
      { path: "agents.entries.*.identity.emoji" },
    ],
  },
  timeZone: { fields: [{ path: "agents.defaults.userTimezone" }] },
  logging: { fields: [{ path: "logging.level" }] },
  feishu: channel("feishu", "feishu", "@openclaw/feishu", ["appId", "appSecret"], ["domain"]),
  wecom: channel("wecom", "wecom-openclaw-plugin", "@wecom/wecom-openclaw-plugin", [
    ...["botId", "secret"],
  ]),
  dingtalk: channel(
    ...(["dingtalk-connector", "dingtalk-connector"] as const),
    "@dingtalk-real-ai/dingtalk-connector",
    ["clientId", "clientSecret"],
  ),
  qq: channel("qqbot", "openclaw-qqbot", "@tencent-connect/openclaw-qqbot", [
    ...["appId", "clientSecret"],
  ]),
  telegram: channel("telegram", "telegram", "@openclaw/telegram", ["botToken"]),
  slack: channel("slack", "slack", "@openclaw/slack", ["botToken", "appToken"]),
  discord: channel("discord", "discord", "@openclaw/discord", ["token"]),
  // Its credentials come by a QR code.
  whatsapp: channel("whatsapp", "whatsapp", "@openclaw/whatsapp", [], ["dmPolicy"]),
};

function channel(
  key: string,
  plugin: string,
  source: string,
  required: readonly string[],
  others: readonly string[] = [],
): PlannedForm {
  const at = (name: string) => ({ path: `channels.${key}.${name}` });
  return {
    channel: { key, plugin, source },
    fields: [
      at("enabled"),
      ...required.map((name) => ({ ...at(name), isRequired: true }) as const),
      ...others.map(at),
    ],
  };
}
