import { fireEvent, screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { panelError } from "../testing/fake-api.ts";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const find = (name: string) => screen.findByRole("button", { name }, { timeout: 5000 });

test("a stop offers the start, and a start the stop", async () => {
  const { fake } = renderApp({
    instances: [anInstance()],
    answers: { "instances.stop": () => null, "instances.start": () => null },
  });
  press("Stop 张三");
  fireEvent.click(await find("Start again"));
  await expect.poll(() => fake.calls.at(-1)?.path).toBe("instances.start");
  fireEvent.click(await find("Undo the start"));
  await expect.poll(() => fake.calls.at(-1)?.path).toBe("instances.stop");
});

test("what failed is tried again from the toast that says why", async () => {
  let tries = 0;
  const { fake } = renderApp({
    instances: [anInstance({ status: "stopped" })],
    answers: {
      "instances.start": () => {
        tries += 1;
        if (tries === 1) throw panelError("PORT_TAKEN", "Port 18789 is used.");
        return null;
      },
    },
  });
  press("Start 张三");
  expect(await screen.findByText("Port 18789 is used.")).toBeTruthy();
  fireEvent.click(await find("Try again"));
  expect(await find("Undo the start")).toBeTruthy();
  expect(fake.calls.filter(({ path }) => path === "instances.start")).toHaveLength(2);
  expect(screen.queryByText("Port 18789 is used.")).toBeNull();
});

test("an instance whose data was kept is created again with id, name, port and wish", async () => {
  const { fake } = renderApp({
    path: "/instances/zhangsan/danger",
    instances: [anInstance()],
    answers: {
      "instances.remove": () => ({ id: "zhangsan" }),
      "instances.create": () => {
        throw panelError("PORT_TAKEN", "Port 18789 is used.");
      },
    },
  });
  fireEvent.click(await find("Delete instance…"));
  await screen.findByRole("dialog");
  press("Delete instance");
  fireEvent.click(await find("Recreate"));
  await expect
    .poll(() => fake.calls.at(-1))
    .toEqual({
      path: "instances.create",
      input: { id: "zhangsan", name: "张三", port: 18789, start: true },
    });
  expect(await screen.findByText("Could not recreate 张三")).toBeTruthy();
});
