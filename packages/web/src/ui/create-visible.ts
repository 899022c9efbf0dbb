import { createSignal, onCleanup } from "solid-js";

const listeners = new WeakMap<Element, (visible: boolean) => void>();
let observer: IntersectionObserver | undefined;

/** A little before and after the window, so that what is scrolled to has begun already. */
const MARGIN = "120px 0px";

/** One observer for all, for there may be hundreds of rows; none where nothing is laid out. */
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

/** Whether an element is on the screen; `observe` is its `ref`. */
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
