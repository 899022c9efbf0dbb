/** Texts of inviting many, as in words.ts. */
export const INVITE_WORDS = {
  setUpModelOf: ["设置模型：{name}", "Set up the model: {name}"],
  inviteMany: ["批量邀请…", "Invite many…"],
  inviteManyLines: ["每行一个：ID、名称和用户名", "One per line: ID, name and user name"],
  canBeInvited: ["可以邀请 {count} 人", "{count} can be invited"],
  usernameTaken: ["这个用户名已经有人用了。", "This user name is taken."],
  inviteCount: ["邀请 {count} 人", "Invite {count}"],
  inviteSkipping: ["邀请 {count} 人，跳过 {skipped} 行", "Invite {count}, skip {skipped} lines"],
  invitedOf: ["已邀请 {done} / {total}", "{done} of {total} invited"],
  restNotInvited: ["其余的人不会再被邀请。", "The rest will not be invited."],
  keepOpen: ["继续显示", "Keep it open"],
  closeAnyway: ["仍要关闭", "Close anyway"],
  linksNotSaved: [
    "还有 {count} 个链接没有保存（“全部复制”或“下载 CSV”），之后无法再显示。",
    "{count} links are not saved yet (“Copy all” or “Download CSV”), and cannot be shown again.",
  ],
} as const satisfies Record<string, readonly [zh: string, en: string]>;
