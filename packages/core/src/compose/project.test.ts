import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { render, specOf } from "./compose.fixture.ts";
import { parseComposeProject } from "./project.ts";

type Tree = Record<string, unknown>;
const HOME = "/srv/claw";
const OF_A = specOf({ id: "a" });
const OF_B = specOf({ id: "b", port: 18790, subnet: "10.213.0.8/29" });

/** The file of the instances a and b after `change`, parsed. */
function parseChanged(change: (root: Tree) => void, options = { allowUnsafe: false, home: HOME }) {
  const { home, allowUnsafe } = options;
  const root = parse(render([OF_A, OF_B], home)) as Tree;
  change(root);
  return parseComposeProject(stringify(root), home, { allowUnsafe });
}

const ALLOWED = { allowUnsafe: true, home: HOME };

/** The object at a dotted path. */
function at(root: Tree, path: string): Tree {
  const keys = path === "" ? [] : path.split(".");
  return keys.reduce<Tree>((node, key) => node[key] as Tree, root);
}

const refusal = (message: string | RegExp) =>
  expect.objectContaining({
    name: "DomainError",
    reason: "TEMPLATE_INVALID",
    message:
      typeof message === "string"
        ? expect.stringContaining(message)
        : expect.stringMatching(message),
  });

describe("a key that the engine driver would not apply", () => {
  test.each([
    "",
    "services.a",
    "services.a.healthcheck",
    "services.a.logging",
    "networks.a",
    "networks.a.ipam",
    "networks.a.ipam.config.0",
  ])("is refused by name in %j", (path) => {
    const place = path === "" ? "surprise" : `${path}.surprise`;
    expect(() => parseChanged((root) => (at(root, path).surprise = 1))).toThrow(
      refusal(`unsupported key ${place}.`),
    );
  });

  test.each([
    ["network_mode", "host"],
    ["userns_mode", "host"],
    ["device_cgroup_rules", ["c 1:3 mr"]],
    ["extra_hosts", ["host.docker.internal:host-gateway"]],
    ["volumes_from", ["b"]],
    ["env_file", ".env"],
    ["sysctls", { "net.ipv4.ip_forward": 1 }],
    ["group_add", ["docker"]],
    ["build", "."],
    ["depends_on", ["b"]],
    ["deploy", {}],
    ["entrypoint", ["sh"]],
    ["__proto__", { init: false }],
  ])("is refused when it is %s", (key, value) => {
    const change = (root: Tree) =>
      Object.defineProperty(at(root, "services.a"), key, { value, enumerable: true });
    expect(() => parseChanged(change)).toThrow(
      refusal(new RegExp(`unsupported key [a-z.]*${key}`)),
    );
  });

  test.each([
    ["privileged", true],
    ["cap_add", ["SYS_ADMIN"]],
    ["devices", ["/dev/kvm"]],
    ["pid", "host"],
    ["ipc", "host"],
  ])("is refused when it is %s, unless the administrator allows it", (key, value) => {
    const change = (root: Tree) => (at(root, "services.a")[key] = value);
    expect(() => parseChanged(change)).toThrow(refusal(`services.a.${key}: gives rights`));
    const allowed = parseChanged(change, ALLOWED);
    expect(allowed.services.a).toMatchObject({ [key]: value });
  });

  test.each([
    ["pid", "container:other"],
    ["ipc", "shareable"],
    ["devices", ["dev/kvm"]],
    ["devices", ["vendor.example/gpu=all"]],
  ])("is refused as %s: %s, whatever is allowed", (key, value) => {
    const change = (root: Tree) => (at(root, "services.a")[key] = value);
    expect(() => parseChanged(change, ALLOWED)).toThrow(refusal(`services.a.${key}`));
  });

  test.each([
    "services.a.environment",
    "services.a.labels",
    "networks.a.labels",
    "services",
  ])("is refused as __proto__ in %s, where any other name would do", (path) => {
    const change = (root: Tree) =>
      Object.defineProperty(at(root, path), "__proto__", { value: "x", enumerable: true });
    expect(() => parseChanged(change)).toThrow(refusal("unsupported key __proto__"));
  });

  test.each([
    "volumes",
    "configs",
    "secrets",
    "version",
    "include",
    "x-common",
    "<<",
  ])("is refused when it is %s at the top", (key) => {
    expect(() => parseChanged((root) => (root[key] = {}))).toThrow(
      refusal(`unsupported key ${key}`),
    );
  });

  test("is named along with the others, each once, five at most", () => {
    const change = (root: Tree) => {
      for (const id of ["a", "b"]) {
        const service = at(root, `services.${id}`);
        Object.assign(service, {
          userns_mode: "host",
          pids_limit: "many",
          init: 1,
          restart: "on-failure",
        });
      }
    };
    expect(() => parseChanged(change)).toThrow(refusal(/apply: (?:[^;]+; ){4}[^;]+\.$/));
    expect(() => parseChanged(change)).toThrow(refusal("services.a.pids_limit: Invalid input"));
  });
});

