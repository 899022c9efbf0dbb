import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { createFakeBatches } from "../testing/fake-batches.ts";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const button = (name: RegExp | string) => screen.getByRole<HTMLButtonElement>("button", { name });

test("previews pasted lines with what is wrong, and creates the others", async () => {
  const batches = createFakeBatches();
  const { fake } = renderApp({
    instances: [anInstance()],
    answers: batches.answers,
  });
  batches.of(fake);
  fireEvent.click(button("Create many"));
  const dialog = await screen.findByRole("dialog", { name: "Create many instances" });
  expect(button("Create 0").disabled).toBe(true);
  fireEvent.input(within(dialog).getByRole("textbox"), {
    target: { value: "zhangsan 张三\n李四\nanna\tAnna Berg" },
  });
  expect(await within(dialog).findByText("2 can be created")).toBeTruthy();
  expect(within(dialog).getByText("Another instance already uses this ID.")).toBeTruthy();
  expect(within(dialog).getByRole("row", { name: /2 lisi automatic 李四/ })).toBeTruthy();
  fireEvent.click(within(dialog).getByRole("switch", { name: "Start immediately" }));
  fireEvent.click(button("Create 2, skip 1 line"));
  await screen.findByRole("dialog", { name: "Create 2 instances" });
  await expect
    .poll(() => batches.asked)
    .toEqual([
      {
        action: "create",
        instances: [
          { id: "lisi", name: "李四", start: false },
          { id: "anna", name: "Anna Berg", start: false },
        ],
      },
    ]);
});
