/** 16 px line icons, drawn for this page: each is the `d` of its strokes. */
const PATHS = {
  alert: "M8 2.2 14.4 13.300H1.600zM8 6.500v3M8 11.500v.01",
  archive: "M2 3h12v3.200H2zM3 6.200v7h10v-7M6.500 9h3",
  arrowDown: "M8 3v10M4 9l4 4 4-4",
  arrowLeft: "M13 8H3M7 4 3 8l4 4",
  arrowUp: "M8 13V3M4 7l4-4 4 4",
  box: "M2.500 5 8 2l5.500 3v6L8 14l-5.500-3zM2.500 5 8 8l5.500-3M8 8v6",
  check: "M3 8.500 6.500 12 13 4.500",
  chevronDown: "M4 6l4 4 4-4",
  chevronRight: "M6 4l4 4-4 4",
  close: "M4 4l8 8M12 4l-8 8",
  copy: "M6 5.500h7.500V13H6zM10 5.500V3H2.500v7.500H6",
  download: "M8 2.500v7.500M4.800 7 8 10.200 11.200 7M2.500 13.300h11",
  dashboard:
    "M2.500 2.500h4.500v6H2.500zM9.500 2.500h4v3.500h-4zM9.500 8.500h4v5h-4zM2.500 11h4.500v2.500H2.500z",
  file: "M4 1.800h5l3.200 3.200v9.200H4zM9 1.800V5h3.200M6 8.500h4.200M6 11h4.200",
  globe:
    "M8 1.800a6.200 6.200 0 1 0 0 12.400A6.200 6.200 0 0 0 8 1.800M2 8h12M8 1.800c-4 4-4 8.400 0 12.400M8 1.800c4 4 4 8.400 0 12.400",
  info: "M8 1.800a6.200 6.200 0 1 0 0 12.400A6.200 6.200 0 0 0 8 1.800M8 7.300V11M8 5v.01",
  instances: "M2.500 2.500h11v4h-11zM2.500 9.500h11v4h-11zM5 4.500v.01M5 11.500v.01",
  jobs: "M3 4.500h.01M3 8h.01M3 11.500h.01M6 4.500h7.500M6 8h7.500M6 11.500h7.500",
  lock: "M3.500 7.200h9v6.300h-9zM5.500 7.200V5a2.500 2.500 0 0 1 5 0v2.200",
  logs: "M2.500 3h11v10h-11zM5 6l2 2-2 2M8.500 10.500H11",
  monitor: "M2 3h12v8H2zM5.500 13.800h5M8 11v2.800",
  moon: "M13.200 9.600A5.600 5.600 0 0 1 6.400 2.800a5.700 5.700 0 1 0 6.800 6.800z",
  more: "M3.500 8h.01M8 8h.01M12.500 8h.01",
  open: "M9 2.500h4.500V7M13.500 2.500 7.500 8.500M11.500 9v4.500h-9v-9H7",
  pin: "M6 2.500h4M6.500 2.500v4L4 9h8L9.500 6.500v-4M8 9v4.500",
  play: "M5 3l7.500 5L5 13z",
  plus: "M8 3v10M3 8h10",
  qr: "M2.500 2.500h4v4h-4zM9.500 2.500h4v4h-4zM2.500 9.500h4v4h-4zM9.500 9.500h1.500v1.500M13.500 9.500v1.500M9.500 13.500h.01M12 12.500v1h1.500",
  restart: "M13 3.500v3.300H9.700M12.800 6.800a5.300 5.300 0 1 0 .3 3",
  search: "M7 2.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9M10.300 10.300l3.200 3.200",
  settings:
    "M2.500 4.500h6M11.500 4.500h2M2.500 11.500h2M7.500 11.500h6M10 2.800a1.700 1.700 0 1 0 0 3.400 1.700 1.700 0 0 0 0-3.400M6 9.800a1.700 1.700 0 1 0 0 3.400 1.700 1.700 0 0 0 0-3.400",
  sparkle:
    "M8 2v3.500M8 10.500V14M2 8h3.500M10.500 8H14M4 4l1.800 1.800M10.200 10.200 12 12M12 4l-1.800 1.800M5.800 10.200 4 12",
  stop: "M4 4h8v8H4z",
  sun: "M8 5.200a2.800 2.800 0 1 0 0 5.600 2.800 2.800 0 0 0 0-5.600M8 1.500v1.200M8 13.300v1.200M1.500 8h1.200M13.300 8h1.200M3.400 3.400l.9.9M11.700 11.700l.9.9M12.600 3.400l-.9.9M4.300 11.700l-.9.9",
  system:
    "M4.500 4.500h7v7h-7zM6.500 2v2.500M9.500 2v2.500M6.500 11.500V14M9.500 11.500V14M2 6.500h2.500M2 9.500h2.500M11.500 6.500H14M11.500 9.500H14",
  trash: "M2.500 4.500h11M6 4.500V2.500h4v2M4 4.500l.6 9h6.800l.6-9M6.700 7v4M9.300 7v4",
  upload: "M8 10.500V3M4.800 6.200 8 3l3.200 3.200M2.500 13.300h11",
} as const;

export type IconName = keyof typeof PATHS;

/** Always decorative: what it means is said by the label of the control or the word beside it. */
export function Icon(props: { name: IconName; class?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      stroke-width={props.name === "more" ? 2.2 : 1.5}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      class={`shrink-0 ${props.class ?? ""}`}
    >
      <path d={PATHS[props.name]} />
    </svg>
  );
}
