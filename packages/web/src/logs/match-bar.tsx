import { createMemo, Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import type { LogPane } from "./create-log-pane.ts";
import { matchPlaces } from "./match-places.ts";

/** Number of places in the bar; a match takes at least one, to be visible. */
const PLACES = 240;

const marksAt = (places: readonly number[]) =>
  places.map((place) => `M0 ${place}h1v1h-1z`).join("");

/** Beside the log, as high as all of it: the places of matches. A click goes to the nearest. */
export function MatchBar(props: { pane: LogPane }) {
  const placesOf = (numbers: readonly number[]) => {
    props.pane.filter.version();
    return marksAt(matchPlaces(numbers, props.pane.filter.ring, PLACES));
  };
  const all = createMemo(() => placesOf(props.pane.search.matches()));
  const current = createMemo(() => {
    const number = props.pane.search.current();
    return placesOf(number === undefined ? [] : [number]);
  });
  const go = (event: MouseEvent & { currentTarget: HTMLElement }) => {
    const { search, window, filter } = props.pane;
    const { top, height } = event.currentTarget.getBoundingClientRect();
    const share = (event.clientY - top) / height;
    const { first, next } = filter.ring;
    // A click by keyboard has no position.
    const number =
      event.detail === 0 ? search.step(1) : search.goNear(first + share * (next - first));
    if (number !== undefined) window.show(number);
  };
  return (
    <Show when={props.pane.search.matches().length > 0}>
      <button
        type="button"
        aria-label={t("logs.matchBar")}
        onClick={go}
        style={{ right: `${props.pane.window.gutter()}px` }}
        class="absolute inset-y-0 w-3 border-l bg-surface/80 -outline-offset-2"
      >
        <svg
          viewBox={`0 0 1 ${PLACES}`}
          preserveAspectRatio="none"
          aria-hidden="true"
          class="size-full"
        >
          <path d={all()} class="fill-unknown" />
          <path d={current()} class="fill-accent" />
        </svg>
      </button>
    </Show>
  );
}
