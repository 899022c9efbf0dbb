import type { zhWebhooks } from "./zh-webhooks.ts";

export const enWebhooks: Readonly<Record<keyof typeof zhWebhooks, string>> = {
  "webhooks.title": "Callbacks of channels",
  "webhooks.none":
    "No path is open. Channels such as WeCom deliver messages by calling back, and cannot sign in; they reach this instance at a path that an operator opens.",
  "webhooks.byToken":
    "This instance opens by its token, so it has no address that channels could call.",
  "webhooks.opened":
    "These addresses take calls without a sign-in; the plugin of the channel checks signatures.",
  "webhooks.list": "Open addresses",
  "webhooks.edit": "Edit paths…",
  "webhooks.edit.title": "Callback paths of {name}",
  "webhooks.edit.text":
    "Anybody can call these paths and all below them by GET and POST, without signing in. Enter only those of channels that check signatures.",
  "webhooks.paths": "Paths, one per line",
  "webhooks.paths.hint": "At most {count}. Without any, none is open.",
  "webhooks.tooMany": "At most {count} paths.",
  "webhooks.wrong": "{path}: {fix}",
  "webhooks.wrong.relative": "It must begin with a slash.",
  "webhooks.wrong.root": "The root would open the whole instance.",
  "webhooks.wrong.long": "It is longer than 200 characters.",
  "webhooks.wrong.reserved": "It would open /api/v1/admin or /.claw, which only the panel uses.",
  "webhooks.wrong.unusual":
    "Use letters, digits and - . _ ~ @ : = + between single slashes; no part begins with a dot.",
};
