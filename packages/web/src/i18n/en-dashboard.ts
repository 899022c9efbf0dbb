import type { zhDashboard } from "./zh-dashboard.ts";

export const enDashboard: Readonly<Record<keyof typeof zhDashboard, string>> = {
  "instances.column.cpu": "CPU",
  "instances.column.memory": "Memory",
};
