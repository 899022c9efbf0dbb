import { createSignal, onCleanup } from "solid-js";

const listeners = new WeakMap<Element, (visible: boolean) => void>();
let observer: IntersectionObserver | undefined;

/** Margin around the viewport, so that elements are ready when scrolled to. */
const MARGIN = "120px 0px";

/** One observer for all, as there may be hundreds of rows; none without layout. */
function sharedObserver(): IntersectionObserver | undefined {
  if (typeof IntersectionObserver === "undefined") return undefined;
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) listeners.get(entry.target)?.(entry.isIntersecting);
    },
    { rootMargin: MARGIN },
  );
  return observer;
}

/** Whether an element is visible; `observe` is its `ref`. */
export function createVisible() {
  const shared = sharedObserver();
  const [visible, setVisible] = createSignal(shared === undefined);
  const observe = (element: Element) => {
    listeners.set(element, setVisible);
    shared?.observe(element);
    onCleanup(() => shared?.unobserve(element));
  };
  return { visible, observe };
}
