/** Templates of configurations. */
export const zhTemplates = {
  "audit.group.templates": "模板",
  "audit.do.templateSave": "保存模板",
  "audit.do.templateRemove": "删除模板",
} as const;
