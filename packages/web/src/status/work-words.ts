import { type PlainKey, t } from "../i18n/i18n.ts";

/** Kinds of work as OpenClaw 2026.9.6 names them; one conversation may count as several. */
const WORDS: Readonly<Record<string, PlainKey>> = {
  "chat-run": "work.conversation",
  "embedded-run": "work.conversation",
  "queued-turn": "work.conversation",
  queue: "work.conversation",
  reply: "work.conversation",
  "cron-run": "work.schedule",
  "background-exec": "work.command",
  task: "work.task",
  "root-request": "work.request",
};

/** The work that a stop waits for, each sort once. */
export function workWords(kinds: readonly string[]): string {
  const keys = new Set(kinds.map((kind) => WORDS[kind] ?? "work.other"));
  return [...keys].map((key) => t(key)).join(t("list.comma"));
}
