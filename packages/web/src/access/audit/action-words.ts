import { type PlainKey, t } from "../../i18n/i18n.ts";

/** Path prefixes by which actions are filtered. */
export const GROUPS = [
  "auth",
  "users",
  "tokens",
  "instances",
  "batches",
  "backups",
  "jobs",
  "system",
] as const;
export type Group = (typeof GROUPS)[number];

export const GROUP_WORDS = {
  auth: "audit.group.auth",
  users: "audit.group.users",
  tokens: "audit.group.tokens",
  instances: "audit.group.instances",
  batches: "audit.group.batches",
  backups: "audit.group.backups",
  jobs: "audit.group.jobs",
  system: "audit.group.system",
} as const satisfies Record<Group, PlainKey>;

const WORDS: Record<string, PlainKey> = {
  "auth.login": "audit.do.login",
  "auth.logout": "audit.do.logout",
  "auth.setup": "audit.do.setup",
  "auth.readLink": "audit.do.readLink",
  "auth.redeemLink": "audit.do.redeem",
  "auth.changePassword": "audit.do.changePassword",
  "auth.updateProfile": "audit.do.profile",
  "auth.revokeSession": "audit.do.revokeSession",
  "auth.totpBegin": "audit.do.totpBegin",
  "auth.totpConfirm": "audit.do.totpOn",
  "auth.totpDisable": "audit.do.totpOff",
  "users.create": "audit.do.userCreate",
  "users.invite": "audit.do.userInvite",
  "users.update": "audit.do.userUpdate",
  "users.remove": "audit.do.userRemove",
  "users.resetLink": "audit.do.userLink",
  "tokens.create": "audit.do.tokenCreate",
  "tokens.remove": "audit.do.tokenRemove",
  "instances.create": "audit.do.instanceCreate",
  "instances.start": "audit.do.instanceStart",
  "instances.stop": "audit.do.instanceStop",
  "instances.restart": "audit.do.instanceRestart",
  "instances.remove": "audit.do.instanceRemove",
  "instances.init": "audit.do.instanceInit",
  "instances.open": "audit.do.instanceOpen",
  "instances.enter": "audit.do.instanceEnter",
  "instances.openFully": "audit.do.instanceOpenFully",
  "instances.saveConfig": "audit.do.instanceConfig",
  "instances.finishInit": "audit.do.instanceInitEnd",
  "instances.loseConfig": "audit.do.instanceConfigLost",
  "instances.update": "audit.do.instanceUpdate",
  "instances.assign": "audit.do.instanceAssign",
  "backups.create": "audit.do.backupCreate",
  "backups.finish": "audit.do.backupFinish",
  "backups.restore": "audit.do.backupRestore",
  "backups.verify": "audit.do.backupVerify",
  "backups.remove": "audit.do.backupRemove",
  "backups.downloadTicket": "audit.do.backupDownload",
  "backups.upload": "audit.do.backupUpload",
  "backups.test": "audit.do.backupTest",
  "backups.update": "audit.do.backupUpdate",
  "backups.revert": "audit.do.backupRevert",
  "backups.keepRestored": "audit.do.backupKeep",
  "backups.dismissSnapshot": "audit.do.backupDismiss",
  "backups.savePolicy": "audit.do.backupPolicy",
  "batches.run": "audit.do.batchRun",
  "batches.start": "audit.do.batchStart",
  "batches.stop": "audit.do.batchStop",
  "batches.restart": "audit.do.batchRestart",
  "batches.remove": "audit.do.batchRemove",
  "batches.create": "audit.do.batchCreate",
  "batches.label": "audit.do.batchLabel",
  "batches.migrate": "audit.do.batchMigrate",
  "batches.pause": "audit.do.batchPause",
  "batches.resume": "audit.do.batchResume",
  "batches.undo": "audit.do.batchUndo",
  "batches.retry": "audit.do.batchRetry",
  "jobs.cancel": "audit.do.jobCancel",
  "image.get": "audit.do.imageGet",
  "system.saveSettings": "audit.do.settings",
};

/** An action in words; null for one without words, shown by its path. */
export function actionWords(action: string): string | null {
  const word = Object.hasOwn(WORDS, action) ? WORDS[action] : undefined;
  return word ? t(word) : null;
}
