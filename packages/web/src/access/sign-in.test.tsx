import { cleanup, fireEvent, screen } from "@solidjs/testing-library";
import { afterEach, expect, test } from "vitest";
import { panelError } from "../testing/fake-api.ts";
import { anInstance } from "../testing/fixtures.ts";
import { ADMINISTRATOR, renderApp } from "../testing/render-app.tsx";

const SIGNED_IN = {
  token: "secret",
  expiresAt: "2026-12-22T08:00:00.000Z",
  user: ADMINISTRATOR,
  browser: "known",
};
const HOLDER = {
  username: "zhang",
  displayName: "张三丰",
  invited: true,
  expiresAt: "2026-12-07T08:00:00.000Z",
};
afterEach(() => {
  localStorage.removeItem("claw.browser");
  sessionStorage.clear();
});
const field = (name: string) => screen.findByLabelText<HTMLInputElement>(name);
const type = async (name: string, value: string) =>
  fireEvent.input(await field(name), { target: { value } });
const submit = async (name: string) =>
  fireEvent.submit(
    (await screen.findByRole("button", { name })).closest("form") as HTMLFormElement,
  );

async function fillIn() {
  await type("User name", "admin");
  await type("Password", "seven lobsters");
}

test("who signs in is at the address that they asked for, on a connection of their own", async () => {
  const { fake, kept, show } = renderApp({
    me: null,
    path: "/instances",
    instances: [anInstance()],
    answers: { "auth.login": () => SIGNED_IN },
  });
  await fillIn();
  expect(fake.subscribed("instances.watch")).toEqual([]);
  await submit("Sign in");
  await expect.poll(() => fake.subscribed("instances.watch")).toHaveLength(1);
  show();
  expect(await screen.findByRole("row", { name: /张三/ })).toBeTruthy();
  expect([...fake.open]).toEqual([null, "secret"]);
  expect(kept.token).toBe("secret");
  expect(fake.calls.find(({ path }) => path === "auth.login")?.input).toEqual({
    username: "admin",
    password: "seven lobsters",
  });
  expect(window.location.href).not.toContain("secret");
});

test("what the panel gave the browser is sent along with the next log-in, also after a log-out", async () => {
  const { fake, session } = renderApp({
    me: null,
    path: "/instances",
    answers: { "auth.login": () => SIGNED_IN },
  });
  const sent = () => fake.calls.filter(({ path }) => path === "auth.login").map((c) => c.input);
  await fillIn();
  await submit("Sign in");
  await expect.poll(() => session.phase()).toBe("signedIn");
  await session.leave();
  await fillIn();
  await submit("Sign in");
  await expect.poll(sent).toMatchObject([{}, { browser: "known" }]);
  expect(sent()[0]).not.toHaveProperty("browser");
});

test("a second factor is asked for when there is one, and again when it was wrong", async () => {
  let tries = 0;
  renderApp({
    me: null,
    answers: {
      "auth.login": () => {
        tries += 1;
        if (tries === 1) throw panelError("TOTP_REQUIRED", "…");
        if (tries === 2) throw panelError("TOTP_WRONG", "…");
        return SIGNED_IN;
      },
    },
  });
  await fillIn();
  await submit("Sign in");
  await type("Code", "000000");
  expect(screen.queryByRole("alert")).toBeNull();
  await submit("Sign in");
  expect(await screen.findByText(/The code is wrong/)).toBeTruthy();
  expect((await field("Code")).value).toBe("");
  await type("Code", "123456");
  await submit("Sign in");
  expect(await screen.findByRole("main")).toBeTruthy();
  await expect.poll(() => tries).toBe(3);
});

test("a login that must wait counts down, and can be tried again then", async () => {
  renderApp({
    me: null,
    answers: {
      "auth.login": () => {
        throw panelError("TOO_MANY_ATTEMPTS", "…", [], 2);
      },
    },
  });
  await fillIn();
  await submit("Sign in");
  const button = await screen.findByRole<HTMLButtonElement>("button", { name: "Try again in 2 s" });
  expect(button.disabled).toBe(true);
  expect(await screen.findByText("Too many attempts.")).toBeTruthy();
  const ready = await screen.findByRole<HTMLButtonElement>("button", { name: "Sign in" });
  expect(ready.disabled).toBe(false);
});

