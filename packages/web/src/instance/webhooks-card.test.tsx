import type { Account } from "@claw/core/access/user";
import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import type { Instance } from "../api/client.ts";
import { panelError } from "../testing/fake-api.ts";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const SERVED = { opensBy: "panel", url: "https://claw-zhangsan-0a.internal:8000/" } as const;
const LIMITS = {
  ...{ memoryBytes: null, cpus: null, pids: 512, restart: "always", stopGraceSeconds: 30 },
  log: { maxBytes: null, maxFiles: null },
};

function open(patch: Partial<Instance> = SERVED, role: Account["role"] = "operator") {
  return renderApp({
    path: "/instances/zhangsan",
    me: { role },
    instances: [anInstance(patch)],
    answers: {
      "instances.pairing": () => ({ pending: [], paired: [] }),
      "instances.limits": () => LIMITS,
      "instances.update": () => null,
    },
  });
}

async function card(): Promise<HTMLElement> {
  const heading = await screen.findByRole("heading", { name: "Callbacks of channels" });
  return heading.closest("section") as HTMLElement;
}

async function edit(): Promise<{ dialog: HTMLElement; lines: HTMLTextAreaElement }> {
  fireEvent.click(within(await card()).getByRole("button", { name: "Edit paths…" }));
  const dialog = await screen.findByRole("dialog", { name: "Callback paths of 张三" });
  const lines = within(dialog).getByLabelText<HTMLTextAreaElement>("Paths, one per line");
  return { dialog, lines };
}

const save = (dialog: HTMLElement) =>
  within(dialog).getByRole<HTMLButtonElement>("button", { name: "Save" });

test("without an open path the card says what one is for; an operator opens some", async () => {
  const { fake } = open();
  expect((await card()).textContent).toContain("No path is open. Channels such as WeCom");
  const { dialog, lines } = await edit();
  fireEvent.input(lines, { target: { value: " /wecom/callback/\n\n/feishu\n/feishu" } });
  fireEvent.click(save(dialog));
  await expect
    .poll(() => fake.calls.find(({ path }) => path === "instances.update")?.input)
    .toEqual({ id: "zhangsan", webhookPaths: ["/wecom/callback", "/feishu"] });
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
});

test("open paths are shown as whole addresses, and all of them can be closed", async () => {
  const { fake } = open({ ...SERVED, webhookPaths: ["/wecom/callback", "/feishu"] });
  const list = within(await card()).getByRole("list", { name: "Open addresses" });
  const shown = within(list).getAllByRole("listitem");
  expect(shown.map(({ textContent }) => textContent)).toEqual([
    "https://claw-zhangsan-0a.internal:8000/wecom/callback",
    "https://claw-zhangsan-0a.internal:8000/feishu",
  ]);
  const { dialog, lines } = await edit();
  expect(lines.value).toBe("/wecom/callback\n/feishu");
  fireEvent.input(lines, { target: { value: "\n" } });
  fireEvent.click(save(dialog));
  await expect
    .poll(() => fake.calls.find(({ path }) => path === "instances.update")?.input)
    .toEqual({ id: "zhangsan", webhookPaths: [] });
});

test.each([
  ["wecom", "wecom: It must begin with a slash."],
  ["/", "/: The root would open the whole instance."],
  ["/ok\n/api/v1", "/api/v1: It would open /api/v1/admin or /.claw"],
  ["/wecom/../chat", "/wecom/../chat: Use letters, digits"],
  ["/wecom%2fcallback", "/wecom%2fcallback: Use letters, digits"],
  [`/${"x".repeat(200)}`, "It is longer than 200 characters."],
  [Array.from({ length: 11 }, (_, n) => `/hook${n}`).join("\n"), "At most 10 paths."],
])("%j cannot be saved, and the field says why", async (typed, sentence) => {
  const { fake } = open();
  const { dialog, lines } = await edit();
  expect(save(dialog).disabled).toBe(false);
  fireEvent.input(lines, { target: { value: typed } });
  expect(save(dialog).disabled).toBe(true);
  expect(lines.getAttribute("aria-invalid")).toBe("true");
  expect(dialog.textContent).toContain(sentence);
  expect(fake.calls.some(({ path }) => path === "instances.update")).toBe(false);
});

test("a refusal by the panel stays in the dialog", async () => {
  const { fake } = open();
  fake.answers["instances.update"] = () => {
    throw panelError("INSTANCE_NOT_FOUND", "There is no instance zhangsan.");
  };
  const { dialog, lines } = await edit();
  fireEvent.input(lines, { target: { value: "/wecom" } });
  fireEvent.click(save(dialog));
  expect(await within(dialog).findByRole("alert")).toBeTruthy();
  expect(lines.value).toBe("/wecom");
});

test("a member sees what is open at their instance, and changes nothing", async () => {
  open({ ...SERVED, webhookPaths: ["/feishu"] }, "member");
  expect(within(await card()).getByRole("list", { name: "Open addresses" })).toBeTruthy();
  expect(within(await card()).queryByRole("button", { name: "Edit paths…" })).toBeNull();
});

test("an instance that opens by its token has no address to show", async () => {
  open({ opensBy: "token", webhookPaths: ["/feishu"] });
  expect((await card()).textContent).toContain("no address that channels could call");
  expect(within(await card()).queryByRole("button")).toBeNull();
});
