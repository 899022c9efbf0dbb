import { fireEvent, screen, waitFor, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import type { NetworkProbe, NetworkStatus } from "../api/client.ts";
import type { Reach } from "../api/reach.ts";
import { panelError } from "../testing/fake-api.ts";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const setting = <Value,>(variable: string, value: Value) => ({
  value,
  variable,
  from: "default" as const,
});

const LOCAL: NetworkStatus = {
  way: "machine",
  panel: "http://127.0.0.1:8000",
  instances: "http://<id>-<random>.localhost:8000",
  host: setting("CLAW_HOST", "127.0.0.1"),
  port: setting("CLAW_PORT", 8000),
  names: setting("CLAW_PUBLIC_NAMES", []),
  domain: setting("CLAW_INSTANCE_DOMAIN", "localhost"),
  proxies: setting("CLAW_TRUSTED_PROXIES", []),
  publicPort: setting("CLAW_PUBLIC_PORT", null),
  isDomainMissing: false,
  certificate: { kind: "none" },
  saved: {
    CLAW_PUBLIC_NAMES: "",
    CLAW_INSTANCE_DOMAIN: "",
    CLAW_TRUSTED_PROXIES: "",
    CLAW_PUBLIC_PORT: "",
  },
  revision: "r1",
  unused: null,
};

const LAN: NetworkStatus = {
  ...LOCAL,
  way: "network",
  panel: "https://panel.internal:8000",
  instances: "https://claw-<id>-<random>.internal:8000",
  host: { ...setting("CLAW_HOST", "0.0.0.0"), from: "environment" },
  names: { ...setting("CLAW_PUBLIC_NAMES", ["panel.internal", "10.0.0.5"]), from: "environment" },
  domain: setting("CLAW_INSTANCE_DOMAIN", "internal"),
  certificate: {
    ...{ kind: "authority", url: "/ca.crt", fingerprint: "AB:CD:EF" },
    expiresAt: "2036-11-28T00:00:00.000Z",
  },
};

const PROBE: NetworkProbe = {
  url: "https://claw-probe.internal:8000/.claw/probe/k",
  plainUrl: null,
  socketUrl: "wss://claw-probe.internal:8000/.claw/probe/k",
  host: "claw-probe.internal:8000",
  proof: "p",
};

const show = (status: NetworkStatus, reach?: Reach) =>
  renderApp({
    path: "/network",
    answers: {
      "network.status": () => status,
      "network.probe": () => PROBE,
      ...(reach && { reach: () => reach }),
    },
  });

const factOf = (label: string) => screen.getByText(label).closest("div")?.textContent;

test("says of each setting what it is and what sets it", async () => {
  show(LAN);
  expect(await screen.findByText("https://claw-<id>-<random>.internal:8000")).toBeTruthy();
  expect(factOf("Listens at")).toBe("Listens at0.0.0.0set by CLAW_HOST");
  expect(factOf("Names of the panel")).toContain("panel.internal, 10.0.0.5");
  expect(factOf("Domain of instances")).toContain("default; CLAW_INSTANCE_DOMAIN changes it");
  expect(factOf("Trusted proxies")).toContain("–");
});

test("tells the ways to reach instances, and which is in use", async () => {
  show(LAN);
  const current = (await screen.findByText("In use")).closest("li");
  expect(current?.textContent).toContain("On the network, at names below internal");
  expect(current?.textContent).toContain("import the panel's authority once");
  expect(current?.getAttribute("aria-current")).toBe("true");
  expect(screen.getAllByText(/^CLAW_.*=/)).toHaveLength(5);
});

test("hands out the panel's own authority, and marks the imports that nobody has tried", async () => {
  show(LAN);
  const link = await screen.findByRole("link", { name: "Download certificate" });
  expect(link.getAttribute("href")).toBe("/ca.crt");
  expect(screen.getByText("AB:CD:EF")).toBeTruthy();
  const marked = (system: string) => {
    const item = screen.getByRole("heading", { name: system }).closest("li");
    return item !== null && within(item).queryByText("From its manual, not tried") !== null;
  };
  expect(
    [
      ...["Windows (PowerShell)", "macOS", "Linux: Chromium and Chrome"],
      "Linux: other programs, on Debian",
    ].map(marked),
  ).toEqual([true, true, false, false]);
});

test.each([
  true,
  false,
])("of a given certificate says whether instances have it: %s", async (has) => {
  show({
    ...LAN,
    domain: setting("CLAW_INSTANCE_DOMAIN", "claw.example.org"),
    certificate: {
      ...{ kind: "given", file: "/etc/claw/cert.pem", coversInstances: has },
      expiresAt: "2027-01-01T00:00:00.000Z",
    },
  });
  expect(await screen.findByText("/etc/claw/cert.pem")).toBeTruthy();
  expect(screen.queryByText(/a certificate that has \*\.claw\.example\.org/) === null).toBe(has);
  expect(screen.queryByRole("link", { name: "Download certificate" })).toBeNull();
});

const reached = { kind: "reached", host: PROBE.host, isHttps: true, hasSocket: true } as const;

test.each<[string, NetworkStatus, Reach, RegExp[]]>([
  ["all is well", LAN, reached, [/lead to this panel, over HTTPS\./, /WebSockets get through/]],
  [
    "no WebSocket",
    LAN,
    { ...reached, hasSocket: false },
    [/lead to this panel/, /not let through.*\$http_upgrade/],
  ],
  [
    "a proxy drops the port",
    LAN,
    { ...reached, host: "claw-probe.internal" },
    [/claw-probe\.internal:8000 arrives as claw-probe\.internal\..*\$http_host/],
  ],
  ["a proxy does not say HTTPS", LAN, { ...reached, isHttps: false }, [/X-Forwarded-Proto/]],
  ["no import", LAN, { kind: "untrusted" }, [/does not trust its certificate. Import/]],
  ["no name", LAN, { kind: "unreached" }, [/does not reach claw-probe.*DNS.*hosts file/]],
  ["this machine", LOCAL, { ...reached, isHttps: false }, [/panel\.$/, /WebSockets get through/]],
  ["another machine", LOCAL, { kind: "unreached" }, [/ssh -L 8000:localhost:8000/]],
  [
    "a proxy without a domain",
    { ...LOCAL, isDomainMissing: true },
    { kind: "unreached" },
    [/^A proxy is declared.*Change…$/, /past the proxy\. Choose a domain/],
  ],
])("a test says what it found and what to do: %s", async (_, status, reach, sentences) => {
  const { fake } = show(status, reach);
  fireEvent.click(await screen.findByRole("button", { name: "Test" }));
  for (const sentence of sentences) expect(await screen.findByText(sentence)).toBeTruthy();
  expect(fake.calls).toContainEqual({ path: "network.probe", input: undefined });
  const look = screen.queryByRole("link", { name: "Open in a new tab" });
  expect(look?.getAttribute("href")).toBe(
    reach.kind === "unreached" ? "https://claw-probe.internal:8000" : undefined,
  );
});

test("a test that cannot begin says why", async () => {
  const { fake } = show(LAN);
  fake.answers["network.probe"] = () => {
    throw new TypeError("Failed to fetch");
  };
  fireEvent.click(await screen.findByRole("button", { name: "Test" }));
  expect(await screen.findByText("The panel does not respond.")).toBeTruthy();
});

test("where instances have no names there is nothing to test", async () => {
  show({ ...LOCAL, way: "link", instances: null, domain: setting("CLAW_INSTANCE_DOMAIN", null) });
  expect(await screen.findByText("By a link with a token")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Test" })).toBeNull();
});

const openDialog = async () => {
  fireEvent.click(await screen.findByRole("button", { name: "Change…" }));
  return within(await screen.findByRole("dialog", { name: "Change the network settings" }));
};

test("settings are changed where the environment does not set them, and what that does is said first", async () => {
  const instances = [
    anInstance({ id: "anna", opensBy: "panel" }),
    anInstance({ id: "ben", opensBy: "token" }),
  ];
  const { fake } = renderApp({
    path: "/network",
    instances,
    answers: { "network.status": () => LAN, "network.save": () => LAN },
  });
  const dialog = await openDialog();
  const moved = /1 instance gets a new address, and open Control UIs are cut/;
  expect(dialog.getByText(moved)).toBeTruthy();
  expect(dialog.getByText(/a new authority, which everybody has to import/)).toBeTruthy();
  const field = (name: string) => dialog.getByRole<HTMLInputElement>("textbox", { name });
  expect(field("Names of the panel").disabled).toBe(true);
  expect(field("Names of the panel").value).toBe("panel.internal,10.0.0.5");
  fireEvent.input(field("Domain of instances"), { target: { value: "claw.example.org" } });
  fireEvent.click(dialog.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Network settings saved")).toBeTruthy();
  expect(fake.calls).toContainEqual({
    path: "network.save",
    input: { ...LAN.saved, CLAW_INSTANCE_DOMAIN: "claw.example.org", revision: "r1" },
  });
  expect(fake.calls.filter(({ path }) => path === "network.status")).toHaveLength(2);
});

test("a refusal is shown with the panel's own sentence, and the dialog stays", async () => {
  const why = "Nothing was saved: the panel would no longer answer at http://panel.lan:8000.";
  renderApp({
    path: "/network",
    answers: {
      "network.status": () => LOCAL,
      "network.save": () => {
        throw panelError("INVALID_INPUT", why);
      },
    },
  });
  const dialog = await openDialog();
  expect(dialog.getByText("Takes effect at once, unless TLS begins or ends.")).toBeTruthy();
  fireEvent.click(dialog.getByRole("button", { name: "Save" }));
  expect(await dialog.findByText(why)).toBeTruthy();
});

test("what somebody else has saved meanwhile is not overwritten, and is there when the dialog opens again", async () => {
  const theirs = { ...LOCAL.saved, CLAW_PUBLIC_NAMES: "panel.lan" };
  let status: NetworkStatus = LOCAL;
  const { fake } = renderApp({
    path: "/network",
    answers: {
      "network.status": () => status,
      "network.save": () => {
        status = { ...LOCAL, saved: theirs, revision: "r2" };
        throw panelError("REVISION_MISMATCH", "Somebody else has saved network settings.");
      },
    },
  });
  const dialog = await openDialog();
  const names = () => dialog.getByRole<HTMLInputElement>("textbox", { name: "Names of the panel" });
  fireEvent.input(names(), { target: { value: "mine.lan" } });
  fireEvent.click(dialog.getByRole("button", { name: "Save" }));
  expect(await dialog.findByText(/has changed since you opened it/)).toBeTruthy();
  expect(names().value).toBe("mine.lan");
  fireEvent.click(dialog.getByRole("button", { name: "Save" }));
  await waitFor(() =>
    expect(
      fake.calls.flatMap(({ path, input }) => (path === "network.save" ? [input] : [])),
    ).toEqual(Array(2).fill(expect.objectContaining({ revision: "r1" }))),
  );
  fireEvent.click(dialog.getByRole("button", { name: "Cancel" }));
  const again = await openDialog();
  expect(again.getByRole<HTMLInputElement>("textbox", { name: "Names of the panel" }).value).toBe(
    "panel.lan",
  );
});

test.each([
  {
    unused: { why: "untilRestart", panel: "https://panel.internal:8000" },
    title: "Saved; takes effect when the panel restarts",
    text: /cannot turn TLS on or off.* https:\/\/panel\.internal:8000/,
  },
  {
    unused: { why: "contradicts", message: "CLAW_PUBLIC_PORT needs CLAW_TRUSTED_PROXIES." },
    title: "The saved settings are not in use",
    text: /contradict the environment variables.* CLAW_PUBLIC_PORT needs/,
  },
] as const)("what is saved and not in use is said with why: $unused.why", async (given) => {
  show({ ...LOCAL, unused: given.unused });
  expect(await screen.findByText(given.title)).toBeTruthy();
  expect(screen.getByText(given.text)).toBeTruthy();
});

test("is for administrators", async () => {
  renderApp({ path: "/network", me: { username: "olga", role: "operator" } });
  expect(await screen.findByText(/^This page is not available to olga/)).toBeTruthy();
  expect(screen.queryByRole("link", { name: "Network" })).toBeNull();
});
