/** Changes of many configurations. */
export const zhRollout = {
  "rollout.title": "修改 {count} 个实例的配置",
  "rollout.text":
    "只写要改的内容。每份配置的其余部分和注释都保持不变。看过预览之前，不会写入任何文件。",
  "rollout.change": "修改内容",
  "rollout.change.hint": "写法与配置相同（JSON5）：对象会合并，其他值会替换；null 表示删除这个键。",
  "rollout.preview": "预览",
  "rollout.back": "返回编辑",
  "rollout.run": "修改 {count} 个实例",
  "rollout.each": "各实例的变化",
  "rollout.changes": "{count} 个会改变",
  "rollout.same": "{count} 个已经是这样",
  "rollout.refused": "{count} 个不能这样改，会跳过",
  "rollout.nothing": "没有可以修改的实例。",
  "rollout.state.refused": "跳过",
  "rollout.state.same": "不变",
  "rollout.effect.hot": "立即生效",
  "rollout.effect.itself": "会自行重启",
  "rollout.effect.restart": "重启后生效",
  "rollout.effect.nextStart": "下次启动时生效",
  "rollout.later": "没有运行的实例，轮到它时还会由它的镜像检查：镜像不接受的不会写入。",
  "rollout.diff": "{name} 的变化",
} as const;
