import { fireEvent, screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { panelError } from "../testing/fake-api.ts";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const line = (text: string, stream = "stdout") => ({
  ts: "2026-11-22T08:22:07.707000000Z",
  stream,
  text,
});

async function open(olderLogs: () => unknown = () => ({ lines: [] })) {
  const view = renderApp({
    path: "/instances/zhangsan/logs",
    instances: [anInstance()],
    answers: { "instances.olderLogs": olderLogs },
  });
  const log = await screen.findByRole("log", { name: "Logs of 张三" });
  const push = (lines: object[], skipped = 0) =>
    view.fake.push("instances.logs", { id: "c", data: { lines, skipped } });
  return { ...view, log, push };
}

test("shows lines as they come, and where some were left out", async () => {
  const { push } = await open();
  expect(screen.getByText("Reading the log")).toBeTruthy();
  push([]);
  expect(await screen.findByText("Nothing has been logged yet")).toBeTruthy();
  push([line("[gateway] ready"), line("boom", "stderr")]);
  expect(await screen.findByText("ready")).toBeTruthy();
  expect(screen.getByText("boom").closest("[data-stream]")?.getAttribute("data-stream")).toBe(
    "stderr",
  );
  push([line("later")], 1204);
  expect(await screen.findByText(/1,204 lines skipped/)).toBeTruthy();
});

test("marks what is searched for, and counts it", async () => {
  const { push, log } = await open();
  push([line("one token"), line("two"), line("Token three")]);
  await screen.findByText("two");
  fireEvent.input(screen.getByRole("searchbox", { name: "Search the log" }), {
    target: { value: "token" },
  });
  expect(await screen.findByText("2/2")).toBeTruthy();
  expect([...log.querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual([
    "token",
    "Token",
  ]);
  fireEvent.click(screen.getByRole("button", { name: "Previous match" }));
  expect(screen.getByText("1/2")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Clear" }));
  expect(log.querySelector("mark")).toBeNull();
});

test("says why there is no log", async () => {
  const { fake } = await open();
  fake.fail("instances.logs", panelError("ENGINE_UNREACHABLE", "away"));
  expect(await screen.findByText("Docker cannot be reached.")).toBeTruthy();
});

test("older lines come above, up to the beginning of the log", async () => {
  const older = { ...line("long ago"), ts: "2026-11-22T07:00:00.000000000Z" };
  const { push } = await open(() => ({ lines: [older] }));
  push([line("now")]);
  expect(await screen.findByText("long ago")).toBeTruthy();
  expect(screen.getByText("The log begins here")).toBeTruthy();
  const rows = [...screen.getByRole("log").querySelectorAll("[data-stream]")];
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringContaining("long ago"),
    expect.stringContaining("now"),
  ]);
});

test("says that older lines were not read, and reads them when asked to", async () => {
  let away = true;
  const { push } = await open(() => {
    if (away) throw panelError("ENGINE_UNREACHABLE", "away");
    return { lines: [] };
  });
  push([line("now")]);
  expect(await screen.findByText("Older lines could not be read")).toBeTruthy();
  away = false;
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("The log begins here")).toBeTruthy();
});
