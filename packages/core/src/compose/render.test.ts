import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { InstanceSpec } from "../instance.ts";
import {
  anyHome,
  anySpec,
  render,
  sha256,
  specOf,
  TRICKY_IDS,
  template,
} from "./compose.fixture.ts";
import { parseComposeProject } from "./project.ts";
import { renderCompose } from "./render.ts";
import { specHash } from "./spec-hash.ts";

/** The expected container of one instance, in Engine API terms. */
function expectedService(spec: InstanceSpec, home: string) {
  const { resolve } = home.startsWith("/") ? path.posix : path.win32;
  const bind = (folder: string, target: string) => ({
    source: resolve(home, `instances/${spec.id}/${folder}`),
    target,
    readOnly: false,
  });
  return {
    image: spec.image,
    container_name: `openclaw-${spec.id}`,
    hostname: `openclaw-${spec.id}`,
    command: ["node", "openclaw.mjs", "gateway", "--bind", "lan", "--port", "18789"],
    ...(spec.user === null ? {} : { user: spec.user }),
    init: true,
    restart: "unless-stopped",
    stop_grace_period: 30,
    ports: [{ hostIp: spec.publishHost, hostPort: spec.port, containerPort: 18789 }],
    volumes: [bind("data", "/home/node/.openclaw"), bind("logs", "/var/log/openclaw")],
    environment: {
      HOME: "/home/node",
      OPENCLAW_STATE_DIR: "/home/node/.openclaw",
      OPENCLAW_CONFIG_PATH: "/home/node/.openclaw/openclaw.json",
      XDG_CACHE_HOME: "/home/node/.openclaw/cache",
      OPENCLAW_DISABLE_BONJOUR: "1",
      ...(spec.ingress && { OPENCLAW_GATEWAY_PASSWORD: spec.ingress.password }),
      TZ: spec.timezone,
      LANG: "C.UTF-8",
    },
    healthcheck: {
      test: ["CMD-SHELL", expect.stringMatching(/^if command -v curl .*\/healthz; elif .* fi$/)],
      interval: 15,
      timeout: 10,
      retries: 4,
      start_period: 120,
    },
    cap_drop: ["ALL"],
    security_opt: ["no-new-privileges:true"],
    pids_limit: 512,
    mem_limit: 2 * 1024 ** 3,
    logging: { driver: "json-file", options: { "max-size": "10m", "max-file": "3" } },
    networks: [spec.id],
    labels: {
      "com.clawmultideploy.instance": spec.id,
      "com.clawmultideploy.home": home,
      "com.clawmultideploy.spec-hash": specHash(spec, { home, template, sha256 }),
    },
  };
}

function expectedNetwork(spec: InstanceSpec, home: string) {
  const gateway = spec.subnet.replace(/\d+\/29$/, (last) => String(Number.parseInt(last, 10) + 1));
  return {
    name: `openclaw-${spec.id}`,
    driver: "bridge",
    ipam: { config: [{ subnet: spec.subnet, gateway }] },
    labels: { "com.clawmultideploy.instance": spec.id, "com.clawmultideploy.home": home },
  };
}

function expectedProject(specs: readonly InstanceSpec[], home: string) {
  return {
    name: `claw-${sha256(home).slice(0, 8)}`,
    services: Object.fromEntries(specs.map((spec) => [spec.id, expectedService(spec, home)])),
    networks: Object.fromEntries(specs.map((spec) => [spec.id, expectedNetwork(spec, home)])),
    workingDir: home,
  };
}

describe("the template that the panel ships", () => {
  test("renders to a valid file without any instance", () => {
    expect(parseComposeProject(render([]), "/srv/claw")).toEqual(expectedProject([], "/srv/claw"));
  });

  test.each(TRICKY_IDS)("keeps the id %s a text", (id) => {
    const spec = specOf({ id });
    const project = parseComposeProject(render([spec]), "/srv/claw");
    expect(project).toEqual(expectedProject([spec], "/srv/claw"));
    expect(Object.keys(project.services)).toEqual([id]);
  });

  test("gives back exactly what was put in, for any instance in any home", () => {
    fc.assert(
      fc.property(anySpec, anyHome, (spec, home) => {
        expect(parseComposeProject(render([spec], home), home)).toEqual(
          expectedProject([spec], home),
        );
      }),
      { numRuns: 300 },
    );
  });

  test("keeps many instances apart, in whatever order they come", () => {
    const specs = fc.uniqueArray(anySpec, { selector: ({ id }) => id, maxLength: 8 });
    fc.assert(
      fc.property(specs, anyHome, (given, home) => {
        const text = render(given, home);
        expect(render(given.toReversed(), home)).toBe(text);
        expect(parseComposeProject(text, home)).toEqual(expectedProject(given, home));
      }),
      { numRuns: 50 },
    );
  });

  test("an instance's name is nowhere in the file: it is not fit for one", () => {
    const text = render([specOf({ name: "一个只在这里出现的名字" })]);
    expect(text).not.toContain("一个只在这里出现的名字");
  });

  test("leaves the user to the image when there is none to set", () => {
    expect(render([specOf({ user: null })])).not.toMatch(/^\s*user:/m);
  });

  test("two homes on one engine are two projects", () => {
    const names = ["/srv/a", "/srv/b"].map(
      (home) => parseComposeProject(render([], home), home).name,
    );
    expect(new Set(names).size).toBe(2);
  });
});

describe("renderCompose", () => {
  test("does not change the list that it is given", () => {
    const specs = [specOf({ id: "b" }), specOf({ id: "a" })];
    render(specs);
    expect(specs.map(({ id }) => id)).toEqual(["b", "a"]);
  });

  test("names the template and what is wrong with it", () => {
    const broken = { home: "/srv", template: "name: {{ nothing }}", specs: [], sha256 };
    expect(() => renderCompose(broken)).toThrow(
      expect.objectContaining({
        reason: "TEMPLATE_INVALID",
        message: expect.stringContaining("docker-compose.template.yml cannot be rendered: [Line 1"),
      }),
    );
  });
});
