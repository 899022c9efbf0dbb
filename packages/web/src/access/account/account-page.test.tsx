import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { panelError } from "../../testing/fake-api.ts";
import { anInstance } from "../../testing/fixtures.ts";
import { ADMINISTRATOR, renderApp } from "../../testing/render-app.tsx";
import { agentWords } from "./agent-words.ts";

const FACTOR = { hasTotp: false, recoveryCodesLeft: 0 };
const session = (id: string, current: boolean) => ({
  id,
  current,
  address: "127.0.0.1",
  userAgent: "Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0",
  createdAt: "2026-11-22T08:00:00.000Z",
  lastSeenAt: "2026-11-22T08:00:00.000Z",
  expiresAt: "2026-12-22T08:00:00.000Z",
});
const page = (
  answers: Record<string, (input: never) => unknown> = {},
  instances = [anInstance()],
) =>
  renderApp({
    path: "/account",
    instances,
    answers: {
      "auth.state": () => ({ initialized: true, user: { ...ADMINISTRATOR, ...FACTOR } }),
      "auth.sessions": () => [session("a", true), session("b", false)],
      "tokens.list": () => [],
      ...answers,
    },
  });
const inputOf = (calls: readonly { path: string; input: unknown }[], wanted: string) =>
  calls.find(({ path }) => path === wanted)?.input;
const fill = (label: string, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });

/** A field's error, if any. */
function saidAt(label: string): string | undefined {
  const field = screen.getByLabelText(label);
  if (field.getAttribute("aria-invalid") !== "true") return undefined;
  return document.getElementById(field.getAttribute("aria-describedby") ?? "")?.textContent ?? "";
}

test("another session can be ended, one's own is only marked", async () => {
  const { fake } = page({ "auth.revokeSession": () => null });
  expect(await screen.findByText("Current")).toBeTruthy();
  const buttons = screen.getAllByRole("button", { name: "End the session of Edge on Windows" });
  expect(buttons).toHaveLength(1);
  fireEvent.click(buttons[0] as HTMLElement);
  expect(await screen.findByText("Session ended")).toBeTruthy();
  expect(inputOf(fake.calls, "auth.revokeSession")).toEqual({ id: "b" });
});

test("a changed password leaves nothing in the form; a refused one says why", async () => {
  const { fake } = page({
    "auth.changePassword": () => {
      throw panelError("PASSWORD_WEAK", "…");
    },
  });
  const button = await screen.findByRole("button", { name: "Change password" });
  fill("Current password", "old password");
  fill("New password", "1234567890");
  fill("Repeat password", "1234567890");
  fireEvent.submit(button.closest("form") as HTMLFormElement);
  await expect.poll(() => saidAt("New password")).toContain("This password is too easy to guess.");
  fake.answers["auth.changePassword"] = () => {
    throw panelError("CREDENTIALS_WRONG", "…");
  };
  fireEvent.submit(button.closest("form") as HTMLFormElement);
  await expect.poll(() => saidAt("Current password")).toBe("This is not your password.");
  fill("Current password", "the right one");
  expect(saidAt("Current password")).toBeUndefined();
  fake.answers["auth.changePassword"] = () => null;
  fireEvent.submit(button.closest("form") as HTMLFormElement);
  expect(await screen.findByText("Password changed")).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>("New password").value).toBe("");
  expect(fake.calls.findLast(({ path }) => path === "auth.changePassword")?.input).toEqual({
    password: "the right one",
    newPassword: "1234567890",
    revokeOthers: true,
  });
});

test("a second factor: password, the app's code, then recovery codes shown once", async () => {
  page({
    "auth.totpBegin": () => ({ secret: "ABC234", uri: "otpauth://totp/x?secret=ABC234" }),
    "auth.totpConfirm": () => ({ recoveryCodes: ["AAAA-1111", "BBBB-2222"] }),
  });
  fireEvent.click(await screen.findByRole("button", { name: "Turn on…" }));
  const password = await screen.findByRole("dialog", { name: "Turn on two-step sign-in" });
  const field = within(password).getByLabelText("Current password");
  fireEvent.input(field, { target: { value: "secret" } });
  fireEvent.submit(field.closest("form") as HTMLFormElement);
  expect(await screen.findByRole("img", { name: "QR code for two-step sign-in" })).toBeTruthy();
  expect(screen.getByText("ABC234")).toBeTruthy();
  fill("Six digits", "123 456");
  fireEvent.submit(screen.getByLabelText("Six digits").closest("form") as HTMLFormElement);
  expect(await screen.findByText("BBBB-2222")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "I have saved them" }));
  await expect.poll(() => screen.queryByText("BBBB-2222")).toBeNull();
});

test("a token is confined, expires, and is shown once", async () => {
  const { fake } = page({
    "tokens.create": () => ({ name: "script", token: "claw_secret" }),
  });
  fireEvent.click(await screen.findByRole("button", { name: "Create a token" }));
  const dialog = await screen.findByRole("dialog", { name: "Create a token" });
  const password = within(dialog).getByLabelText("Current password");
  fireEvent.input(password, { target: { value: "secret" } });
  fill("Purpose", "script");
  fireEvent.click(screen.getByRole("radio", { name: "Operate" }));
  fireEvent.submit(screen.getByLabelText("Purpose").closest("form") as HTMLFormElement);
  expect((await screen.findByLabelText<HTMLInputElement>("Token")).value).toBe("claw_secret");
  expect(inputOf(fake.calls, "tokens.create")).toEqual({
    name: "script",
    scope: "operate",
    instanceIds: null,
    expiresInDays: 90,
    password: "secret",
  });
  fireEvent.click(screen.getByRole("button", { name: "Done" }));
  await expect.poll(() => screen.queryByLabelText("Token")).toBeNull();
  expect(document.body.innerHTML).not.toContain("claw_secret");
});

test("of hundreds of instances, those of a token are found by a part of their names", async () => {
  const instances = Array.from({ length: 300 }, (_, n) =>
    anInstance({ id: `bot-${n}`, name: `Bot ${n}` }),
  );
  const { fake } = page({ "tokens.create": () => ({ name: "s", token: "claw_x" }) }, instances);
  fireEvent.click(await screen.findByRole("button", { name: "Create a token" }));
  const dialog = await screen.findByRole("dialog", { name: "Create a token" });
  fireEvent.keyDown(within(dialog).getByRole("button", { name: /Instances/ }), {
    key: "ArrowRight",
  });
  for (const name of ["bot-7", "bot 299"]) {
    fireEvent.input(within(dialog).getByLabelText("Search name or ID"), {
      target: { value: name },
    });
    const [first] = within(dialog).getAllByRole("checkbox");
    fireEvent.click(first as HTMLElement);
  }
  expect(within(dialog).getAllByRole("checkbox")).toHaveLength(1);
  fill("Purpose", "script");
  fireEvent.input(within(dialog).getByLabelText("Current password"), { target: { value: "pw" } });
  fireEvent.submit(within(dialog).getByLabelText("Purpose").closest("form") as HTMLElement);
  expect((await screen.findByLabelText<HTMLInputElement>("Token")).value).toBe("claw_x");
  expect(inputOf(fake.calls, "tokens.create")).toMatchObject({
    instanceIds: ["bot-299", "bot-7"],
  });
});

test("a program is named as people name it", () => {
  expect(agentWords("Mozilla/5.0 (iPhone) Version/18 Safari/604.1")).toBe("Safari on iOS");
  expect(agentWords("node")).toBe("node");
  expect(agentWords("")).toBe("Unknown program");
});
