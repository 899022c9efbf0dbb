/**
 * For the `ref` of a button that replaces others in a dialog: the focused one may disappear. Never
 * takes the focus from another element of the dialog.
 */
export function takeLostFocus(button: HTMLElement): void {
  setTimeout(() => {
    const focused = document.activeElement;
    if (focused === null || !button.closest("[role=dialog]")?.contains(focused)) button.focus();
  });
}