test("a session that the panel has ended says so, and leaves nothing of itself", async () => {
  const { fake, kept } = renderApp({ instances: [anInstance()] });
  expect(screen.getByRole("row", { name: /张三/ })).toBeTruthy();
  fake.fail("jobs.watch", panelError("UNAUTHENTICATED", "…"));
  expect(await screen.findByText("You are signed out")).toBeTruthy();
  expect(screen.queryByText("张三")).toBeNull();
  expect(fake.subscribed("instances.watch")).toEqual([]);
  expect([kept.token, [...fake.open]]).toEqual([null, [null]]);
  expect(window.location.pathname).toBe("/instances");
});

test("who signs out is told nothing, and the panel hears of it", async () => {
  const { fake, session } = renderApp();
  await session.leave();
  expect(await screen.findByRole("heading", { name: "Sign in" })).toBeTruthy();
  expect(screen.queryByText("You are signed out")).toBeNull();
  expect(fake.calls.map(({ path }) => path)).toContain("auth.logout");
});

test("who signs out leaves no unsaved text with its keys behind", async () => {
  const draft = JSON.stringify({ text: "{token: 'secret'}", revision: "r1" });
  const { session } = renderApp();
  localStorage.setItem("claw.draft.zhangsan", draft);
  await session.leave();
  expect(JSON.stringify({ ...localStorage })).not.toContain("secret");
});

test("an unreachable panel is asked again", async () => {
  const { fake } = renderApp({
    me: null,
    answers: {
      "auth.state": () => {
        throw new TypeError("Failed to fetch");
      },
    },
  });
  const again = await screen.findByRole("button", { name: "Try again" });
  fake.answers["auth.state"] = () => ({ initialized: true, user: null });
  fireEvent.click(again);
  expect(await screen.findByRole("heading", { name: "Sign in" })).toBeTruthy();
});

test("the set-up code comes from the address, and does not stay there", async () => {
  const { fake } = renderApp({
    me: null,
    path: "/setup#code=AAAA-BBBB-CCCC",
    answers: {
      "auth.state": () => ({ initialized: false, user: null }),
      "auth.setup": () => SIGNED_IN,
    },
  });
  expect((await field("Set-up code")).value).toBe("AAAA-BBBB-CCCC");
  expect(window.location.href).not.toContain("AAAA");
  await type("New password", "short");
  await type("Repeat password", "other");
  await submit("Create administrator");
  expect(screen.getByText("Use at least 10 characters.")).toBeTruthy();
  expect(screen.getByText("The passwords do not match.")).toBeTruthy();
  await type("New password", "seven lobsters");
  await type("Repeat password", "seven lobsters");
  await submit("Create administrator");
  await expect.poll(() => fake.subscribed("instances.watch")).toHaveLength(1);
  expect(window.location.pathname).toBe("/");
  expect(fake.calls.find(({ path }) => path === "auth.setup")?.input).toEqual({
    code: "AAAA-BBBB-CCCC",
    username: "admin",
    password: "seven lobsters",
  });
});

test("a one-time link sets a password, also where somebody is signed in", async () => {
  const { fake } = renderApp({
    path: "/reset-password#code=once",
    answers: {
      "auth.readLink": () => ({ ...HOLDER, invited: false }),
      "auth.redeemLink": () => ({ username: "zhang" }),
    },
  });
  await type("New password", "four boats under");
  await type("Repeat password", "four boats under");
  expect(window.location.href).not.toContain("once");
  await submit("Save password");
  expect(await screen.findByText("The user name is zhang; you can sign in now.")).toBeTruthy();
  expect(fake.calls.find(({ path }) => path === "auth.redeemLink")?.input).toEqual({
    code: "once",
    password: "four boats under",
    revokeOthers: true,
  });
});

