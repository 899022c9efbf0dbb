import type { zhDashboard } from "./zh-dashboard.ts";

export const enDashboard: Readonly<Record<keyof typeof zhDashboard, string>> = {
  "instances.column.cpu": "CPU",
  "instances.column.memory": "Memory",

  "chart.name": "{label} over time. {summary}",
  "chart.line": "{label}: newest {last}, lowest {low}, highest {high}.",
  "chart.nothing": "{label}: no data yet.",

  "usage.title": "Usage",
  "usage.off": "CPU, memory and network use appear here once the instance is running.",
  "usage.range": "Time range",
  "usage.range.recent": "5 minutes",
  "usage.range.hour": "1 hour",
  "usage.cpu": "CPU",
  "usage.memory": "Memory",
  "usage.memory.used": "Used",
  "usage.limit": "Limit",
  "usage.network": "Network",
  "usage.received": "In",
  "usage.sent": "Out",

  "nav.dashboard": "Dashboard",
  "dashboard.totals": "Instances by status",
  "dashboard.allInstances": "All instances",
  "dashboard.system": "System page",
  "dashboard.jobs": "Latest jobs",
  "dashboard.jobs.none": "No jobs yet.",
  "machine.memoryEngine": "Memory engine",
  "attention.title": "Needs attention",
  "attention.none": "All is well",
  "attention.none.text": "Nothing needs your attention.",
  "attention.engine": "Docker is unreachable",
  "attention.image": "The image {image} is missing",
  "attention.image.text":
    "Without it, no instance can be created or started. It is fetched once and shared by all.",
  "attention.disk": "The disk is nearly full: {free} of {total} left",
  "attention.disk.text":
    "Instances fail once it is full. Delete unused instances and their data, or unused Docker images.",
  "attention.memory": "The memory is nearly full: {free} of {total} left",
  "attention.memory.text":
    "When it is full, the system kills programs, including instances. Stop unused instances.",
  "attention.orphans": "{count} {count|container has|containers have} no instance",
  "attention.orphans.text":
    "The panel leaves them alone; remove them by hand if you do not need them.",
  "attention.certificate": "The certificate does not cover the instances' names",
  "attention.certificate.text":
    "Browsers warn at {count} {count|instance|instances}, such as {name}. Give a certificate for these names, set CLAW_INSTANCE_DOMAIN to a domain that it covers, or leave CLAW_TLS_CERT out: the panel then issues its own.",
  "attention.domain": "Colleagues cannot open instances through the proxy",
  "attention.domain.text":
    "A proxy is declared, and instances have names below localhost, which lead to each colleague's own machine. Set the domain of instances and the names of the panel: CLAW_INSTANCE_DOMAIN and CLAW_PUBLIC_NAMES, or the page Network.",
  "attention.more": "{count} more {count|instance has|instances have} failed",
  "attention.ingress":
    "It opens by a link with its token, because its gateway sees the panel under another address than expected. The link works only on this machine.",
  "attention.socket": "The WebSocket is not let through to {name}",
  "attention.socket.text":
    "Its page opens and does not connect: a proxy in front of the panel drops the upgrade. nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; docs/network.md has whole samples.",
  "attention.owed": "It failed to start; the panel retries automatically.",
  "attention.restore": "{name} did not come up after a restore",
  "attention.restore.decide": "Decide",
  "attention.pending":
    "{count} {count|instance runs|instances run} with an older container definition or image. Nothing has to be done now.",
  "together.title": "All instances together",
  "together.cores": "of {cpus} {cpus|core|cores}",
  "together.memory": "of {total}",
  "top.title": "Top consumers (average over the last minute)",
  "top.by": "Rank by",
  "top.none": "No instance is running.",
  "top.unknown": "Docker is unreachable, so usage is unknown.",
  "first.docker": "Start Docker (on Windows, open Docker Desktop)",
  "first.docker.done": "Docker is connected",
  "first.image": "Get the OpenClaw image",
  "first.image.done": "The OpenClaw image is present",
  "first.create": "Create the first instance",
};
