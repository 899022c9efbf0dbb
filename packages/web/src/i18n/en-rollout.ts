import type { zhRollout } from "./zh-rollout.ts";

export const enRollout: Readonly<Record<keyof typeof zhRollout, string>> = {
  "rollout.title": "Change the configuration of {count} {count|instance|instances}",
  "rollout.text":
    "Write only what is to change. Everything else in each configuration stays as it is, with its comments. Nothing is written before you have seen the preview.",
  "rollout.change": "Change",
  "rollout.change.hint":
    "JSON5, as in the configuration: objects are merged, other values replaced; null removes a key.",
  "rollout.preview": "Preview",
  "rollout.back": "Edit the change",
  "rollout.run": "Change {count} {count|instance|instances}",
  "rollout.each": "What changes",
  "rollout.changes": "{count} {count|changes|change}",
  "rollout.same": "{count} {count|has|have} it already",
  "rollout.refused": "{count} cannot have this change and {count|is|are} left out",
  "rollout.nothing": "There is nothing to roll out.",
  "rollout.state.refused": "Left out",
  "rollout.state.same": "No change",
  "rollout.effect.hot": "Takes effect at once",
  "rollout.effect.itself": "Restarts itself",
  "rollout.effect.restart": "After a restart",
  "rollout.effect.nextStart": "At its next start",
  "rollout.later":
    "The image of an instance that does not run has its word when the change is rolled out to it: what it refuses is not written.",
  "rollout.diff": "Changes of {name}",
};