describe("a key that is missing", () => {
  const required = [
    [
      "services.a",
      [
        "image",
        "container_name",
        "hostname",
        "command",
        "init",
        "restart",
        "stop_grace_period",
        "ports",
        "volumes",
        "environment",
        "healthcheck",
        "cap_drop",
        "security_opt",
        "pids_limit",
        "mem_limit",
        "logging",
        "networks",
        "labels",
      ],
    ],
    ["services.a.healthcheck", ["test", "interval", "timeout", "retries", "start_period"]],
    ["networks.a", ["name", "driver", "ipam", "labels"]],
    ["networks.a.ipam.config.0", ["subnet", "gateway"]],
  ] as const;
  const cases = required.flatMap(([path, keys]) => keys.map((key) => ({ path, key })));

  test.each(cases)("is named: $path.$key", ({ path, key }) => {
    const change = (root: Tree) => delete at(root, path)[key];
    expect(() => parseChanged(change)).toThrow(refusal(`${path}.${key}: `));
  });

  test.each(["name", "services", "networks"])("is named: %s", (key) => {
    expect(() => parseChanged((root) => delete root[key])).toThrow(refusal(`: ${key}: `));
  });

  test("may be the user, for an image that has its own", () => {
    const project = parseChanged((root) => delete at(root, "services.a").user);
    expect(project.services.a).not.toHaveProperty("user");
  });
});

describe("a value of the wrong kind", () => {
  test.each([
    ["services.a", "mem_limit", "lots", '"lots" is not a size such as 2g'],
    ["services.a", "mem_limit", 512, "services.a.mem_limit: Invalid input"],
    ["services.a", "stop_grace_period", "soon", '"soon" is not a duration such as 30s'],
    ["services.a.healthcheck", "interval", "0,5s", "services.a.healthcheck.interval: "],
    ["services.a.healthcheck", "retries", 0, "services.a.healthcheck.retries: "],
    ["services.a.healthcheck", "test", ["NONE"], "services.a.healthcheck.test: "],
    ["services.a.healthcheck", "test", "curl x", "services.a.healthcheck.test: "],
    ["services.a", "init", "yes", "services.a.init: "],
    ["services.a", "restart", "on-failure:3", "services.a.restart: "],
    ["services.a", "command", "node x", "services.a.command: "],
    ["services.a", "image", "", "services.a.image: "],
    ["services.a.environment", "TZ", 8, "services.a.environment.TZ: "],
    ["services.a.labels", "x", true, "services.a.labels.x: "],
    ["services.a", "networks", [], "services.a.networks: "],
    ["services.a", "networks", ["a", "b"], "services.a.networks: "],
    ["networks.a", "driver", "host", "networks.a.driver: "],
    ["networks.a.ipam", "config", [], "networks.a.ipam.config: "],
  ])("is refused with its place: %s.%s = %j", (path, key, value, message) => {
    expect(() => parseChanged((root) => (at(root, path)[key] = value))).toThrow(refusal(message));
  });
});