test("an invitation names account and panel, sets the password and signs in", async () => {
  const member = { username: "zhang", displayName: "张三丰", role: "member" } as const;
  const { fake, kept } = renderApp({
    me: null,
    path: "/invite#code=once",
    answers: {
      "auth.readLink": () => HOLDER,
      "auth.redeemLink": () => ({ username: "zhang" }),
      "auth.login": () => ({ ...SIGNED_IN, user: member }),
    },
  });
  expect(await screen.findByRole("heading", { name: "Welcome, 张三丰" })).toBeTruthy();
  expect(screen.getByText("zhang")).toBeTruthy();
  expect(screen.getByText(window.location.host)).toBeTruthy();
  expect(window.location.href).not.toContain("once");
  await type("New password", "four boats under");
  expect((await field("New password")).type).toBe("password");
  fireEvent.click(screen.getByRole("checkbox", { name: "Show passwords" }));
  expect((await field("New password")).type).toBe("text");
  expect((await field("Repeat password")).type).toBe("text");
  await type("Repeat password", "four boats over");
  await submit("Set password and sign in");
  expect(screen.getByText("The passwords do not match.")).toBeTruthy();
  await type("Repeat password", "four boats under");
  await submit("Set password and sign in");
  await expect.poll(() => kept.token).toBe("secret");
  expect(await screen.findByRole("heading", { level: 1, name: "My instances" })).toBeTruthy();
  expect(window.location.pathname).toBe("/");
  const inputOf = (name: string) => fake.calls.find(({ path }) => path === name)?.input;
  expect(inputOf("auth.redeemLink")).toMatchObject({ code: "once", password: "four boats under" });
  expect(inputOf("auth.login")).toEqual({ username: "zhang", password: "four boats under" });
});

test("a password that is set although the sign-in fails is said to be set", async () => {
  renderApp({
    me: null,
    path: "/invite#code=once",
    answers: {
      "auth.readLink": () => HOLDER,
      "auth.redeemLink": () => ({ username: "zhang" }),
      "auth.login": () => {
        throw panelError("TOO_MANY_ATTEMPTS", "…", [], 2);
      },
    },
  });
  await type("New password", "four boats under");
  await type("Repeat password", "four boats under");
  await submit("Set password and sign in");
  expect(await screen.findByText("Password saved")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Go to sign-in" }));
  expect(await screen.findByRole("heading", { name: "Sign in" })).toBeTruthy();
});

test("a link that is over says what to do next", async () => {
  renderApp({
    me: null,
    path: "/invite#code=old",
    answers: {
      "auth.readLink": () => {
        throw panelError("LINK_INVALID", "…");
      },
    },
  });
  expect(await screen.findByText(/ask an administrator for a new link/)).toBeTruthy();
  expect(screen.queryByLabelText("New password")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Go to sign-in" }));
  expect(await screen.findByRole("heading", { name: "Sign in" })).toBeTruthy();
});

test("a link that could not be read because the connection broke is read again when asked to", async () => {
  let isBroken = true;
  const { fake } = renderApp({
    me: null,
    path: "/invite#code=once",
    answers: {
      "auth.readLink": () => {
        if (isBroken) throw new TypeError("Failed to fetch");
        return HOLDER;
      },
    },
  });
  const again = await screen.findByRole("button", { name: "Try again" });
  isBroken = false;
  fireEvent.click(again);
  expect(await screen.findByRole("heading", { name: "Welcome, 张三丰" })).toBeTruthy();
  // The code is no longer in the address.
  expect(fake.calls.findLast(({ path }) => path === "auth.readLink")?.input).toEqual({
    code: "once",
  });
});

test("an invitation outlives a reload of its page, until it is used", async () => {
  const answers = {
    "auth.readLink": () => HOLDER,
    "auth.redeemLink": () => ({ username: "zhang" }),
    "auth.login": () => SIGNED_IN,
  };
  renderApp({ me: null, path: "/invite#code=once", answers });
  await screen.findByRole("heading", { name: "Welcome, 张三丰" });
  cleanup();

  const { fake } = renderApp({ me: null, path: "/invite", answers });
  await type("New password", "four boats under");
  await type("Repeat password", "four boats under");
  await submit("Set password and sign in");
  const used = () => fake.calls.find(({ path }) => path === "auth.redeemLink")?.input;
  await expect.poll(used).toMatchObject({ code: "once" });
  expect(JSON.stringify({ ...sessionStorage })).not.toContain("once");
});
