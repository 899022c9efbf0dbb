import { describe, expect, test } from "vitest";
import { LABEL } from "../naming.ts";
import { isolationFaults } from "./isolation.ts";

const service = (id: string, ...sources: string[]) => ({
  labels: { [LABEL.instance]: id } as Record<string, string>,
  volumes: sources.map((source) => ({ source })),
  networks: [id],
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
