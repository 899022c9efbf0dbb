import { createVirtualizer, defaultRangeExtractor } from "@tanstack/solid-virtual";
import {
  createComputed,
  createEffect,
  createMemo,
  createSignal,
  For,
  on,
  onCleanup,
  onMount,
  Show,
} from "solid-js";
import { InstanceRow, type RowsProps } from "./instance-row.tsx";
import { rowNumbers } from "./row-numbers.ts";

/** Heights of a row and of a card before measuring. */
const ROW_PX = 57;
const CARD_PX = 101;

/** The rows near the viewport, with spacers for the others; always renders the focused row. */
export function WindowedRows(props: RowsProps) {
  const [focused, setFocused] = createSignal<string>();
  const [margin, setMargin] = createSignal(0);
  let top: HTMLTableSectionElement | undefined;
  let scroller: HTMLElement | null = null;

  const numbers = createMemo(() => rowNumbers(props.instances));
  const places = createMemo(() => new Map(props.instances.map((one, index) => [one.id, index])));
  const isPhone = () => window.matchMedia("(max-width: 639.9px)").matches;

  const virtualizer = createVirtualizer<HTMLElement, HTMLTableSectionElement>({
    get count() {
      return props.instances.length;
    },
    getScrollElement: () => scroller,
    estimateSize: () => (isPhone() ? CARD_PX : ROW_PX),
    getItemKey: (index) => props.instances[index]?.id ?? index,
    overscan: 8,
    get scrollMargin() {
      return margin();
    },
    initialRect: { width: 1280, height: 800 },
    rangeExtractor: (range) => {
      const near = defaultRangeExtractor(range);
      const kept = places().get(focused() ?? "");
      if (kept === undefined || near.includes(kept)) return near;
      return [...near, kept].sort((a, b) => a - b);
    },
  });
  const measureMargin = () => {
    if (!top || !scroller) return;
    const distance = top.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    setMargin(distance + scroller.scrollTop);
  };
  onMount(() => {
    scroller = scrollerOf(top);
    measureMargin();
    // Elements above the table may wrap, appear or disappear.
    const observer = new ResizeObserver(measureMargin);
    if (scroller?.firstElementChild) observer.observe(scroller.firstElementChild);
    onCleanup(() => observer.disconnect());
  });

  const items = createMemo(() =>
    virtualizer.getVirtualItems().flatMap((item) => {
      const instance = props.instances[item.index];
      return instance ? [{ instance, start: item.start - margin(), end: item.end - margin() }] : [];
    }),
  );
  const shown = createMemo(() => items().map((item) => item.instance));
  const gaps = createMemo(() => {
    let end = 0;
    return new Map(
      items().map((item) => {
        const gap = item.start - end;
        end = item.end;
        return [item.instance.id, gap] as const;
      }),
    );
  });
  // Moving a row in the document drops its focus, though it stays.
  let held: Element | null = null;
  createComputed(
    on(items, () => {
      held = document.activeElement;
    }),
  );
  createEffect(
    on(items, () => {
      const body = held?.closest("[data-instance]");
      if (held instanceof HTMLElement && body?.isConnected && document.activeElement !== held)
        held.focus({ preventScroll: true });
    }),
  );
  const rest = () => virtualizer.getTotalSize() - (items().at(-1)?.end ?? 0);
  const watch = (body: HTMLTableSectionElement) => {
    queueMicrotask(() => body.isConnected && virtualizer.measureElement(body));
  };
  return (
    <>
      <tbody ref={top} aria-hidden="true" />
      <For each={shown()}>
        {(instance) => (
          <>
            <Gap height={gaps().get(instance.id) ?? 0} />
            <InstanceRow
              instance={instance}
              selection={props.selection}
              onDelete={props.onDelete}
              index={places().get(instance.id)}
              number={numbers().of(instance.id)}
              ref={watch}
              onFocusIn={() => setFocused(instance.id)}
            />
          </>
        )}
      </For>
      <Gap height={rest()} />
    </>
  );
}

function Gap(props: { height: number }) {
  return (
    <Show when={props.height > 0}>
      <tbody aria-hidden="true" class="max-sm:block">
        <tr class="max-sm:block">
          <td class="p-0 max-sm:block" style={{ height: `${props.height}px` }} />
        </tr>
      </tbody>
    </Show>
  );
}

function scrollerOf(element: Element | undefined): HTMLElement | null {
  for (let at = element?.parentElement ?? null; at; at = at.parentElement)
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  return null;
}
