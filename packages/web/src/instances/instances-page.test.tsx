import { fireEvent, screen, within } from "@solidjs/testing-library";
import { describe, expect, test } from "vitest";
import { panelError } from "../testing/fake-api.ts";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const zhangsan = anInstance();
const lisi = anInstance({
  id: "lisi",
  name: "李四",
  port: 18790,
  status: "stopped",
  desired: "stopped",
  startedAt: null,
});
const broken = anInstance({
  id: "broken",
  name: "Broken",
  port: 18791,
  status: "error",
  statusReason: "It keeps ending with exit code 78 and is started again and again.",
  statusDetail: { code: "CRASH_LOOP", exitCode: 78, lines: ["Invalid config"] },
});

const row = (name: RegExp) => screen.getByRole("row", { name });

describe("the list of instances", () => {
  test("holds the place while nothing is known, then shows each instance", async () => {
    const { fake } = renderApp({ instances: [zhangsan, lisi] });
    expect(within(row(/张三/)).getByText("Running")).toBeTruthy();
    expect(within(row(/李四/)).getByText("Stopped")).toBeTruthy();
    fake.push("instances.watch", { type: "changed", instance: { ...lisi, status: "starting" } });
    expect(within(row(/李四/)).getByText("Starting")).toBeTruthy();
    fake.push("instances.watch", { type: "removed", id: "lisi" });
    expect(screen.queryByRole("row", { name: /李四/ })).toBeNull();
  });

  test("says why an instance is in error and leads to where it is mended", () => {
    renderApp({ instances: [broken] });
    const reason = screen.getByRole("link", {
      name: /exit code 78 \(invalid configuration/,
    });
    expect(reason.getAttribute("href")).toBe("/instances/broken/config");
  });

  test("filters by status and text, keeps it in the address, and counts", async () => {
    renderApp({ instances: [zhangsan, lisi, broken] });
    fireEvent.click(screen.getByRole("button", { name: /^Stopped/ }));
    expect(screen.getByRole("button", { name: /^Stopped\s?1$/ }).getAttribute("aria-pressed")).toBe(
      "true",
    );
    expect(screen.queryByRole("row", { name: /张三/ })).toBeNull();
    await expect.poll(() => window.location.search).toBe("?status=stopped");
    fireEvent.input(screen.getByRole("searchbox"), { target: { value: "nobody" } });
    expect(screen.getByText("No instance matches")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Clear the filter" }));
    expect(row(/张三/)).toBeTruthy();
  });

  test("rows stay where they are when a status changes, until they are to be sorted again", async () => {
    const { fake } = renderApp({
      path: "/instances?sort=status",
      instances: [zhangsan, lisi, broken],
    });
    const names = () =>
      screen.getAllByRole("rowheader").map((cell) => within(cell).getByRole("link").textContent);
    expect(names()).toEqual(["Broken", "张三", "李四"]);
    expect(screen.queryByRole("button", { name: "Sort again" })).toBeNull();
    fake.push("instances.watch", { type: "changed", instance: { ...lisi, status: "error" } });
    fake.push("instances.watch", { type: "changed", instance: { ...broken, status: "stopped" } });
    expect(names()).toEqual(["Broken", "张三", "李四"]);
    fireEvent.click(await screen.findByRole("button", { name: "Sort again" }));
    expect(names()).toEqual(["李四", "张三", "Broken"]);
    expect(screen.queryByRole("button", { name: "Sort again" })).toBeNull();
  });

  test("invites to create the first one when there is none", () => {
    renderApp();
    expect(screen.getByText("No instances yet")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Create instance" })).toBeTruthy();
  });
});

describe("actions on a row", () => {
  test("call the panel, and are busy until it answers", async () => {
    let answer = () => {};
    const { fake } = renderApp({
      instances: [zhangsan],
      answers: { "instances.stop": () => new Promise<void>((resolve) => (answer = resolve)) },
    });
    fireEvent.click(screen.getByRole("button", { name: "Stop 张三" }));
    await expect
      .poll(() => fake.calls.at(-1))
      .toEqual({ path: "instances.stop", input: { id: "zhangsan" } });
    const busy = screen.getByRole("button", { name: "Stop 张三" });
    expect(busy.getAttribute("aria-busy")).toBe("true");
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Restart 张三" }).disabled).toBe(
      true,
    );
    answer();
    await expect.poll(() => busy.getAttribute("aria-busy")).toBeNull();
  });

  test("tell a refusal by its reason, in the reader's words", async () => {
    renderApp({
      instances: [lisi],
      answers: {
        "instances.start": () => {
          throw panelError("PORT_TAKEN", "Port 18790 is used by another program.");
        },
      },
    });
    fireEvent.click(screen.getByRole("button", { name: "Start 李四" }));
    expect(await screen.findByText("Could not start 李四")).toBeTruthy();
    expect(screen.getByText(/The port is in use. Choose another port/)).toBeTruthy();
    expect(screen.getByText("Port 18790 is used by another program.")).toBeTruthy();
  });
});
