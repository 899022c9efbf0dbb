import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { composeServiceJson } from "./compose-hash.ts";
import { parseComposeProject } from "./project.ts";

const hash = (text: string, workingDir: string) => {
  const service = Object.values(parseComposeProject(text, workingDir).services)[0];
  if (!service) throw new Error("no service");
  return createHash("sha256").update(composeServiceJson(service)).digest("hex");
};

const NETWORKS = `
networks:
  a:
    name: c
    driver: bridge
    ipam: {config: [{subnet: 10.213.0.0/29, gateway: 10.213.0.1}]}
    labels: {}
`;

/** Expected hashes: the output of `docker compose config --hash '*'`, version 2.26.1. */
test("is Compose's hash of a service as the template writes it", () => {
  const text = `name: p
services:
  a:
    image: "openclaw:local"
    container_name: "openclaw-a"
    hostname: "openclaw-a"
    command: ["node", "openclaw.mjs", "gateway"]
    user: "1000:1000"
    init: true
    restart: unless-stopped
    stop_grace_period: 30s
    ports: ["127.0.0.1:18789:18789"]
    volumes:
      - "./instances/a/data:/home/node/.openclaw"
      - "./instances/a/logs:/var/log/openclaw"
    environment: {HOME: /home/node, TZ: "Asia/Shanghai", OPENCLAW_DISABLE_BONJOUR: "1"}
    healthcheck:
      test: ["CMD-SHELL", "curl -fsS -m 5 http://127.0.0.1:18789/healthz"]
      interval: 15s
      timeout: 10s
      retries: 4
      start_period: 120s
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
    pids_limit: 512
    mem_limit: 2g
    logging: {driver: json-file, options: {max-size: 10m, max-file: "3"}}
    networks: ["a"]
    labels: {com.clawmultideploy.home: "/srv/a b$$c<&>中", com.clawmultideploy.instance: "a"}
${NETWORKS}`;
  expect(hash(text, "/srv/a b$c<&>中")).toBe(
    "fd924397aea61eb15ea3bb112ae76b0b63c858e3295b2727416e9fd0369f8661",
  );
});

test("follows Go where its JSON differs from JavaScript's", () => {
  const text = `name: p
services:
  a:
    image: "i:1"
    container_name: "c"
    hostname: "c"
    command: []
    init: false
    restart: "no"
    stop_grace_period: 1h0.5s
    ports: ["29105:18789", "[::1]:29101:18789", "29105:18788"]
    volumes: ["/z/b:/b:ro", "/z/a:/a:rw"]
    environment: {"z": "a\\b\\f\\x7f\\u2028<", "a b": "日本 😀", "\\uff5e": x, "😀": y}
    healthcheck: {test: ["CMD", "x"], interval: 1500ms, timeout: 90s, retries: 1, start_period: 500us}
    cap_drop: []
    security_opt: []
    pids_limit: 0
    mem_limit: 512m
    logging: {driver: json-file, options: {}}
    networks: [a]
    labels: {"2": b, "10": a, x: "q"}
${NETWORKS}`;
  expect(hash(text, "/srv")).toBe(
    "818de6cd4ec0f14da1f1afd7ed131272826f33e70e9b4edf47f4a48784382318",
  );
});

test("writes durations as Go does", () => {
  const text = (duration: string) => `name: p
services:
  a:
    image: i
    container_name: c
    hostname: c
    command: [x]
    init: true
    restart: always
    stop_grace_period: ${duration}
    ports: []
    volumes: []
    environment: {}
    healthcheck: {test: [CMD, x], interval: 1s, timeout: 1s, retries: 1, start_period: 1s}
    cap_drop: []
    security_opt: []
    pids_limit: -1
    mem_limit: 1.5g
    logging: {driver: json-file, options: {}}
    networks: [a]
    labels: {}
${NETWORKS}`;
  const hashes = {
    "0s": "7c46b9c704aed8b411de346a71fb6764215a38f77db094e61e8c12ee44ecd62f",
    "250ms": "56242ec264388cbb9f7d46b6bdfc5828009b1798aee79881de43b685d22eb76e",
    "1m30.25s": "469b609ef08e544c95b6d4fc07a098b3d0fe8712963001252deab65a7ac7ba7c",
    "26h": "c7c22837ab9069a15ddb4e4f05036ed19ca336f702dc682eab7ecd5ef470ba16",
  };
  for (const [duration, expected] of Object.entries(hashes))
    expect(hash(text(duration), "/srv"), duration).toBe(expected);
});
