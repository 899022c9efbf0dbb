import { fireEvent, screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { panelError } from "../testing/fake-api.ts";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

async function open(answers: Record<string, () => unknown>) {
  const view = renderApp({
    path: "/instances/zhangsan/danger",
    instances: [anInstance()],
    answers,
  });
  fireEvent.click(await screen.findByRole("button", { name: "Delete instance…" }));
  await screen.findByRole("dialog", { name: "Delete 张三" });
  return view;
}

const button = (name: string) => screen.getByRole<HTMLButtonElement>("button", { name });

test("keeps the data unless told otherwise", async () => {
  const { fake } = await open({ "instances.remove": () => ({ id: "zhangsan" }) });
  expect(screen.getByRole<HTMLInputElement>("radio", { name: "Keep the data" }).checked).toBe(true);
  fireEvent.click(button("Delete instance"));
  await expect
    .poll(() => fake.calls.at(-1))
    .toEqual({ path: "instances.remove", input: { id: "zhangsan", deleteData: false } });
  expect(await screen.findByText("Its data is kept in instances/zhangsan.")).toBeTruthy();
  await expect.poll(() => window.location.pathname).toBe("/instances");
});

test("deletes data only when the id is typed", async () => {
  const { fake } = await open({ "instances.remove": () => ({ id: "zhangsan" }) });
  fireEvent.click(screen.getByRole("radio", { name: "Delete the data too" }));
  expect(button("Delete instance and data").disabled).toBe(true);
  const field = screen.getByRole("textbox", { name: "Type zhangsan to confirm" });
  fireEvent.input(field, { target: { value: "zhangsa" } });
  expect(button("Delete instance and data").disabled).toBe(true);
  fireEvent.input(field, { target: { value: "zhangsan" } });
  fireEvent.click(button("Delete instance and data"));
  await expect.poll(() => fake.calls.at(-1)?.input).toEqual({ id: "zhangsan", deleteData: true });
});

test("stays open with the reason when it did not work", async () => {
  await open({
    "instances.remove": () => {
      throw panelError("BUSY", "The instance is being stopped.");
    },
  });
  fireEvent.click(button("Delete instance"));
  expect(await screen.findByText("The instance is being stopped.")).toBeTruthy();
  expect(screen.getByRole("dialog", { name: "Delete 张三" })).toBeTruthy();
});
