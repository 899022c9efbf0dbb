import { type Accessor, createComputed, createEffect, on } from "solid-js";

/** Focus targets after each dialog. A dialog opened from another one may outlive it. */
const placesAfter = new WeakMap<Element, HTMLElement[]>();

/**
 * Returns the focus when a dialog closes: to the element that had it, to the button of its menu, or
 * to what opened the previous dialog; if none is left, to the page. Returns the dialog's close
 * handler.
 */
export function createFocusReturn(dialog: {
  open: Accessor<boolean>;
  content: Accessor<HTMLElement | undefined>;
}): (closed: Event) => void {
  let places: HTMLElement[] = [];
  createComputed(
    on(dialog.open, (open) => {
      if (open) places = placesFrom(document.activeElement);
    }),
  );
  createEffect(() => {
    const content = dialog.content();
    if (content) placesAfter.set(content, places);
  });
  return (closed) => {
    if (closed.defaultPrevented) return;
    const next = document.querySelector("[role=dialog]");
    // The dialog replaced this element, or was there before.
    if (next) placesAfter.get(next)?.push(...places);
    const page = document.getElementById("main");
    for (const place of page ? [...places, page] : places) {
      if (next && !next.contains(place)) continue;
      place.focus({ preventScroll: true });
      if (document.activeElement === place) return;
    }
  };
}

function placesFrom(focused: Element | null): HTMLElement[] {
  if (!(focused instanceof HTMLElement) || focused === document.body) return [];
  const trigger = focused.closest("[role=menu]")?.getAttribute("aria-labelledby");
  const before = focused.closest("[role=dialog]");
  const place = trigger ? document.getElementById(trigger) : focused;
  return [...(place ? [place] : []), ...((before && placesAfter.get(before)) ?? [])];
}
