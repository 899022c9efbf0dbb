/** Gives the focus to `place` when what had it has gone, so that the keyboard goes on from there. */
export function focusIfLost(place: HTMLElement | undefined): void {
  const { activeElement } = document;
  if (activeElement === null || activeElement === document.body) place?.focus();
}
