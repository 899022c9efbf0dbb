import type { AuditEntry } from "@claw/core/access/audit";
import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { renderApp } from "../../testing/render-app.tsx";
import { auditCsv } from "./audit-csv.ts";
import { queryOf } from "./create-audit.ts";

const entry = (patch: Partial<AuditEntry> = {}): AuditEntry => ({
  id: 1,
  at: "2026-11-22T08:00:00.000Z",
  user: "admin",
  via: { kind: "session", id: "s1" },
  address: "127.0.0.1",
  action: "instances.start",
  instanceIds: ["zhangsan"],
  object: null,
  result: "ok",
  count: 1,
  ...patch,
});
const asked = (calls: readonly { path: string; input: unknown }[]) =>
  calls.filter(({ path }) => path === "audit.list").map(({ input }) => input);

test("tells who did what, page by page, and why something was refused", async () => {
  const { fake } = renderApp({
    path: "/audit",
    answers: {
      "audit.list": ({ cursor }: { cursor: string | null }) =>
        cursor === null
          ? { entries: [entry({ id: 9 })], nextCursor: "9" }
          : {
              entries: [
                entry({
                  id: 2,
                  user: null,
                  action: "auth.login",
                  instanceIds: [],
                  result: "CREDENTIALS_WRONG",
                }),
              ],
              nextCursor: null,
            },
    },
  });
  expect(
    await screen.findByRole("row", { name: /admin Start an instance zhangsan Done/ }),
  ).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Show older" }));
  const refused = await screen.findByRole("row", { name: /Not signed in Sign in/ });
  expect(within(refused).getByText(/Wrong user name/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Show older" })).toBeNull();
  expect(asked(fake.calls)).toMatchObject([{ cursor: null }, { cursor: "9" }]);
});

test("a scheduled backup without some of its instances is not told as done", async () => {
  const via = { kind: "schedule", id: "backups" } as const;
  const scheduled = entry({ user: "schedule", via, action: "backups.finish", result: "partial" });
  renderApp({
    path: "/audit",
    answers: { "audit.list": () => ({ entries: [scheduled], nextCursor: null }) },
  });
  const mark = await screen.findByText("Partly done");
  expect(mark.className).not.toContain("text-running");
});

test("what the schedule did is not taken for a person's", async () => {
  const via = { kind: "schedule", id: "backups" } as const;
  const scheduled = entry({ user: "schedule", via, address: "", action: "backups.finish" });
  renderApp({
    path: "/audit",
    answers: { "audit.list": () => ({ entries: [scheduled], nextCursor: null }) },
  });
  expect(
    await screen.findByRole("row", { name: /The schedule Scheduled backup ended zhangsan Done/ }),
  ).toBeTruthy();
});

test("asks for what the filter says, and takes it back", async () => {
  const { fake } = renderApp({
    path: "/audit",
    answers: { "audit.list": () => ({ entries: [], nextCursor: null }) },
  });
  fireEvent.input(await screen.findByLabelText("User name"), { target: { value: "Zhang " } });
  await expect.poll(() => asked(fake.calls).at(-1)).toMatchObject({ user: "zhang" });
  const [clear] = await screen.findAllByRole("button", { name: "Clear the filter" });
  fireEvent.click(clear as HTMLElement);
  await expect.poll(() => asked(fake.calls).at(-1)).not.toHaveProperty("user");
});

test("a line that stands for many says for how many, and so does the CSV", async () => {
  const joined = entry({ user: null, via: null, action: "auth.login", count: 40 });
  renderApp({
    path: "/audit",
    answers: { "audit.list": () => ({ entries: [joined, entry()], nextCursor: null }) },
  });
  const row = await screen.findByRole("row", { name: /Not signed in Sign in.*40 more like this/ });
  expect(within(row).getByText("40 more like this")).toBeTruthy();
  expect(screen.getAllByText(/more like this/)).toHaveLength(1);
  const [head, first] = auditCsv([joined]).split("\r\n");
  expect([head?.endsWith(",count"), first?.endsWith(",40")]).toEqual([true, true]);
});

test("days are those of this browser, the last one included", () => {
  const none = { user: "", group: "all", instanceId: "", since: "", until: "" } as const;
  expect(queryOf(none)).toEqual({});
  expect(queryOf({ ...none, group: "users", instanceId: "zhang san" })).toEqual({
    action: "users.",
  });
  expect(queryOf({ ...none, since: "2026-11-22", until: "2026-11-22" })).toEqual({
    since: new Date(2026, 10, 22).toISOString(),
    until: new Date(2026, 10, 23).toISOString(),
  });
});

test("no cell of the CSV is a formula, and quotes stay what they are", () => {
  const csv = auditCsv([entry({ user: null, via: null, object: '=1+"1",2' })]);
  expect(csv.startsWith("\uFEFFat,user,via,")).toBe(true);
  expect(csv.split("\r\n")[1]).toBe(
    `2026-11-22T08:00:00.000Z,,,127.0.0.1,instances.start,zhangsan,"'=1+""1"",2",ok,1`,
  );
});
