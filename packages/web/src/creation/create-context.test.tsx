import { fireEvent, screen } from "@solidjs/testing-library";
import { expect, test, vi } from "vitest";
import { renderApp } from "../testing/render-app.tsx";

test("the pointer on the button loads the form, which then opens at once", async () => {
  renderApp();
  const button = screen.getByRole("button", { name: "Create instance" });
  fireEvent.pointerEnter(button);
  await vi.dynamicImportSettled();
  fireEvent.click(button);
  expect(screen.getByRole("dialog", { name: "Create instance" })).toBeTruthy();
});
