/** What things use: in the list, on an instance's page and on the dashboard. */
export const zhDashboard = {
  "instances.column.cpu": "CPU",
  "instances.column.memory": "内存",
} as const;
