import type { zhInvite } from "./zh-invite.ts";

export const enInvite: Readonly<Record<keyof typeof zhInvite, string>> = {
  "invite.title": "Welcome, {name}",
  "invite.text": "Choose a password, then open your instance. This link works once.",
  "invite.panel": "Panel",
  "invite.until": "Valid until",
  "invite.submit": "Set password and sign in",
  "password.show": "Show passwords",

  "home.startAndOpen": "Start and open",
  "home.startAndOpenNamed": "Start and open {name}",
  "home.noModel":
    "No model is set up yet, so the assistant cannot answer. Set one up first, or open the instance and do it there.",
  "home.setUpModel": "Set up the model",
  "home.setUpModelNamed": "Set up the model: {name}",
  "home.starting": "Starting…",
  "opening.start": "Start and open",
  "starting.loading": "Starting…",
  "starting.title": "{name} is starting",
  "starting.text":
    "This usually takes half a minute. This page turns into the instance’s own as soon as it runs.",
  "starting.progress": "Progress of the start",
  "starting.step.container": "Starting the container",
  "starting.step.gateway": "The container runs; waiting for the gateway’s answer",
  "starting.step.open": "The gateway answers; opening it",
  "starting.opening": "Opening {name}",
  "starting.failed": "{name} did not start",
  "starting.stopped": "{name} is stopped",
  "starting.stopped.text": "The start was not completed, or somebody stopped it meanwhile.",
  "starting.gone": "There is no such instance",
  "starting.gone.text": "It was deleted, or is not yours to open.",
  "starting.logs": "See its log",

  "inviteMany.again": "invited before: the new link replaces the former",
  "inviteMany.username":
    "A user name has 1 to 32 letters a-z, digits, dots, hyphens or underscores, begins and ends with a letter or digit, and is none of the panel’s own. Write one after the name.",
  "inviteMany.sameUser": "Line {line} has the same user name.",
};
