import { screen, waitFor } from "@solidjs/testing-library";
import { afterEach, expect, test, vi } from "vitest";
import { panelError } from "../../testing/fake-api.ts";
import { anInstance } from "../../testing/fixtures.ts";
import { renderApp } from "../../testing/render-app.tsx";

afterEach(() => vi.restoreAllMocks());

const PATH = "/open/anna/anna-0123456789";
const ENTRY = {
  action: "http://anna-0123456789.localhost:8000/.claw/enter",
  ticket: "t1cket",
  expiresAt: "2026-11-22T08:00:30.000Z",
};

/** The forms that a page submits; jsdom submits none. */
function submitted() {
  const forms: { action: string; fields: Record<string, unknown> }[] = [];
  vi.spyOn(HTMLFormElement.prototype, "submit").mockImplementation(function (
    this: HTMLFormElement,
  ) {
    forms.push({ action: this.action, fields: Object.fromEntries(new FormData(this)) });
  });
  return forms;
}

test("hands a ticket to the instance as a form, with the place that a bookmark asked for", async () => {
  const forms = submitted();
  const { fake } = renderApp({
    path: `${PATH}?access=full#to=%2Fchat`,
    answers: { "instances.enter": () => ENTRY },
  });
  // Any page can lead its reader here.
  const full = await screen.findByRole("button", { name: "Open with full access" });
  expect(fake.calls.some(({ path }) => path === "instances.enter")).toBe(false);
  full.click();
  await waitFor(() => expect(forms).toHaveLength(1));
  expect(forms[0]).toEqual({
    action: ENTRY.action,
    fields: { ticket: "t1cket", to: "/chat" },
  });
  expect(fake.calls.find(({ path }) => path === "instances.enter")?.input).toEqual({
    id: "anna",
    label: "anna-0123456789",
    access: "full",
  });
});

test.each([
  ["a link that asks for nothing", "", undefined],
  ["a link for reading", "?access=read", "read"],
])("%s opens at once", async (_, query, access) => {
  const forms = submitted();
  const { fake } = renderApp({
    path: `${PATH}${query}`,
    answers: { "instances.enter": () => ENTRY },
  });
  await waitFor(() => expect(forms).toHaveLength(1));
  const input = fake.calls.find(({ path }) => path === "instances.enter")?.input;
  expect(input).toEqual({ id: "anna", label: "anna-0123456789", ...(access && { access }) });
});

test("who was led to full access may look instead", async () => {
  const forms = submitted();
  const { fake } = renderApp({
    path: `${PATH}?access=full`,
    answers: { "instances.enter": () => ENTRY },
  });
  (await screen.findByRole("button", { name: "View only" })).click();
  await waitFor(() => expect(forms).toHaveLength(1));
  const input = fake.calls.find(({ path }) => path === "instances.enter")?.input;
  expect(input).toMatchObject({ access: "read" });
});

test("says why an instance does not open, and tries again when asked to", async () => {
  const forms = submitted();
  let runs = false;
  renderApp({
    path: PATH,
    answers: {
      "instances.enter": () => {
        if (runs) return ENTRY;
        throw panelError("INSTANCE_NOT_RUNNING", "It does not run.");
      },
    },
  });
  const retry = await screen.findByRole("button", { name: "Try again" });
  expect(screen.getByRole("alert").textContent).not.toBe("");
  expect(screen.getByRole("heading", { name: "The instance did not open" })).toBeTruthy();
  expect(forms).toEqual([]);
  runs = true;
  retry.click();
  await waitFor(() => expect(forms).toHaveLength(1));
});

test("a bookmark of a stopped instance starts it when asked to, and waits for it", async () => {
  const started = "2026-11-22T09:00:00.000Z";
  const { fake, show } = renderApp({
    path: PATH,
    instances: [anInstance({ id: "anna", name: "Anna", status: "starting", updatedAt: started })],
    answers: {
      "instances.enter": () => {
        throw panelError("INSTANCE_NOT_RUNNING", "It does not run.");
      },
      "instances.start": () => anInstance({ id: "anna", status: "starting", updatedAt: started }),
    },
  });
  (await screen.findByRole("button", { name: "Start and open" })).click();
  await waitFor(() => expect(window.location.pathname).toBe("/starting/anna"));
  expect(window.location.hash).toBe(`#since=${encodeURIComponent(started)}`);
  show();
  expect(await screen.findByRole("heading", { name: "Anna is starting" })).toBeTruthy();
  expect(fake.calls.filter(({ path }) => path === "instances.start")).toHaveLength(1);
});

test("asks who it is first, and opens afterwards", async () => {
  const forms = submitted();
  const { session } = renderApp({
    path: PATH,
    me: null,
    answers: { "instances.enter": () => ENTRY },
  });
  await screen.findByRole("heading", { name: "Sign in" });
  expect(forms).toEqual([]);
  session.enter({
    token: "token",
    user: { username: "anna", displayName: "Anna", role: "member" },
    expiresAt: "",
    browser: "",
  });
  await waitFor(() => expect(forms).toHaveLength(1));
});
