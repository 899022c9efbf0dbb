import { createRoot, createSignal } from "solid-js";
import { expect, test } from "vitest";
import { createSelection } from "./create-selection.ts";

function aSelection() {
  const [visible, setVisible] = createSignal<readonly string[]>(["a", "b", "c", "d", "e"]);
  return { setVisible, ...createRoot(() => createSelection(visible)) };
}

test("marks one by one, and knows whether some or all are marked", () => {
  const selection = aSelection();
  expect(selection.state()).toBe("none");
  selection.set("d", true);
  selection.set("b", true);
  expect(selection.ids()).toEqual(["b", "d"]);
  expect(selection.state()).toBe("some");
  selection.toggleAll();
  expect(selection.state()).toBe("all");
  selection.toggleAll();
  expect(selection.ids()).toEqual([]);
});

test("a range goes from what was marked last, in either direction", () => {
  const selection = aSelection();
  selection.set("d", true);
  selection.extendTo("b", true);
  expect(selection.ids()).toEqual(["b", "c", "d"]);
  selection.extendTo("e", true);
  expect(selection.ids()).toEqual(["b", "c", "d", "e"]);
  selection.extendTo("c", false);
  expect(selection.ids()).toEqual(["b", "e"]);
});

test("a range without a beginning is the one", () => {
  const selection = aSelection();
  selection.extendTo("c", true);
  expect(selection.ids()).toEqual(["c"]);
});

test("what the filter hides is not acted on, and comes back with it", () => {
  const selection = aSelection();
  selection.toggleAll();
  selection.setVisible(["b", "d"]);
  expect(selection.ids()).toEqual(["b", "d"]);
  selection.setVisible(["a", "b"]);
  expect(selection.ids()).toEqual(["a", "b"]);
});
