import type { Selection } from "./create-selection.ts";

/**
 * Keys on the table's checkboxes: ↑ and ↓ move between them, with ⇧ they extend the selection;
 * Ctrl-A selects all, Esc none. Elsewhere in the table only the last two.
 */
export function moveInSelection(
  event: KeyboardEvent & { currentTarget: HTMLElement },
  selection: Selection,
): void {
  if (event.key === "Escape" && selection.state() !== "none") {
    selection.clear();
    event.preventDefault();
    return;
  }
  if (event.key === "a" && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
    if (selection.state() !== "all") selection.toggleAll();
    event.preventDefault();
    return;
  }
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const from = rowOf(event.target);
  if (step === 0 || !from || event.ctrlKey || event.altKey || event.metaKey) return;
  if (!(event.target instanceof HTMLInputElement)) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-instance]")];
  const next = rows[rows.indexOf(from) + step];
  if (!next) return;
  event.preventDefault();
  next.querySelector("input")?.focus();
  const [fromId, nextId] = [from.dataset.instance, next.dataset.instance];
  if (!event.shiftKey || fromId === undefined || nextId === undefined) return;
  if (!selection.has(fromId)) selection.set(fromId, true);
  selection.extendTo(nextId, true);
}

function rowOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-instance]") : null;
}
