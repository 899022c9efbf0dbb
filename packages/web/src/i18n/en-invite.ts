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

  "invite.action": "Invite",
  "invite.dialog": "Invite a colleague",
  "invite.dialog.text":
    "Creates the account, the instance and a one-time link in one step. They open the link, choose a password and work.",
  "invite.instance": "Create an instance that they own",
  "invite.create": "Create invitation",
  "invite.link.title": "Invitation for {name}",
  "invite.link.text":
    "Send it to them. It works once, until {time}, and is shown only here and only now.",
  "invite.qr": "QR code of the invitation for {name}",
  "inviteMany.action": "Invite many…",
  "inviteMany.title": "Invite many colleagues",
  "inviteMany.text":
    "Creates an account and an instance for each line, one after another, and starts the instances. Each gets a one-time link.",
  "inviteMany.lines": "One per line: ID, name and user name",
  "inviteMany.placeholder": "anna Anna Berg anna.berg\nbob Bob\nCarla Díaz",
  "inviteMany.hint":
    "Separated by spaces, commas or tabs, so you can paste from Excel. Without a user name, the ID is used for it, too; a name alone gets both derived from it.",
  "inviteMany.good": "{count} can be invited",
  "inviteMany.submit": "Invite {count}",
  "inviteMany.submitSkipping": "Invite {count}, skip {skipped} {skipped|line|lines}",
  "inviteMany.again": "invited before: the new link replaces the former",
  "inviteMany.username":
    "A user name has 1 to 32 letters a-z, digits, dots, hyphens or underscores, begins and ends with a letter or digit, and is none of the panel’s own. Write one after the name.",
  "inviteMany.sameUser": "Line {line} has the same user name.",
  "inviteMany.progress": "Invite {count} {count|colleague|colleagues}",
  "inviteMany.summary": "{done} of {total} invited",
  "inviteMany.summary.skipped": "{count} not invited",
  "inviteMany.table": "Invitations and their links",
  "inviteMany.state.running": "Inviting",
  "inviteMany.state.done": "Invited",
  "inviteMany.state.skipped": "Not invited",
  "inviteMany.links":
    "Send each person their link. It works once, until {time}, and is shown only here and only now.",
  "inviteMany.copyOne": "Copy the link for {name}",
  "inviteMany.copyAll": "Copy all",
  "inviteMany.copy.denied":
    "The browser does not let this page copy. Download the list, or select a link and copy it.",
  "inviteMany.csv": "Download CSV",
  "inviteMany.close.title": "Close this window?",
  "inviteMany.close.running": "The rest will not be invited.",
  "inviteMany.close.links":
    "{count} {count|link is|links are} not saved yet (“Copy all” or “Download CSV”), and cannot be shown again.",
  "inviteMany.close.confirm": "Close anyway",
  "inviteMany.close.stay": "Keep it open",
  "users.newLink": "New link…",
  "audit.do.readLink": "Look at a one-time link",
  "audit.do.userInvite": "Invite a user",
};
