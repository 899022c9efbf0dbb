import type { Account } from "@claw/core/access/user";
import { fireEvent, screen, within } from "@solidjs/testing-library";
import { afterEach, expect, test, vi } from "vitest";
import type { DeviceRequest, Instance, PairedDevice } from "../api/client.ts";
import { panelError } from "../testing/fake-api.ts";
import { aJob, anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

afterEach(() => vi.useRealTimers());

const FACTS = {
  deviceId: "0123456789abcdef",
  name: "Anna's phone",
  platform: "Android",
  address: "192.0.2.7",
  roles: ["operator"],
  scopes: ["operator.read", "operator.admin"],
};
const asking: DeviceRequest = { ...FACTS, requestId: "r1", requestedAt: new Date().toISOString() };
const known: PairedDevice = {
  ...FACTS,
  ...{ name: null, platform: null, address: null, scopes: ["operator.read"] },
  ...{ isConnected: false, approvedAt: "2026-11-20T08:00:00.000Z", lastSeenAt: null },
};

/** The page over a gateway with these devices; decisions change them as the gateway would. */
function open(
  pairing: { pending: DeviceRequest[]; paired: PairedDevice[] },
  patch: Partial<Instance> = {},
  role: Account["role"] = "administrator",
) {
  const decided = () => {
    pairing.pending = [];
    return { id: "zhangsan" };
  };
  return renderApp({
    path: "/instances/zhangsan",
    me: { role },
    instances: [anInstance({ opensBy: "panel", ...patch })],
    answers: {
      "instances.pairing": () => structuredClone(pairing),
      "instances.limits": () => LIMITS,
      "instances.approveDevice": decided,
      "instances.rejectDevice": decided,
      "batches.run": () => aJob({ kind: "batch" }),
      "instances.removeDevice": () => {
        pairing.paired = pairing.paired.slice(1);
        return { id: "zhangsan" };
      },
    },
  });
}

const LIMITS = {
  ...{ memoryBytes: null, cpus: null, pids: 512, restart: "always", stopGraceSeconds: 30 },
  log: { maxBytes: null, maxFiles: null },
};

const listed = (name: string) => screen.findByRole("list", { name });

test.each([
  ["Approve", "instances.approveDevice"],
  ["Reject", "instances.rejectDevice"],
] as const)("a device that asks is shown with its rights, and gone after %s", async (word, path) => {
  const { fake } = open({ pending: [asking], paired: [] });
  const list = await listed("Waiting for approval");
  expect(list.textContent).toContain("Anna's phone");
  expect(list.textContent).toContain("full access · 192.0.2.7");
  fireEvent.click(within(list).getByRole("button", { name: `${word} Anna's phone` }));
  await expect
    .poll(() => fake.calls.find((call) => call.path === path)?.input)
    .toEqual({
      ...{ id: "zhangsan", requestId: "r1" },
    });
  expect(await screen.findByText(/^No devices yet/)).toBeTruthy();
});

test("a known device is removed only after a confirmation", async () => {
  const { fake } = open({ pending: [], paired: [known] });
  const list = await listed("Approved");
  expect(list.textContent).toContain("Device 01234567");
  expect(list.textContent).toContain("read only");
  fireEvent.click(within(list).getByRole("button", { name: "Remove Device 01234567" }));
  const dialog = await screen.findByRole("dialog", { name: "Remove the device Device 01234567" });
  expect(fake.calls.some(({ path }) => path === "instances.removeDevice")).toBe(false);
  fireEvent.click(within(dialog).getByRole("button", { name: "Remove device" }));
  await expect
    .poll(() => fake.calls.find(({ path }) => path === "instances.removeDevice")?.input)
    .toEqual({ id: "zhangsan", deviceId: "0123456789abcdef" });
  expect(await screen.findByText(/^No devices yet/)).toBeTruthy();
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("many known devices are shown in two steps", async () => {
  const paired = Array.from({ length: 8 }, (_, n) => ({
    ...{ ...known, deviceId: `d${n}`, name: `Browser ${n}`, isConnected: n === 0 },
  }));
  open({ pending: [], paired });
  const list = await listed("Approved");
  expect(within(list).getAllByRole("listitem")).toHaveLength(5);
  expect(within(list).getByText("Connected")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Show 3 more" }));
  expect(within(list).getAllByRole("listitem")).toHaveLength(8);
});

test("a gateway whose control plane is switched off says so without an alarm, and is asked again", async () => {
  const { fake } = open({ pending: [], paired: [] });
  const answer = fake.answers["instances.pairing"] ?? (() => undefined);
  await screen.findByText(/^No devices yet/);
  fake.answers["instances.pairing"] = () => {
    throw panelError("NOT_SUPPORTED", "its plugin admin-http-rpc is off");
  };
  const refresh = screen.getByRole("button", { name: "Refresh devices" });
  fireEvent.click(refresh);
  expect(await screen.findByText(/^The plugin admin-http-rpc is off/)).toBeTruthy();
  expect(screen.queryByRole("alert")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Turn on" }));
  await expect
    .poll(() => fake.calls.find(({ path }) => path === "batches.run")?.input)
    .toEqual({ action: "migrate", ids: ["zhangsan"] });
  fake.answers["instances.pairing"] = answer;
  fireEvent.click(refresh);
  expect(await screen.findByText(/^No devices yet/)).toBeTruthy();
});

test("a reader who may not turn it on only sees that it is off", async () => {
  const { fake } = open({ pending: [], paired: [] }, {}, "member");
  fake.answers["instances.pairing"] = () => {
    throw panelError("NOT_SUPPORTED", "its plugin admin-http-rpc is off");
  };
  fireEvent.click(await screen.findByRole("button", { name: "Refresh devices" }));
  expect(await screen.findByText(/^The plugin admin-http-rpc is off/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Turn on" })).toBeNull();
});

test("a gateway that does not answer is reported, and asked again", async () => {
  const { fake } = open({ pending: [], paired: [] });
  const answer = fake.answers["instances.pairing"] ?? (() => undefined);
  await screen.findByText(/^No devices yet/);
  fake.answers["instances.pairing"] = () => {
    throw panelError("GATEWAY_SILENT", "does not answer");
  };
  fireEvent.click(screen.getByRole("button", { name: "Refresh devices" }));
  const notice = await screen.findByRole("alert");
  expect(within(notice).getByText("The instance does not answer yet.")).toBeTruthy();
  fake.answers["instances.pairing"] = answer;
  fireEvent.click(within(notice).getByRole("button", { name: "Try again" }));
  await expect.poll(() => screen.queryByRole("alert")).toBeNull();
});

test("a request that arrives while the card is shown appears by itself", async () => {
  vi.useFakeTimers({ toFake: ["setInterval"] });
  const pairing = { pending: [] as DeviceRequest[], paired: [] };
  open(pairing);
  await screen.findByText(/^No devices yet/);
  pairing.pending = [asking];
  vi.advanceTimersByTime(10_000);
  expect(await listed("Waiting for approval")).toBeTruthy();
});

test.each<[string, Partial<Instance>, string]>([
  ["that is stopped", { status: "stopped" }, "Start the instance to see its devices."],
  ["that opens by its token", { opensBy: "token" }, "This instance opens by its token"],
])("an instance %s is asked nothing", async (_, patch, sentence) => {
  const { fake } = open({ pending: [asking], paired: [] }, patch);
  const heading = await screen.findByRole("heading", { name: "Devices" });
  expect(heading.closest("section")?.textContent).toContain(sentence);
  expect(fake.calls.some(({ path }) => path === "instances.pairing")).toBe(false);
});
