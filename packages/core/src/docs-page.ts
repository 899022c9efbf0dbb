const DOCS = "https://docs.openclaw.ai/";

/** By the first key: what OpenClaw 2026.9.6 itself links to (`docsUrl` of its `uiHints`). */
const PAGES: Readonly<Record<string, string>> = {
  accessGroups: "channels/access-groups",
  acp: "tools/acp-agents",
  agents: "concepts/agent",
  approvals: "tools/exec-approvals",
  audio: "nodes/audio",
  auth: "concepts/oauth",
  bindings: "concepts/agent-bindings",
  broadcast: "channels/broadcast-groups",
  browser: "tools/browser",
  channels: "channels",
  cloudWorkers: "gateway/cloud-workers",
  commands: "tools/slash-commands",
  cron: "automation/cron-jobs",
  desktop: "gateway/configuration",
  diagnostics: "gateway/diagnostics",
  discovery: "gateway/discovery",
  env: "help/environment",
  gateway: "gateway/configuration",
  hooks: "automation/hooks",
  logging: "logging",
  mcp: "tools/mcp",
  memory: "concepts/memory",
  messages: "concepts/messages",
  models: "concepts/models",
  nodeHost: "nodes",
  plugins: "plugins/manage-plugins",
  proxy: "security/network-proxy",
  secrets: "gateway/secrets",
  security: "gateway/security",
  session: "concepts/session",
  skills: "tools/skills",
  surfaces: "concepts/messages",
  talk: "nodes/talk",
  telemetry: "gateway/telemetry",
  tools: "tools",
  transcripts: "plugins/meeting-plugins",
  tts: "tools/tts",
  ui: "web/control-ui",
  update: "install/updating",
  wizard: "start/wizard",
  worktreeAcceleration: "concepts/managed-worktrees",
  worktreeRoot: "concepts/managed-worktrees",
};

/** The page of OpenClaw's documentation about a key; null where it names none. */
export function docsPage(path: readonly string[]): string | null {
  const [first = ""] = path;
  return Object.hasOwn(PAGES, first) ? `${DOCS}${PAGES[first]}` : null;
}
