import { describe, expect, test } from "vitest";
import { LABEL } from "../naming.ts";
import { isolationFaults } from "./isolation.ts";

const service = (id: string, ...sources: string[]) => ({
  labels: { [LABEL.instance]: id } as Record<string, string>,
  volumes: sources.map((source) => ({ source })),
  networks: [id],
  cap_drop: ["ALL"],
  security_opt: ["no-new-privileges:true"],
});

const project = (
  services: Record<string, ReturnType<typeof service>>,
  networks = Object.keys(services),
) => ({
  workingDir: "/srv/claw",
  services,
  networks: Object.fromEntries(networks.map((name) => [name, {}])),
});

describe("isolationFaults", () => {
  test("are none of instances that keep to themselves", () => {
    const a = service("a", "/srv/claw/instances/a/data", "/srv/claw/instances/a/logs");
    expect(isolationFaults(project({ a, b: service("b") }))).toEqual([]);
    expect(isolationFaults(project({}))).toEqual([]);
  });

  test("name every folder that is not the instance's own", () => {
    const a = service(
      "a",
      "/srv/claw/instances/a",
      "/srv/claw/instances/b",
      "/var/run/docker.sock",
    );
    expect(isolationFaults(project({ a }))).toEqual([
      "services.a.volumes: /srv/claw/instances/b lies outside ./instances/a",
      "services.a.volumes: /var/run/docker.sock lies outside ./instances/a",
    ]);
  });

  test("name a network that is shared, and one that is not there", () => {
    const shared = { ...service("a"), networks: ["b"] };
    const fault = "services.a.networks: must be [a], a network of its own";
    expect(isolationFaults(project({ a: shared, b: service("b") }))).toEqual([fault]);
    expect(isolationFaults(project({ a: service("a") }, []))).toEqual([fault]);
  });

  test.each([
    [{ privileged: true }, "privileged: gives rights on the host"],
    [{ cap_add: ["SYS_ADMIN"] }, "cap_add: gives rights on the host"],
    [{ devices: ["/dev/kmsg"] }, "devices: gives rights on the host"],
    [{ pid: "host" }, "pid: gives rights on the host"],
    [{ ipc: "host" }, "ipc: gives rights on the host"],
    [{ cap_drop: ["NET_RAW"] }, "cap_drop: must hold ALL"],
    [{ security_opt: [] }, "security_opt: must hold no-new-privileges:true"],
    [
      { security_opt: ["no-new-privileges:true", "seccomp=unconfined"] },
      "security_opt: seccomp=unconfined would change Docker's own protection",
    ],
    [
      { security_opt: ["no-new-privileges:false", "no-new-privileges:true"] },
      "security_opt: no-new-privileges:false would change Docker's own protection",
    ],
  ])("name what gives rights on the host: %j", (patch, fault) => {
    const given = project({ a: { ...service("a"), ...patch } });
    expect(isolationFaults(given)).toEqual([`services.a.${fault}`]);
    expect(isolationFaults(given, { allowUnsafe: true })).toEqual([]);
  });

  test("are none of keys that give nothing", () => {
    const harmless = { privileged: false, cap_add: [], devices: [] };
    expect(isolationFaults(project({ a: { ...service("a"), ...harmless } }))).toEqual([]);
  });

  test("stay what they are between instances, whatever is allowed", () => {
    const shared = { ...service("a", "/var/run/docker.sock"), networks: ["b"] };
    const given = project({ a: shared, b: service("b") });
    expect(isolationFaults(given, { allowUnsafe: true })).toHaveLength(1);
    expect(isolationFaults(project({ a: service("b") }), { allowUnsafe: true })).toHaveLength(1);
  });

  test("do not take a name that every object has for a network", () => {
    const given = project({ constructor: service("constructor") }, []);
    expect(isolationFaults(given)).toHaveLength(1);
  });

  test("name an instance under another's key", () => {
    expect(isolationFaults(project({ a: service("b") }))).toEqual([
      "service a carries the label of instance b",
    ]);
  });

  test("are not looked for in a service that is no instance, which no engine will make", () => {
    const other = { ...service("x", "/etc"), labels: {} };
    expect(isolationFaults(project({ other }))).toEqual([]);
  });
});
