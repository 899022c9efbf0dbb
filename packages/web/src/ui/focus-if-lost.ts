/**
 * Focuses `place` when the focused element has disappeared, so that the keyboard continues from
 * there.
 */
export function focusIfLost(place: HTMLElement | undefined): void {
  const { activeElement } = document;
  if (activeElement === null || activeElement === document.body) place?.focus();
}
