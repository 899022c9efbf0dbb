import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { createFakeBatches } from "../testing/fake-batches.ts";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const ACTION = "Open through the panel…";
const path = "/instances/zhangsan";

test("an instance that opens by its token explains the consequences, and changes after a question", async () => {
  const batches = createFakeBatches();
  const { fake } = renderApp({
    path,
    instances: [anInstance({ opensBy: "token-migratable" })],
    answers: batches.answers,
  });
  batches.of(fake);
  expect(await screen.findByText(/whoever has the link gets in/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: ACTION }));
  const dialog = await screen.findByRole("dialog", {
    name: "Let 1 instance open through the panel?",
  });
  expect(dialog.textContent).toContain("Links with a token stop working.");
  expect(within(dialog).queryByRole("switch"), "one needs no waves").toBeNull();
  expect(batches.asked).toEqual([]);
  fireEvent.click(
    within(dialog).getByRole("button", { name: "Let 1 instance open through the panel" }),
  );
  await expect.poll(() => batches.asked).toEqual([{ action: "migrate", ids: ["zhangsan"] }]);
});

test("one that nobody can open shows no dead address, and says what to set", async () => {
  const url = "http://127.0.0.1:28700/";
  renderApp({ path, instances: [anInstance({ opensBy: "unserved", url, owner: "mina" })] });
  const said = await screen.findAllByText(/Nobody can open this instance.*CLAW_INSTANCE_DOMAIN/);
  expect(said, "of its access, its devices and its open paths").toHaveLength(3);
  expect(screen.queryByText(url)).toBeNull();
  expect(screen.queryByRole("button", { name: "Copy link" })).toBeNull();
  expect(screen.queryByText(/opens by its token/)).toBeNull();
});

test("one that is stopped may change, too", async () => {
  const off = { status: "stopped", desired: "stopped", startedAt: null } as const;
  renderApp({ path, instances: [anInstance({ opensBy: "token-migratable", ...off })] });
  expect(await screen.findByRole("button", { name: ACTION })).toBeTruthy();
});

test.each([
  ["one that opens through the panel", { opensBy: "panel" as const }, {}],
  ["one that must open by its token", { opensBy: "token" as const }, {}],
  [
    "a member",
    { opensBy: "token-migratable" as const, owner: "mina" },
    { username: "mina", role: "member" as const },
  ],
])("it is not offered: %s", async (_, patch, me) => {
  renderApp({ path, instances: [anInstance(patch)], me });
  expect(await screen.findByRole("heading", { name: "张三" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: ACTION })).toBeNull();
});
