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

// The first test must not wait for modules that the others have loaded.
await import("./log-view.tsx");
await import("../instance/instance-page.tsx");

const press = (element: HTMLElement) => {
  fireEvent.pointerDown(element, { button: 0, pointerType: "mouse" });
  fireEvent.pointerUp(element, { button: 0, pointerType: "mouse" });
};

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
  expect(await screen.findByText("Docker is unreachable.")).toBeTruthy();
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
  expect(
    await screen.findByText("Could not read older lines: Docker is unreachable."),
  ).toBeTruthy();
  away = false;
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("The log begins here")).toBeTruthy();
});

test("searches for a regular expression, with or without case, and remembers which", async () => {
  const { push, log, unmount } = await open();
  push([line("code 12"), line("Code 7"), line("none")]);
  await screen.findByText("none");
  fireEvent.input(screen.getByRole("searchbox", { name: "Search the log" }), {
    target: { value: "code \\d" },
  });
  expect(await screen.findByText("No match")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Regular expression" }));
  expect(await screen.findByText("2/2")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Match case" }));
  expect(await screen.findByText("1/1")).toBeTruthy();
  expect(log.querySelector("mark")?.textContent).toBe("code 1");
  fireEvent.input(screen.getByRole("searchbox"), { target: { value: "(" } });
  expect(await screen.findByText("Invalid regular expression")).toBeTruthy();
  unmount();
  await open();
  expect(screen.getByRole("button", { name: "Match case" }).getAttribute("aria-pressed")).toBe(
    "true",
  );
});

test("shows only lines of a level, and times when they are wanted", async () => {
  const { push, log } = await open();
  push([line("INFO fine"), line("WARN careful"), line("trouble", "stderr")]);
  expect(await screen.findByText("fine")).toBeTruthy();
  expect(log.querySelectorAll("time")).toHaveLength(3);
  fireEvent.click(screen.getByRole("button", { name: "Times" }));
  expect(log.querySelector("time")).toBeNull();
  press(screen.getByRole("button", { name: /^Level/ }));
  press(await screen.findByRole("menuitemradio", { name: "WARN and up" }));
  expect(screen.queryByText("fine")).toBeNull();
  expect(screen.getByText("careful")).toBeTruthy();
  expect(screen.getByText("trouble")).toBeTruthy();
});

test("a JSON line opens and shows its fields, and what is searched for in them", async () => {
  const { push, log } = await open();
  push([
    line('{"level":"warn","subsystem":"cron","message":"late","took":{"ms":42}}'),
    line("plain"),
  ]);
  expect(await screen.findByText("late")).toBeTruthy();
  expect(screen.getByText("warn")).toBeTruthy();
  const button = screen.getByRole("button", { name: "All fields of this line" });
  expect(button.getAttribute("aria-expanded")).toBe("false");
  fireEvent.click(button);
  expect(button.getAttribute("aria-expanded")).toBe("true");
  expect(log.querySelector("pre")?.textContent).toContain('"ms": 42');
  fireEvent.input(screen.getByRole("searchbox"), { target: { value: "42" } });
  expect(await screen.findByText("1/1")).toBeTruthy();
  expect(log.querySelector("mark")?.textContent).toBe("42");
  fireEvent.click(button);
  expect(log.querySelector("pre")).toBeNull();
});

test("the bar beside the log goes to the nearest match", async () => {
  const { push } = await open();
  push(
    Array.from({ length: 40 }, (_, index) => line(index % 10 ? `line ${index}` : `hit ${index}`)),
  );
  await screen.findByText("hit 30");
  expect(screen.queryByRole("button", { name: "Positions of the matches" })).toBeNull();
  fireEvent.input(screen.getByRole("searchbox"), { target: { value: "hit" } });
  const bar = await screen.findByRole("button", { name: "Positions of the matches" });
  bar.getBoundingClientRect = () => ({ top: 100, height: 400 }) as DOMRect;
  fireEvent.click(bar, { detail: 1, clientY: 300 });
  expect(await screen.findByText("3/4")).toBeTruthy();
  fireEvent.click(bar);
  expect(await screen.findByText("4/4")).toBeTruthy();
});

test("what a line says of itself makes it red, not the stream that it came by", async () => {
  const { push, log } = await open();
  push([line("progress", "stderr"), line("WARN careful", "stderr"), line("ERROR broken")]);
  await screen.findByText("broken");
  const edges = [...log.querySelectorAll("[data-stream]")].map(
    (row) => /border-l-(?!2)\w+/.exec(row.className)?.[0],
  );
  expect(edges).toEqual(["border-l-transparent", "border-l-unknown", "border-l-error"]);
});
