import fc from "fast-check";
import { expect, test } from "vitest";
import { LABEL } from "../naming.ts";
import { anyHome, anySpec, render, specOf } from "./compose.fixture.ts";
import { parseComposeProject } from "./project.ts";
import { hostPathOf, specHashOf, workloadOf } from "./workload.ts";

const HOME = "/srv/claw";
const parse = (text: string) => parseComposeProject(text, HOME, { allowUnsafe: true });

test("a workload is what the shipped template says, in the words of no engine", () => {
  const spec = specOf({ id: "anna", user: "1000:1000", port: 20_001 });
  const workload = workloadOf(parse(render([spec])), "anna");
  expect(workload).toMatchObject({
    id: "anna",
    image: "openclaw:local",
    hostname: "openclaw-anna",
    user: "1000:1000",
    mounts: [
      {
        source: { storage: "instances/anna/data" },
        target: "/home/node/.openclaw",
        readOnly: false,
      },
      { source: { storage: "instances/anna/logs" }, target: "/var/log/openclaw", readOnly: false },
    ],
    published: [{ address: "127.0.0.1", port: 20_001, containerPort: 18_789 }],
    network: { subnet: "10.213.0.0/29", gateway: "10.213.0.1" },
    limits: { memoryBytes: 2 * 1024 ** 3, processes: 512 },
    health: { intervalSeconds: 15, timeoutSeconds: 10, retries: 4, startSeconds: 120 },
    restart: "unless-stopped",
    stopGraceSeconds: 30,
    init: true,
    isolation: {
      droppedCapabilities: ["ALL"],
      securityOptions: ["no-new-privileges:true"],
      rights: {
        privileged: false,
        capabilities: [],
        devices: [],
        processes: false,
        memory: false,
      },
    },
  });
  expect(workload.environment.TZ).toBe("Asia/Shanghai");
  expect(specHashOf(workload)).toMatch(/^[0-9a-f]{64}$/);
});

test("a template without a user leaves it to the image", () => {
  expect(workloadOf(parse(render([specOf({ user: null })])), "zhangsan").user).toBeNull();
});

test("the folder of a handle is the one in the compose file, whatever the home is called", () => {
  fc.assert(
    fc.property(anySpec, anyHome, (spec, home) => {
      const project = parseComposeProject(render([spec], home), home);
      const { mounts } = workloadOf(project, spec.id);
      expect(mounts.map(({ source }) => source)).toEqual([
        { storage: `instances/${spec.id}/data` },
        { storage: `instances/${spec.id}/logs` },
      ]);
      expect(mounts.map(({ source }) => hostPathOf(home, source))).toEqual(
        project.services[spec.id]?.volumes.map(({ source }) => source),
      );
    }),
  );
});

test("a folder outside the home is a path of the host", () => {
  const text = render([specOf()]).replace("./instances/zhangsan/data", "/mnt/data");
  const [mount] = workloadOf(parse(text), "zhangsan").mounts;
  expect(mount?.source).toEqual({ hostPath: "/mnt/data" });
  expect(hostPathOf(HOME, { hostPath: "/mnt/data" })).toBe("/mnt/data");
});

const both = "must name the container and the network of zhangsan openclaw-zhangsan";
const labels = "must label the container and the network of zhangsan with id and home";
const label = (text: string, from: string, to: string) =>
  text.replaceAll(`${LABEL.home}: "${from}"`, `${LABEL.home}: "${to}"`);

test.each<[string, string, (text: string) => string]>([
  [
    "another container's name",
    both,
    (text) => text.replace('container_name: "openclaw', 'container_name: "claw'),
  ],
  [
    "another network's name",
    both,
    (text) => text.replace(/name: "openclaw-zhangsan"\n {4}driver/, 'name: "net"\n    driver'),
  ],
  ["another home's label", labels, (text) => label(text, HOME, "/srv/other")],
])("%s is refused, since no engine would find it again", (_, message, change) => {
  const text = render([specOf()]);
  expect(change(text)).not.toBe(text);
  expect(() => workloadOf(parse(change(text)), "zhangsan")).toThrow(
    expect.objectContaining({
      reason: "TEMPLATE_INVALID",
      message: expect.stringContaining(message),
    }),
  );
});

test("an instance that the template leaves out is refused", () => {
  expect(() => workloadOf(parse(render([specOf()])), "lisi")).toThrow(
    expect.objectContaining({
      reason: "TEMPLATE_INVALID",
      message: expect.stringContaining("has no service lisi with a network of its own"),
    }),
  );
});
