import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readConfig, readSecrets } from "./config.ts";
import { panelNames, shownHost } from "./network-config.ts";
import { createAddresses } from "./services/runtime/addresses.ts";

const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "claw-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (env: Record<string, string | undefined> = {}) =>
  readConfig({ CLAW_HOME: folder, ...env });

/** The message of the refusal. */
function refusalOf(env: Record<string, string | undefined>): string {
  try {
    read(env);
    readSecrets(env);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it was accepted");
}

test("without a setting every variable has its default", () => {
  const config = readConfig({});
  const root = path.resolve(import.meta.dirname, "../../..");
  expect(config).toMatchObject({
    home: realpathSync(root),
    hostHome: realpathSync(root),
    host: "127.0.0.1",
    port: 8000,
    engine: "docker",
    image: "openclaw:local",
    basePort: 18789,
    publishHost: "127.0.0.1",
    subnetPool: "10.213.0.0/16",
    uploadIdleMs: 60_000,
    logLevel: "info",
    dockerHost: undefined,
    templates: path.join(root, "templates"),
    webRoot: path.join(root, "packages/web/dist"),
  });
  expect(config.timezone).not.toBe("");
});

test("each variable is taken", () => {
  const env = {
    CLAW_HOST: "::1",
    CLAW_PORT: "0",
    CLAW_ENGINE: "memory",
    CLAW_IMAGE: "registry.example:5000/team/openclaw:2026.9.6",
    CLAW_BASE_PORT: "20000",
    CLAW_PUBLISH_HOST: "0.0.0.0",
    CLAW_SUBNET_POOL: "172.16.0.0/12",
    CLAW_UPLOAD_IDLE_SECONDS: "300",
    CLAW_HOST_HOME: "C:\\Users\\王\\claw",
    CLAW_LOG_LEVEL: "debug",
    DOCKER_HOST: "tcp://10.0.0.5:2375",
  };
  expect(read(env)).toMatchObject({
    home: folder,
    hostHome: "C:\\Users\\王\\claw",
    host: "::1",
    port: 0,
    engine: "memory",
    image: "registry.example:5000/team/openclaw:2026.9.6",
    basePort: 20000,
    publishHost: "0.0.0.0",
    subnetPool: "172.16.0.0/12",
    uploadIdleMs: 300_000,
    logLevel: "debug",
    dockerHost: "tcp://10.0.0.5:2375",
  });
});

test("an empty variable counts as not set", () => {
  expect(read({ CLAW_PORT: "", CLAW_ENGINE: "", CLAW_HOST_HOME: "" })).toMatchObject({
    port: 8000,
    engine: "docker",
    hostHome: folder,
  });
});

test("of the network it is known what the environment sets, as it is written", () => {
  const env = { CLAW_PORT: "8001", CLAW_ENGINE: "", PATH: "/bin", CLAW_ADMIN_PASSWORD: "secret" };
  expect(read({ ...env, CLAW_HOST: "::1" }).environment).toEqual({
    CLAW_PORT: "8001",
    CLAW_HOST: "::1",
  });
});

describe("the address to listen on", () => {
  test.each([
    "127.0.0.1",
    "127.0.0.2",
    "127.255.255.254",
    "::1",
    "localhost",
  ])("may be loopback: %s", (host) => expect(read({ CLAW_HOST: host }).host).toBe(host));

  test.each([
    "0.0.0.0",
    "::",
    "192.168.1.5",
    "128.0.0.1",
  ])("may be one that others reach, if its names are known: %s", (host) => {
    expect(refusalOf({ CLAW_HOST: host })).toMatch(/^CLAW_PUBLIC_NAMES must say/);
    const config = read({ CLAW_HOST: host, CLAW_PUBLIC_NAMES: "Panel.example.lan, 192.168.1.5" });
    expect(config.publicNames).toEqual(["panel.example.lan", "192.168.1.5"]);
    expect([config.host, shownHost(config)]).toEqual([host, "panel.example.lan"]);
  });

  test("has IPv6 addresses in the form that browsers send, which certificates can hold", () => {
    const names = "FD00:0:0::5,0:0:0:0:0:ffff:192.168.1.5,192.168.1.5";
    expect(read({ CLAW_PUBLIC_NAMES: names }).publicNames).toEqual([
      "fd00::5",
      "::ffff:c0a8:105",
      "192.168.1.5",
    ]);
  });

  test.each(["example.com", "127.evil.example", "127.1"])("is no name: %s", (host) => {
    expect(refusalOf({ CLAW_HOST: host })).toMatch(/^CLAW_HOST must be localhost or an IP address/);
  });

  test.each([
    "http://panel.lan",
    "panel.lan:8000",
    "panel.lan/x",
    "*",
    "*.lan",
    "a b",
    "-a",
    "[::1]",
    "fe80::1%eth0",
  ])("has names without anything around them: %s", (name) => {
    expect(refusalOf({ CLAW_PUBLIC_NAMES: name })).toMatch(/^CLAW_PUBLIC_NAMES must be names/);
  });
});

describe("the proxies that are trusted", () => {
  test("are none unless they are named", () => {
    for (const address of ["127.0.0.1", "::1", "10.0.0.1", "", "unknown"])
      expect(read().trustsProxy(address), address).toBe(false);
  });

  test.each([
    ["127.0.0.1", "127.0.0.1", "127.0.0.2"],
    ["10.1.0.0/16, ::1", "10.1.255.255", "10.2.0.0"],
    ["10.1.0.0/16, ::1", "::1", "::2"],
    ["fd00::/8", "fd12::1", "fe80::1"],
  ])("are addresses and networks: %s", (text, inside, outside) => {
    const { trustsProxy } = read({ CLAW_TRUSTED_PROXIES: text });
    expect([trustsProxy(inside), trustsProxy(outside)]).toEqual([true, false]);
  });

  test.each([
    "nginx",
    "10.0.0.256",
    "10.0.0.0/33",
    "0.0.0.0/0",
    "127.0.0.1 10.0.0.1",
    "*",
  ])("are nothing else: %s", (text) => {
    expect(refusalOf({ CLAW_TRUSTED_PROXIES: text })).toMatch(
      /^CLAW_TRUSTED_PROXIES must be addresses or networks/,
    );
  });
});

describe("the certificate", () => {
  const file = path.join(folder, "pem");
  writeFileSync(file, "pem");

  test("is read together with its key", () => {
    expect([read().tls, readSecrets({}).tls]).toEqual([false, null]);
    const env = { CLAW_TLS_CERT: file, CLAW_TLS_KEY: file };
    expect(read(env).tls).toBe(true);
    const { tls } = readSecrets(env);
    expect(tls?.files).toEqual({ cert: file, key: file });
    expect(tls?.cert.toString()).toBe("pem");
    expect(tls?.key.toString()).toBe("pem");
  });

  test("is refused without its key, and when it is not there", () => {
    expect(refusalOf({ CLAW_TLS_CERT: file })).toMatch(/^CLAW_TLS_KEY must be set/);
    expect(refusalOf({ CLAW_TLS_KEY: file })).toMatch(/^CLAW_TLS_CERT must be set/);
    const nowhere = path.join(folder, "no.pem");
    expect(refusalOf({ CLAW_TLS_CERT: nowhere, CLAW_TLS_KEY: file })).toMatch(
      /^CLAW_TLS_CERT cannot be read: /,
    );
  });
});

test("the configuration, which services see, has neither the password nor the key", () => {
  const file = path.join(folder, "secret");
  writeFileSync(file, "secret key");
  const env = { CLAW_ADMIN_PASSWORD: "secret word", CLAW_TLS_CERT: file, CLAW_TLS_KEY: file };
  expect(JSON.stringify(read(env))).not.toMatch(/secret (?:word|key)/);
  expect(Object.values(read(env))).not.toContainEqual(expect.any(Buffer));
  expect(readSecrets(env).adminPassword).toBe("secret word");
  expect(readSecrets({ CLAW_ADMIN_PASSWORD: "" }).adminPassword).toBeUndefined();
});

describe("what is wrong is named with its variable and its value", () => {
  test.each([
    ["CLAW_PORT", "65536", "must be between 0 and 65535"],
    ["CLAW_PORT", "-1", "must be between 0 and 65535"],
    ["CLAW_PORT", "80.5", "must be a whole number"],
    ["CLAW_PORT", "http", "must be a number between 0 and 65535"],
    ["CLAW_BASE_PORT", "1023", "must be between 1024 and 65535"],
    ["CLAW_BASE_PORT", "70000", "must be between 1024 and 65535"],
    ["CLAW_ENGINE", "podman", "must be docker or memory"],
    ["CLAW_PUBLISH_HOST", "localhost", "must be an IP address"],
    ["CLAW_PUBLISH_HOST", "10.0.0.256", "must be an IP address"],
    ["CLAW_UPLOAD_IDLE_SECONDS", "a while", "must be a number of seconds"],
    ["CLAW_UPLOAD_IDLE_SECONDS", "0", "must be at least 5"],
    ["CLAW_SUBNET_POOL", "10.213.0.0", "must be a private IPv4 network"],
    ["CLAW_SUBNET_POOL", "10.213.0.1/16", "must be a private IPv4 network"],
    ["CLAW_SUBNET_POOL", "10.213.0.0/30", "of at least a /29"],
    ["CLAW_SUBNET_POOL", "8.8.0.0/16", "must be a private IPv4 network"],
    ["CLAW_HOST_HOME", "claw", "must be an absolute path"],
    ["CLAW_LOG_LEVEL", "loud", "must be trace, debug"],
  ])("%s=%s", (name, value, message) => {
    const refusal = refusalOf({ [name]: value });
    expect(refusal.startsWith(`${name} `)).toBe(true);
    expect(refusal).toContain(message);
    expect(refusal).toContain(`(it is "${value}")`);
    expect(refusal).not.toContain("\n");
  });

  test("all at once", () => {
    const refusal = refusalOf({ CLAW_PORT: "x", CLAW_HOST: "nowhere", CLAW_ENGINE: "vm" });
    expect(refusal.split("\n").map((line) => line.split(" ")[0])).toEqual([
      "CLAW_HOST",
      "CLAW_PORT",
      "CLAW_ENGINE",
    ]);
  });

  test("but never a password", () => {
    const refusal = refusalOf({ CLAW_PORT: "x", CLAW_ADMIN_PASSWORD: "open sesame" });
    expect(refusal).not.toContain("sesame");
  });
});

describe("the home folder", () => {
  test("is made when it is not there", () => {
    const home = path.join(folder, "new", "家");
    expect(read({ CLAW_HOME: home }).home).toBe(home);
    expect(realpathSync(home)).toBe(home);
  });

  test("is the real one when a link leads there", () => {
    symlinkSync(folder, path.join(folder, "link"));
    const config = read({ CLAW_HOME: path.join(folder, "link") });
    expect(config.home).toBe(folder);
    expect(config.hostHome).toBe(folder);
  });

  test("is absolute when it was given as a relative one", () => {
    const relative = path.relative(process.cwd(), folder);
    expect(read({ CLAW_HOME: relative }).home).toBe(folder);
  });

  test("is refused when it is a file", () => {
    const file = path.join(folder, "file");
    writeFileSync(file, "");
    expect(refusalOf({ CLAW_HOME: file })).toMatch(/^CLAW_HOME cannot be used: /);
    expect(refusalOf({ CLAW_HOME: path.join(file, "in it") })).toMatch(/^CLAW_HOME cannot/);
  });
});

describe("instances have addresses of their own", () => {
  const pem = path.join(folder, "pair.pem");
  writeFileSync(pem, "x");
  const tls = { CLAW_TLS_CERT: pem, CLAW_TLS_KEY: pem };
  const lan = { CLAW_HOST: "0.0.0.0", CLAW_PUBLIC_NAMES: "panel.example.com" };
  const local = { domain: "localhost", scheme: "http" };
  const proxied = { CLAW_TRUSTED_PROXIES: "127.0.0.1", CLAW_PUBLIC_NAMES: "panel.example.com" };
  const internal = { domain: "internal", scheme: "https" };
  const domain = { CLAW_INSTANCE_DOMAIN: "Claw.example.com" };
  const below = { domain: "claw.example.com", scheme: "https" };

  test.each([
    ["on this machine", {}, local],
    ["on this machine, by its name", { CLAW_HOST: "localhost" }, local],
    ["below a domain, with a certificate", { ...domain, ...tls }, below],
    ["below a domain, with TLS by a proxy", { ...domain, ...proxied }, below],
    ["below a domain, by an authority of the panel's own", domain, below],
    ["beyond this machine below internal", lan, internal],
    ["there also with a certificate", { ...lan, ...tls }, internal],
    ["nowhere behind a proxy whose names nobody told", { ...lan, ...proxied }, null],
    ["nowhere with a certificate for another name", tls, null],
    ["nowhere if their ports are for everybody", { CLAW_PUBLISH_HOST: "0.0.0.0" }, null],
    ["nowhere at an address that names do not lead to", { CLAW_HOST: "127.0.0.2" }, null],
    ["nowhere if that is asked for", { CLAW_INSTANCE_DOMAIN: "none" }, null],
  ])("%s", (_, env, site) => {
    expect(read(env).instanceSite).toEqual(site);
  });

  test("a setting that cannot be met is refused", () => {
    const refused = refusalOf({ ...domain, ...tls, CLAW_PUBLISH_HOST: "0.0.0.0" });
    expect(refused).toContain("CLAW_INSTANCE_DOMAIN needs a CLAW_PUBLISH_HOST");
    expect(refused).toContain('(it is "claw.example.com")');
  });

  test.each([
    ["443 by default", {}, 443, "https://panel.example.com"],
    ["any", { CLAW_PUBLIC_PORT: "8443" }, 8443, "https://panel.example.com:8443"],
    ["the panel's with its certificate", tls, null, "https://127.0.0.1:8000"],
  ])("behind a proxy browsers use its port: %s", (_, env, publicPort, panel) => {
    const config = read({ ...domain, ...proxied, ...env });
    expect(config.publicPort).toBe(publicPort);
    expect(createAddresses(config, () => config).panel()).toBe(panel);
  });

  test("the port of a proxy is refused where there is none in front of instances", () => {
    for (const env of [{}, { CLAW_TRUSTED_PROXIES: "127.0.0.1" }, { ...domain, ...tls }])
      expect(refusalOf({ CLAW_PUBLIC_PORT: "8443", ...env })).toContain(
        "needs CLAW_TRUSTED_PROXIES",
      );
  });

  test("behind a proxy the panel must know its own name there", () => {
    const env = { ...domain, CLAW_TRUSTED_PROXIES: "127.0.0.1" };
    expect(refusalOf(env)).toMatch(/^CLAW_PUBLIC_NAMES must say/);
  });

  test.each([
    ["where instances have names and nobody gave a certificate", lan, true],
    ["below a domain that was asked for, also on this machine", domain, true],
    ["not on this machine", {}, false],
    ["not beside a certificate that was given", { ...domain, ...tls }, false],
    ["not behind a proxy that adds TLS", { ...domain, ...proxied }, false],
    ["not where instances have no names", { ...lan, CLAW_INSTANCE_DOMAIN: "none" }, false],
    ["not where their ports are for everybody", { ...lan, CLAW_PUBLISH_HOST: "0.0.0.0" }, false],
  ])("the panel has an authority of its own %s", (_, env, has) => {
    expect(read(env).ownAuthority).toBe(has);
  });

  test("its certificate names the panel as other machines do", () => {
    expect(panelNames(read({ ...lan, CLAW_PUBLIC_NAMES: "panel.lan,192.168.1.5" }))).toEqual([
      "panel.lan",
      "192.168.1.5",
    ]);
    expect(panelNames(read(domain))).toEqual(["127.0.0.1"]);
  });

  test("the name of this machine is not for a panel that others reach", () => {
    expect(refusalOf({ ...lan, CLAW_INSTANCE_DOMAIN: "localhost" })).toContain(
      "CLAW_HOST=127.0.0.1",
    );
  });
});
