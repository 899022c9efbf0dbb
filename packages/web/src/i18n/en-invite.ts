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
  "home.starting": "Starting…",
  "open.starting": "{name} is starting. This tab opens it as soon as it runs.",

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
  "users.newLink": "New link…",
  "audit.do.readLink": "Look at a one-time link",
  "audit.do.userInvite": "Invite a user",
};
