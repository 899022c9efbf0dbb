/** Texts of invitations, and of the pages that they lead to. */
export const zhInvite = {
  "invite.title": "欢迎，{name}",
  "invite.text": "设置密码后就能打开你的实例。这个链接只能用一次。",
  "invite.panel": "面板",
  "invite.until": "有效期至",
  "invite.submit": "设置密码并登录",
  "password.show": "显示密码",

  "home.startAndOpen": "启动并打开",
  "home.startAndOpenNamed": "启动并打开 {name}",
  "home.starting": "正在启动…",
  "open.starting": "{name} 正在启动。运行后，这一页会自动打开它。",

  "invite.action": "邀请",
  "invite.dialog": "邀请同事",
  "invite.dialog.text": "一步创建账号、实例和一次性链接；对方打开链接，设置密码，就能使用。",
  "invite.instance": "创建一个归其所有的实例",
  "invite.create": "创建邀请",
  "invite.link.title": "给 {name} 的邀请",
  "invite.link.text": "发给本人。只能用一次，{time} 前有效，而且只在这里显示这一次。",
  "invite.qr": "{name} 的邀请链接二维码",
  "users.newLink": "新链接…",
  "audit.do.readLink": "打开一次性链接",
  "audit.do.userInvite": "邀请用户",
} as const;
