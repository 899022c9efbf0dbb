import { createRoot } from "solid-js";
import { afterEach, expect, test, vi } from "vitest";

afterEach(() => vi.unstubAllGlobals());

test("follows the one observer, and leaves it when it is disposed of", async () => {
  let tell: (entries: object[]) => void = () => {};
  const observed = new Set<Element>();
  let made = 0;
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(callback: typeof tell) {
        made += 1;
        tell = callback;
      }
      observe(element: Element) {
        observed.add(element);
      }
      unobserve(element: Element) {
        observed.delete(element);
      }
    },
  );
  const { createVisible } = await import("./create-visible.ts");
  createRoot((dispose) => {
    const [one, other] = [createVisible(), createVisible()];
    const element = document.createElement("p");
    one.observe(element);
    other.observe(document.createElement("p"));
    expect([made, observed.size, one.visible()]).toEqual([1, 2, false]);
    tell([{ target: element, isIntersecting: true }]);
    expect([one.visible(), other.visible()]).toEqual([true, false]);
    dispose();
    expect(observed.size).toBe(0);
  });
});
