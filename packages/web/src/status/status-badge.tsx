import { Dynamic } from "solid-js/web";
import type { InstanceStatus } from "../api/client.ts";
import { type PlainKey, t } from "../i18n/i18n.ts";

const Filled = () => <circle cx="6" cy="6" r="4.500" fill="currentColor" />;
const Dashed = () => (
  <circle cx="6" cy="6" r="4.500" stroke-dasharray="3 1.700" class="animate-breathe" />
);
const Ring = () => <circle cx="6" cy="6" r="4.500" />;
const Triangle = () => <path d="M6 1.200 11.200 10.500H.8z" fill="currentColor" />;
const Diamond = () => <path d="M6 1 11 6 6 11 1 6z" />;
const Target = () => (
  <>
    <circle cx="6" cy="6" r="4.500" />
    <circle cx="6" cy="6" r="1.800" fill="currentColor" />
  </>
);

/** Shape, word and colour: no status is shown by colour alone. */
export const STATUS = {
  running: { word: "status.running", tone: "text-running", tint: "bg-running-tint", shape: Filled },
  starting: { word: "status.starting", tone: "text-busy", tint: "bg-busy-tint", shape: Dashed },
  stopping: { word: "status.stopping", tone: "text-busy", tint: "bg-busy-tint", shape: Dashed },
  stopped: { word: "status.stopped", tone: "text-stopped", tint: "bg-stopped-tint", shape: Ring },
  created: { word: "status.created", tone: "text-created", tint: "bg-created-tint", shape: Target },
  error: { word: "status.error", tone: "text-error", tint: "bg-error-tint", shape: Triangle },
  unknown: {
    word: "status.unknown",
    tone: "text-unknown",
    tint: "bg-unknown-tint",
    shape: Diamond,
  },
} as const satisfies Record<
  InstanceStatus,
  { word: PlainKey; tone: string; tint: string; shape: unknown }
>;

export function StatusBadge(props: { status: InstanceStatus }) {
  const look = () => STATUS[props.status];
  return (
    <span
      data-status={props.status}
      class={`inline-flex h-6 items-center gap-1.5 rounded-full px-2 text-xs font-medium whitespace-nowrap ${look().tone} ${look().tint}`}
    >
      <svg
        viewBox="0 0 12 12"
        width="12"
        height="12"
        fill="none"
        stroke="currentColor"
        stroke-width="1.500"
        stroke-linejoin="round"
        aria-hidden="true"
      >
        <Dynamic component={look().shape} />
      </svg>
      {t(look().word)}
    </span>
  );
}
