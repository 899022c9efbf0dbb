import { createEffect, createSignal, onCleanup } from "solid-js";

interface Handlers {
  /** The element was scrolled; `from` is where it was before. */
  onScroll(target: HTMLElement, from: number): void;
  /** Its width has changed; before `size` tells. */
  onWidth(): void;
  onResize(target: HTMLElement): void;
}

/** A scrolling element, how far it is scrolled, and its size. */
export function createScroller(handlers: Handlers) {
  const [element, setElement] = createSignal<HTMLElement>();
  const [top, setTop] = createSignal(0);
  const [size, setSize] = createSignal({ width: 0, height: 0, gutter: 0 });
  let last = 0;
  const update = (target: HTMLElement) => {
    last = target.scrollTop;
    setTop(last);
  };

  createEffect(() => {
    const target = element();
    if (!target) return;
    const scrolled = () => {
      const from = last;
      update(target);
      handlers.onScroll(target, from);
    };
    const resized = new ResizeObserver(() => {
      if (target.clientWidth !== size().width) handlers.onWidth();
      setSize(sizeOf(target));
      handlers.onResize(target);
    });
    setSize(sizeOf(target));
    target.addEventListener("scroll", scrolled, { passive: true });
    resized.observe(target);
    onCleanup(() => {
      target.removeEventListener("scroll", scrolled);
      resized.disconnect();
    });
  });

  return {
    element,
    setElement,
    top,
    size,
    scrollTo(target: HTMLElement, position: number) {
      target.scrollTop = position;
      update(target);
    },
  };
}

function sizeOf(target: HTMLElement) {
  const { clientWidth: width, clientHeight: height, offsetWidth } = target;
  return { width, height, gutter: Math.max(0, offsetWidth - width) };
}
