import { type PlainKey, t } from "../i18n/i18n.ts";
import type { ConnectionState } from "../live/create-connection.ts";
import { useLive } from "../live/live-context.tsx";

const LOOK = {
  connecting: {
    word: "connection.connecting",
    tone: "text-text-3",
    dot: "border-2 border-current animate-breathe",
  },
  up: { word: "connection.up", tone: "text-text-2", dot: "bg-running" },
  lost: {
    word: "connection.lost",
    tone: "text-error font-medium",
    dot: "bg-error rounded-none! rotate-45",
  },
} as const satisfies Record<ConnectionState, { word: PlainKey; tone: string; dot: string }>;

/** Whether the page shows live data. */
export function ConnectionMark() {
  const live = useLive();
  const look = () => LOOK[live.connection.state()];
  return (
    <span
      role="status"
      data-tip={t(look().word)}
      class={`inline-flex h-8 items-center gap-2 px-2 text-sm whitespace-nowrap ${look().tone}`}
    >
      <span aria-hidden="true" class={`size-2 rounded-full ${look().dot}`} />
      <span class="max-sm:sr-only">{t(look().word)}</span>
    </span>
  );
}