describe("published ports", () => {
  const portsOf = (...ports: unknown[]) =>
    parseChanged((root) => (at(root, "services.a").ports = ports)).services.a?.ports;

  test.each([
    ["127.0.0.1:1:2", { hostIp: "127.0.0.1", hostPort: 1, containerPort: 2 }],
    ["127.0.0.1:1:2/tcp", { hostIp: "127.0.0.1", hostPort: 1, containerPort: 2 }],
    ["[::1]:1:2", { hostIp: "::1", hostPort: 1, containerPort: 2 }],
    ["[::ffff:10.0.0.1]:1:2", { hostIp: "::ffff:10.0.0.1", hostPort: 1, containerPort: 2 }],
    ["18790:18789", { hostIp: "", hostPort: 18790, containerPort: 18789 }],
  ])("may be written %s", (text, port) => {
    expect(portsOf(text)).toEqual([port]);
  });

  test.each([
    "18789",
    "1:2/udp",
    "1-3:1-3",
    "localhost:1:2",
    "::1:1:2",
    "[::1:1:2",
    ":1:2",
    "1:2 ",
    "a:b",
    "",
  ])("are refused as %j", (text) => {
    expect(() => portsOf(text)).toThrow(refusal("services.a.ports.0: "));
  });

  test("are refused as a number or in the long form", () => {
    expect(() => portsOf(18789)).toThrow(refusal("services.a.ports.0: "));
    expect(() => portsOf({ target: 1 })).toThrow(refusal("services.a.ports.0: "));
  });
});

describe("bind mounts", () => {
  const sourcesOf = (volumes: readonly unknown[], home = HOME) =>
    parseChanged((root) => (at(root, "services.a").volumes = volumes), { allowUnsafe: false, home })
      .services.a?.volumes;

  test.each([
    [
      "./instances/a/data:/x",
      { source: "/srv/claw/instances/a/data", target: "/x", readOnly: false },
    ],
    [
      "./instances/a/data:/x:rw",
      { source: "/srv/claw/instances/a/data", target: "/x", readOnly: false },
    ],
    [
      "./instances/a/data:/x:ro",
      { source: "/srv/claw/instances/a/data", target: "/x", readOnly: true },
    ],
    ["./instances/b/../a:/x", { source: "/srv/claw/instances/a", target: "/x", readOnly: false }],
    [
      "/srv/claw/instances/a/数据:/x",
      { source: "/srv/claw/instances/a/数据", target: "/x", readOnly: false },
    ],
  ])("of the instance's own folder may be written %s", (text, volume) => {
    expect(sourcesOf([text])).toEqual([volume]);
  });

  test("on a Windows host get its separators", () => {
    expect(
      sourcesOf(["./instances/a/data:/x", "C:/claw home/instances/a:/y"], "C:\\claw home"),
    ).toEqual([
      { source: "C:\\claw home\\instances\\a\\data", target: "/x", readOnly: false },
      { source: "C:\\claw home\\instances\\a", target: "/y", readOnly: false },
    ]);
  });

  test.each([
    "/var/run/docker.sock:/var/run/docker.sock",
    "/:/host",
    "/etc:/etc:ro",
    "./instances/b/data:/x",
    "./instances/ab/data:/x",
    "./instances:/x",
    "./:/x",
    "../claw/data:/x",
    "./instances/a/../../data:/x",
    "/srv/claw/instances/a/../b:/x",
    "C:\\Users:/x",
  ])("of anything else are refused: %s", (text) => {
    expect(() => sourcesOf([text])).toThrow(refusal("lies outside ./instances/a"));
  });

  test("of another drive, or of the engine's own machine, are refused on Windows", () => {
    for (const text of ["D:\\claw\\instances\\a:/x", "/run/docker.sock:/x", ".\\instances\\a:/x"])
      expect(() => sourcesOf([text], "C:\\claw")).toThrow(refusal("services.a.volumes"));
  });

  test.each([
    "data:/x",
    "./instances/a",
    "./instances/a:x",
    "./instances/a:/x:z",
    "~/x:/x",
    "/x",
    "",
  ])("that are no bind mounts are refused: %j", (text) => {
    expect(() => sourcesOf([text])).toThrow(refusal("services.a.volumes.0: "));
  });
});

