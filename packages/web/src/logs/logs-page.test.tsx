import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

await import("./logs-page.tsx");

const instances = [anInstance(), anInstance({ id: "lisi", name: "李四", port: 18790 })];
const line = { ts: "2026-11-22T08:00:00.000000000Z", stream: "stdout", text: "hello" };

function open(query = "") {
  return renderApp({
    path: `/logs${query}`,
    instances,
    answers: { "instances.olderLogs": () => ({ lines: [] }) },
  });
}

const address = () => decodeURIComponent(window.location.search);
test("instances are added and taken away, and the address tells which", async () => {
  open();
  expect(await screen.findByText("No instance chosen yet")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Add an instance" }));
  fireEvent.click(await screen.findByRole("option", { name: "李四 lisi" }));
  expect(await screen.findByRole("log", { name: "Logs of 李四" })).toBeTruthy();
  await expect.poll(address).toBe("?ids=lisi");
  fireEvent.click(screen.getByRole("button", { name: "Stop showing 李四" }));
  expect(await screen.findByText("No instance chosen yet")).toBeTruthy();
});

test("shows several logs side by side", async () => {
  const { fake } = open("?ids=zhangsan,lisi,gone");
  const log = await screen.findByRole("log", { name: "Logs of 李四" });
  expect(screen.getAllByRole("log")).toHaveLength(2);
  fake.push("instances.logs", { id: "c", data: { lines: [line], skipped: 0 } });
  expect(await within(log).findByText("hello")).toBeTruthy();
});

test("shows several logs as one, each line with its name", async () => {
  const { fake } = open("?ids=zhangsan,lisi");
  fireEvent.click(await screen.findByRole("button", { name: "Merged by time" }));
  const log = await screen.findByRole("log", { name: "Merged logs" });
  await expect.poll(address).toBe("?ids=zhangsan,lisi&view=merged");
  fake.push("instances.logs", { id: "c", data: { lines: [line], skipped: 0 } });
  expect(await within(log).findByText("张三", {}, { timeout: 3000 })).toBeTruthy();
  expect(within(log).getByText("李四")).toBeTruthy();
});
