import { createRoot } from "solid-js";
import { expect, test } from "vitest";
import { keepUncovered, toastFloor } from "./toast-floor.ts";

function barAt(distance: number) {
  const bar = document.createElement("div");
  bar.getBoundingClientRect = () => ({ top: window.innerHeight - distance }) as DOMRect;
  const dispose = createRoot((dispose) => {
    keepUncovered(bar);
    return dispose;
  });
  window.dispatchEvent(new Event("resize"));
  return dispose;
}

test("toasts begin above the highest bar at the lower edge, as long as it is there", () => {
  const low = barAt(48);
  const high = barAt(90);
  expect(toastFloor()).toBe(90);
  high();
  expect(toastFloor()).toBe(48);
  low();
  expect(toastFloor()).toBe(0);
});

test("a bar out of sight, or far up, is not in their way", () => {
  const below = barAt(-200);
  const above = barAt(window.innerHeight - 10);
  expect(toastFloor()).toBe(0);
  below();
  above();
});
