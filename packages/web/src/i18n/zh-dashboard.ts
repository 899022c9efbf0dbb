/** What things use: in the list, on an instance's page and on the dashboard. */
export const zhDashboard = {
  "instances.column.cpu": "CPU",
  "instances.column.memory": "内存",

  "chart.name": "{label}的曲线。{summary}",
  "chart.line": "{label}：最新 {last}，最低 {low}，最高 {high}。",
  "chart.nothing": "{label}：还没有数据。",

  "usage.title": "用量",
  "usage.off": "实例运行后，这里显示它用了多少 CPU、内存和网络。",
  "usage.range": "时间范围",
  "usage.range.recent": "5 分钟",
  "usage.range.hour": "1 小时",
  "usage.cpu": "CPU",
  "usage.memory": "内存",
  "usage.memory.used": "已用",
  "usage.limit": "上限",
  "usage.network": "网络",
  "usage.received": "接收",
  "usage.sent": "发送",
} as const;
