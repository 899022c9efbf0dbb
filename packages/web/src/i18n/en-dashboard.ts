import type { zhDashboard } from "./zh-dashboard.ts";

export const enDashboard: Readonly<Record<keyof typeof zhDashboard, string>> = {
  "instances.column.cpu": "CPU",
  "instances.column.memory": "Memory",

  "chart.name": "{label} over time. {summary}",
  "chart.line": "{label}: newest {last}, lowest {low}, highest {high}.",
  "chart.nothing": "{label}: no data yet.",

  "usage.title": "Usage",
  "usage.off": "Once the instance runs, its CPU, memory and network use is shown here.",
  "usage.range": "Time range",
  "usage.range.recent": "5 minutes",
  "usage.range.hour": "1 hour",
  "usage.cpu": "CPU",
  "usage.memory": "Memory",
  "usage.memory.used": "Used",
  "usage.limit": "Limit",
  "usage.network": "Network",
  "usage.received": "Received",
  "usage.sent": "Sent",
};
