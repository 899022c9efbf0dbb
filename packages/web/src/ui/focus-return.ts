import { type Accessor, createComputed, createEffect, on } from "solid-js";

/** By dialog: where the focus goes after it. One that opens out of another may outlive that one. */
const placesAfter = new WeakMap<Element, HTMLElement[]>();

/**
 * Gives the focus back when a dialog closes: to what had it, to the button of the menu in which it
 * was, or to what the dialog before was opened from; when none of it is left, to the page. Answers
 * what the dialog calls when it has closed.
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
    // It came in the place of this one, or was there before.
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
