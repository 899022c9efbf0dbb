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

async function open() {
  const view = renderApp({ path: "/instances/zhangsan/logs", instances: [anInstance()] });
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
