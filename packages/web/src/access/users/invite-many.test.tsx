import type { Invitation } from "@claw/core/access/user";
import { fireEvent, screen, within } from "@solidjs/testing-library";
import { afterEach, expect, test, vi } from "vitest";
import { panelError } from "../../testing/fake-api.ts";
import { anInstance, aUser } from "../../testing/fixtures.ts";
import { renderApp } from "../../testing/render-app.tsx";

afterEach(() => vi.restoreAllMocks());

const ZHANG = aUser();
const PASTED = "lisi 李四 li\nwangwu 王五 zhang\nzhangsan Other\nanna Anna Berg";
const linkOf = (username: string) => ({
  url: `https://panel.example/invite#code=${username}`,
  expiresAt: "2026-12-07T08:00:00.000Z",
});
const button = (name: string) => screen.getByRole<HTMLButtonElement>("button", { name });

/** The window with pasted lines, before anybody is invited. */
async function pasted(invite: (invitation: Invitation) => unknown) {
  const { fake } = renderApp({
    path: "/users",
    instances: [anInstance()],
    answers: { "users.list": () => [ZHANG], "users.invite": invite },
  });
  fireEvent.click(await screen.findByRole("button", { name: "Invite many…" }));
  const dialog = await screen.findByRole("dialog", { name: "Invite many colleagues" });
  fireEvent.input(within(dialog).getByRole("textbox"), { target: { value: PASTED } });
  await within(dialog).findByText("2 can be invited");
  return { fake, dialog };
}
const invitedIn = ({ calls }: { calls: { path: string; input: unknown }[] }) =>
  calls.filter(({ path }) => path === "users.invite").map(({ input }) => input);

test("pasted lines show their problems; the button shows the number of invitations", async () => {
  const { fake, dialog } = await pasted(({ username }) => linkOf(username));
  expect(within(dialog).getByText("This user name is taken.")).toBeTruthy();
  expect(within(dialog).getByText("Another instance already uses this ID.")).toBeTruthy();
  expect(invitedIn(fake)).toEqual([]);
  fireEvent.click(button("Invite 2, skip 2 lines"));
  await screen.findByText("2 of 2 invited");
  expect(invitedIn(fake)).toEqual([
    { username: "li", displayName: "李四", instance: { id: "lisi", name: "李四" } },
    { username: "anna", displayName: "Anna Berg", instance: { id: "anna", name: "Anna Berg" } },
  ]);
  expect(screen.getByText(linkOf("li").url)).toBeTruthy();
  expect(screen.getByText(/works once, until .* is shown only here and only now/)).toBeTruthy();
});

test("a failure is named and tried again alone; then all links are copied", async () => {
  const written: string[] = [];
  const writeText = async (text: string) => void written.push(text);
  Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText } });
  let refuses = true;
  const { fake } = await pasted(({ username }) => {
    if (refuses && username === "li") throw panelError("PORTS_EXHAUSTED", "…");
    return linkOf(username);
  });
  fireEvent.click(button("Invite 2, skip 2 lines"));
  await screen.findByText("1 of 2 invited");
  const row = screen.getByRole("row", { name: /李四/ });
  expect(within(row).getByText(/port/i)).toBeTruthy();
  refuses = false;
  fireEvent.click(button("Retry 1 failed"));
  await screen.findByText("2 of 2 invited");
  expect(invitedIn(fake)).toHaveLength(3);
  fireEvent.click(button("Copy all"));
  await expect
    .poll(() => written)
    .toEqual([`李四\t${linkOf("li").url}\nAnna Berg\t${linkOf("anna").url}`]);
  fireEvent.click(button("Done"));
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
});

test("closing asks first while it runs, and while links would be lost", async () => {
  const answers: PromiseWithResolvers<unknown>[] = [];
  const { fake } = await pasted(() => {
    const answer = Promise.withResolvers<unknown>();
    answers.push(answer);
    return answer.promise;
  });
  fireEvent.click(button("Invite 2, skip 2 lines"));
  const dialog = await screen.findByRole("dialog", { name: "Invite 2 colleagues" });
  await expect.poll(() => answers.length).toBe(1);
  fireEvent.keyDown(dialog, { key: "Escape" });
  const asked = await screen.findByRole("alert");
  expect(asked.textContent).toContain("The rest will not be invited.");
  expect(window.dispatchEvent(new Event("beforeunload", { cancelable: true }))).toBe(false);
  fireEvent.click(button("Keep it open"));
  expect(screen.queryByRole("alert")).toBeNull();
  answers[0]?.resolve(linkOf("li"));
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.resolve(linkOf("anna"));
  await screen.findByText("2 of 2 invited");

  fireEvent.click(button("Done"));
  expect((await screen.findByRole("alert")).textContent).toContain("2 links are not saved yet");
  fireEvent.click(button("Close anyway"));
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
  expect(invitedIn(fake)).toHaveLength(2);
  expect(window.dispatchEvent(new Event("beforeunload", { cancelable: true }))).toBe(true);
});

test("the list is saved as CSV", async () => {
  const saved: Blob[] = [];
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    if (blob instanceof Blob) saved.push(blob);
    return "blob:list";
  });
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
  await pasted(({ username }) => linkOf(username));
  fireEvent.click(button("Invite 2, skip 2 lines"));
  await screen.findByText("2 of 2 invited");
  fireEvent.click(button("Download CSV"));
  expect(await saved[0]?.text()).toContain(
    `Anna Berg,anna,anna,${linkOf("anna").url},2026-12-07T08:00:00.000Z\r\n`,
  );
});
