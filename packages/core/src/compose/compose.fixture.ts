import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import type { InstanceSpec } from "../instance.ts";
import { COMPOSE_TEMPLATE, renderCompose } from "./render.ts";

/** The shipped template. */
export const template = readFileSync(
  new URL(`../../../../templates/${COMPOSE_TEMPLATE}`, import.meta.url),
  "utf8",
);

export const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

export function specOf(fields: Partial<InstanceSpec> = {}): InstanceSpec {
  return {
    id: "zhangsan",
    uid: "0".repeat(32),
    name: "张三",
    label: "zhangsan-0000000000",
    ingress: null,
    ingressFault: null,
    port: 18789,
    subnet: "10.213.0.0/29",
    image: "openclaw:local",
    publishHost: "127.0.0.1",
    timezone: "Asia/Shanghai",
    owner: null,
    ownership: "o0",
    group: null,
    tags: [],
    webhookPaths: [],
    template: null,
    user: "1000:1000",
    desired: "running",
    phase: "ready",
    createdAt: "2026-11-22T00:00:00.000Z",
    updatedAt: "2026-11-22T00:00:00.000Z",
    ...fields,
  };
}

export const render = (specs: readonly InstanceSpec[], home = "/srv/claw") =>
  renderCompose({ home, template, specs, sha256 });

/** Ids that YAML, JavaScript or Compose could mistake for something other than a string. */
export const TRICKY_IDS = [
  "123",
  "007",
  "0x1f",
  "0o17",
  "1e3",
  "null",
  "true",
  "on",
  "off",
  "yes",
  "no",
  "y",
  "n",
  "inf",
  "nan",
  "2026-11-22",
  "12-34",
  "constructor",
  "name",
  "services",
  "x-a",
];

const id = fc.oneof(
  fc.constantFrom(...TRICKY_IDS),
  fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/),
);
const octet = fc.integer({ min: 0, max: 255 });

export const anySpec: fc.Arbitrary<InstanceSpec> = fc
  .record({
    id,
    name: fc.string({ unit: "binary" }),
    port: fc.integer({ min: 1024, max: 65535 }),
    subnet: fc
      .tuple(octet, fc.integer({ min: 0, max: 31 }))
      .map(([c, d]) => `10.213.${c}.${d * 8}/29`),
    image: fc.oneof(
      fc.constantFrom("openclaw:local", "registry.example:5000/team/openclaw@sha256:abc"),
      fc.string({ minLength: 1 }),
    ),
    publishHost: fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.constantFrom("127.0.0.1", "::", "::ffff:10.0.0.1"),
    ),
    timezone: fc.constantFrom(
      "UTC",
      "Asia/Shanghai",
      "America/Argentina/Buenos_Aires",
      "Etc/GMT+8",
    ),
    ingress: fc.constantFrom(null, { header: "x-claw-user-1", password: 'p"$1', proven: true }),
    user: fc.constantFrom(null, "0:0", "1000:1000", "1234:100"),
    desired: fc.constantFrom("running", "stopped"),
    phase: fc.constantFrom("creating", "ready", "removing", "purging"),
  })
  .map((fields) => specOf(fields));

const folder = fc.oneof(
  fc.constantFrom(
    "我的 Claw",
    "$HOME",
    "${x:-y}",
    "$$",
    "it's",
    '"quoted"',
    "a: b",
    "#x",
    "{{ x }}",
    "%41",
    "{% x %}",
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
);

/** Absolute homes on Linux and Windows hosts with unusual folder names. */
export const anyHome = fc.oneof(
  fc.array(folder, { maxLength: 4 }).map((parts) => `/${parts.join("/")}`),
  fc.array(folder, { maxLength: 4 }).map((parts) => `C:\\${parts.join("\\")}`),
  fc.array(folder, { maxLength: 3 }).map((parts) => ["\\\\nas\\team", ...parts].join("\\")),
);
