import { useNavigate } from "@solidjs/router";
import { createSignal, onCleanup } from "solid-js";
import { useCreate } from "../creation/create-context.tsx";
import { paths } from "../routes.ts";
import { loadNeeded } from "../ui/lazy-part.tsx";

/** Time limit for the letter of a page after `g`. */
const SEQUENCE_MS = 1000;

/** The shortcuts of every page, and which of their two dialogs is open. */
export function createShortcuts() {
  const navigate = useNavigate();
  const create = useCreate();
  const [shown, setShown] = createSignal<"palette" | "help">();

  /** Ignores plain keys in fields and dialogs. */
  const plain = (act: () => void) => (event: KeyboardEvent) => {
    if (event.defaultPrevented || isTyping(event.target) || isCovered()) return;
    event.preventDefault();
    act();
  };
  /** Until when `g` waits for the letter of a page. */
  let goesUntil = 0;
  const listen = plain(() => {
    goesUntil = performance.now() + SEQUENCE_MS;
  });
  // The library's own sequences fail when one follows another within a second.
  const go = (path: string) => (event: KeyboardEvent) => {
    if (performance.now() > goesUntil) return;
    goesUntil = 0;
    plain(() => navigate(path))(event);
  };
  let stop = () => {};
  onCleanup(() => stop());
  // Not needed for the first paint.
  const load = () => import("tinykeys");
  loadNeeded(load, ({ tinykeys }) => {
    stop = tinykeys(
      window,
      {
        "$mod+k": (event) => {
          if (event.defaultPrevented || isCovered()) return;
          event.preventDefault();
          setShown("palette");
        },
        "[Shift]+?": plain(() => setShown("help")),
        "[Shift]+/": plain(() => {
          const search = document.querySelector<HTMLInputElement>("main input[type=search]");
          if (search) search.focus();
          else setShown("palette");
        }),
        n: plain(create.one),
        g: listen,
        d: go(paths.dashboard),
        i: go(paths.instances),
        l: go(paths.logs),
        b: go(paths.backups),
        j: go(paths.jobs),
        s: go(paths.system),
      },
      // Our own rule knows all fields, and lets the palette open from within one.
      { ignore: (event) => event.repeat || event.isComposing },
    );
  });
  return {
    shown,
    openPalette: () => setShown("palette"),
    close: () => setShown(undefined),
  };
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button)$/.test(target.type);
  return target.isContentEditable || target.matches("textarea, select, [contenteditable=true]");
}

function isCovered(): boolean {
  return document.querySelector("[role=dialog], [role=alertdialog], [role=menu]") !== null;
}
