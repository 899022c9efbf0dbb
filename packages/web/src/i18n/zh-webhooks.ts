/** Texts of the paths that the channels of an instance call. */
export const zhWebhooks = {
  "webhooks.title": "渠道回调",
  "webhooks.none":
    "没有开放的路径。企业微信等渠道靠回调送来消息，但不能登录；由操作员开放一个路径，它们才能到达这个实例。",
  "webhooks.byToken": "这个实例用令牌打开，没有渠道可以回调的地址。",
  "webhooks.opened": "不用登录就能调用这些地址，由渠道的插件校验签名。",
  "webhooks.list": "开放的地址",
  "webhooks.edit": "修改路径…",
  "webhooks.edit.title": "{name} 的回调路径",
  "webhooks.edit.text":
    "任何人不用登录就能以 GET 和 POST 调用这些路径及其下级。只填会校验签名的渠道的路径。",
  "webhooks.paths": "路径，每行一个",
  "webhooks.paths.hint": "最多 {count} 个。清空则不再开放。",
  "webhooks.tooMany": "最多 {count} 个路径。",
  "webhooks.wrong": "{path}：{fix}",
  "webhooks.wrong.relative": "要以斜线开头。",
  "webhooks.wrong.root": "不能是根路径，那会开放整个实例。",
  "webhooks.wrong.long": "太长，最多 200 个字符。",
  "webhooks.wrong.reserved": "会开放只供面板使用的 /api/v1/admin 或 /.claw。",
  "webhooks.wrong.unusual":
    "只能用字母、数字和 - . _ ~ @ : = +，以单个斜线分隔，各段不能以点开头。",
} as const;