describe("one instance and the next", () => {
  test("do not share a network", () => {
    const change = (root: Tree) => (at(root, "services.a").networks = ["b"]);
    expect(() => parseChanged(change)).toThrow(refusal("services.a.networks: must be [a]"));
  });

  test("do not use a network that is not there", () => {
    expect(() => parseChanged((root) => delete at(root, "networks").a)).toThrow(
      refusal("services.a.networks: must be [a]"),
    );
  });

  test("are not mistaken for one another", () => {
    const change = (root: Tree) =>
      (at(root, "services.a").labels = { ...at(root, "services.b.labels") });
    expect(() => parseChanged(change)).toThrow(
      refusal("service a carries the label of instance b"),
    );
  });
});

describe("dollar signs", () => {
  const commandOf = (...command: string[]) =>
    parseChanged((root) => (at(root, "services.a").command = command)).services.a?.command;

  test("are written twice, as in Compose", () => {
    expect(commandOf("a$$b", "$$", "$$$$", "$${x}", "\0")).toEqual([
      "a$b",
      "$",
      "$$",
      "${x}",
      "\0",
    ]);
  });

  test.each([
    "$HOME",
    "${HOME}",
    "${HOME:-x}",
    "$",
    "a$",
    "$$$x",
    "$1",
  ])("that begin a variable, which only Compose could fill, are refused: %s", (text) => {
    expect(() => commandOf("x", text)).toThrow(refusal(`uses a variable in "${text}"`));
  });

  test.each([
    ["", "name"],
    ["services.a", "image"],
    ["services.a.environment", "TZ"],
    ["services.a.labels", "com.clawmultideploy.home"],
    ["networks.a", "name"],
  ])("are looked for everywhere: %s.%s", (path, key) => {
    expect(() => parseChanged((root) => (at(root, path)[key] = "${X}"))).toThrow(
      refusal('uses a variable in "${X}"'),
    );
  });
});

describe("YAML", () => {
  const text = render([OF_A]);
  const read = (source: string) => parseComposeProject(source, HOME);

  test("may use anchors, quotes and line breaks as it likes", () => {
    const anchored = text
      .replace("interval: 15s", "interval: &long 15s")
      .replace("timeout: 10s", "timeout: *long")
      .replaceAll("\n", "\r\n");
    expect(read(anchored).services.a?.healthcheck).toMatchObject({ interval: 15, timeout: 15 });
  });

  test.each([
    ["a list that does not end", "name: x\nservices: [", "line 2"],
    ["a wrong indentation", "name: x\n services: {}", "line 1, column 7"],
    ["a tab as indentation", "name: x\nservices:\n\ta: {}", "line 3"],
    ["a key that occurs twice", `${text}\nname: other\n`, "Map keys must be unique"],
    ["two documents", `${text}\n---\nname: x\n`, "multiple documents"],
    ["an alias of nothing", text.replace("512", "*nothing"), "Unresolved alias"],
    [
      "a tag of Compose's",
      text.replace('"openclaw:local"', '!reset "x"'),
      "Unresolved tag: !reset",
    ],
    ["a tag for which there is no type", text.replace("2g", "!!size 2g"), "Unresolved tag"],
  ])("with %s is refused with the place or the cause", (_, source, hint) => {
    expect(() => read(source)).toThrow(
      refusal(/^The compose template does not render to valid YAML: [^\n]+\.$/),
    );
    expect(() => read(source)).toThrow(refusal(hint));
  });

  test("that would fill the memory is refused", () => {
    const bomb = ["a: &a [x,x,x,x,x,x,x,x,x]"];
    for (const [name, previous] of ["ba", "cb", "dc", "ed", "fe", "gf", "hg"])
      bomb.push(`${name}: &${name} [${Array(9).fill(`*${previous}`).join(",")}]`);
    expect(() => read(bomb.join("\n"))).toThrow(refusal("Excessive alias count"));
  });

  test.each([
    "",
    "# nothing",
    "[]",
    "text",
    "42",
    "null",
  ])("that is no mapping is refused: %j", (source) => {
    expect(() => read(source)).toThrow(refusal(/cannot apply: Invalid input: expected object/));
  });
});
