import { createSignal, type ParentProps } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { createShortcuts } from "../palette/create-shortcuts.ts";
import { ShortcutLayer } from "../palette/shortcut-layer.tsx";
import { LayerProvider } from "../ui/layer.ts";
import { ToastRegion } from "../ui/toast.tsx";
import { TooltipLayer } from "../ui/tooltip-layer.tsx";
import { Banners } from "./banners.tsx";
import { Navigation } from "./navigation.tsx";
import { TopBar } from "./top-bar.tsx";

/**
 * The frame of every page. While the connection is lost, the page keeps its content, greyed out.
 */
export function Frame(props: ParentProps) {
  const live = useLive();
  const [layer, setLayer] = createSignal<HTMLElement>();
  const shortcuts = createShortcuts();
  const stale = () => live.connection.state() === "lost";
  return (
    <div class="flex h-dvh flex-col sm:flex-row">
      <a
        href="#main"
        class="sr-only z-50 rounded-md bg-raised px-3 py-2 shadow-float focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t("frame.skip")}
      </a>
      <Navigation />
      <div class="flex min-h-0 min-w-0 flex-1 flex-col">
        <LayerProvider value={layer}>
          <TopBar onSearch={shortcuts.openPalette} />
        </LayerProvider>
        <Banners />
        <main id="main" tabindex={-1} class="relative flex min-h-0 flex-1 flex-col outline-none">
          <div
            data-stale={stale() ? "" : undefined}
            class="flex min-h-0 flex-1 flex-col overflow-y-auto transition-[filter] duration-180 data-stale:grayscale"
          >
            <LayerProvider value={layer}>{props.children}</LayerProvider>
          </div>
          {/* Menus open here: in a landmark, and not clipped by scrolling parts. */}
          <div ref={setLayer} />
        </main>
      </div>
      <ShortcutLayer shortcuts={shortcuts} />
      <ToastRegion />
      <TooltipLayer />
    </div>
  );
}
