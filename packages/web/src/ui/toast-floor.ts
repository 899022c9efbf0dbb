import { createSignal, onCleanup } from "solid-js";

const [heights, setHeights] = createSignal<ReadonlyMap<object, number>>(new Map());

/** Distance of toasts from the window's lower edge in pixels. */
export const toastFloor = () => Math.max(0, ...heights().values());

/**
 * The `ref` of a bar at the lower edge of the window: while it exists, toasts appear above it. A
 * bar in the upper half covers no toasts.
 */
export function keepUncovered(element: HTMLElement): void {
  const put = (height: number | undefined) =>
    setHeights((known) => {
      const next = new Map(known);
      if (height === undefined) next.delete(element);
      else next.set(element, height);
      return next;
    });
  const measure = () => {
    const height = window.innerHeight - element.getBoundingClientRect().top;
    put(height > 0 && height < window.innerHeight / 2 ? height : 0);
  };
  const resized = new ResizeObserver(measure);
  resized.observe(element);
  window.addEventListener("resize", measure);
  onCleanup(() => {
    resized.disconnect();
    window.removeEventListener("resize", measure);
    put(undefined);
  });
}
