import { createSignal, onCleanup, onMount, Show } from "solid-js";
import { Portal } from "solid-js/web";

interface Tip {
  text: string;
  x: number;
  y: number;
  below: boolean;
}

const DELAY_MS = 350;
/** Half of the widest tooltip, which keeps those at the edge inside the window. */
const MARGIN = 76;

/**
 * One tooltip for the whole page, shown for the element with `data-tip` under the pointer or the
 * keyboard focus. The control's own label says the same, so it is hidden from screen readers. One
 * listener instead of a part per button keeps long lists cheap.
 */
export function TooltipLayer() {
  const [tip, setTip] = createSignal<Tip>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const hide = () => {
    clearTimeout(timer);
    setTip(undefined);
  };
  const show = (target: Element) => {
    const box = target.getBoundingClientRect();
    const text = target.getAttribute("data-tip");
    if (!text || !target.isConnected) return;
    const below = box.top < 48;
    const x = Math.min(Math.max(box.left + box.width / 2, MARGIN), window.innerWidth - MARGIN);
    setTip({ text, x, y: below ? box.bottom + 6 : box.top - 6, below });
  };
  const schedule = (event: Event, delay: number) => {
    const target = event.target instanceof Element ? event.target.closest("[data-tip]") : null;
    hide();
    if (target) timer = setTimeout(() => show(target), delay);
  };

  onMount(() => {
    const over = (event: PointerEvent) => {
      if (event.pointerType === "mouse") schedule(event, DELAY_MS);
    };
    const focus = (event: FocusEvent) => {
      if (event.target instanceof Element && event.target.matches(":focus-visible"))
        schedule(event, 0);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key === "Escape") hide();
    };
    document.addEventListener("pointerover", over);
    document.addEventListener("focusin", focus);
    document.addEventListener("focusout", hide);
    document.addEventListener("pointerdown", hide);
    document.addEventListener("keydown", key);
    window.addEventListener("scroll", hide, { capture: true, passive: true });
    onCleanup(() => {
      clearTimeout(timer);
      document.removeEventListener("pointerover", over);
      document.removeEventListener("focusin", focus);
      document.removeEventListener("focusout", hide);
      document.removeEventListener("pointerdown", hide);
      document.removeEventListener("keydown", key);
      window.removeEventListener("scroll", hide, { capture: true });
    });
  });

  return (
    <Show when={tip()}>
      {(shown) => (
        <Portal>
          <div
            aria-hidden="true"
            class="pointer-events-none fixed z-50 max-w-38 animate-fade rounded-md bg-text px-2 py-1 text-center text-xs text-canvas shadow-float"
            style={{
              left: `${shown().x}px`,
              top: `${shown().y}px`,
              translate: `-50% ${shown().below ? "0" : "-100%"}`,
            }}
          >
            {shown().text}
          </div>
        </Portal>
      )}
    </Show>
  );
}
