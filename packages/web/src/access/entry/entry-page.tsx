import { createEffect, createSignal, type JSX, onCleanup, Show } from "solid-js";
import { t } from "../../i18n/i18n.ts";
import { LanguageMenu } from "../../preferences/language-menu.tsx";
import { ThemeMenu } from "../../preferences/theme-menu.tsx";
import { LayerProvider } from "../../ui/layer.ts";
import { Mark } from "../../ui/mark.tsx";
import { TooltipLayer } from "../../ui/tooltip-layer.tsx";

/** The frame of the pages before sign-in: one card with one form. */
export function EntryPage(props: { title: string; text?: JSX.Element; children: JSX.Element }) {
  const [layer, setLayer] = createSignal<HTMLElement>();
  createEffect(() => {
    document.title = `${props.title} · ClawMultiDeploy`;
  });
  onCleanup(() => {
    document.title = "ClawMultiDeploy";
  });
  return (
    <div class="flex min-h-dvh flex-col">
      <header class="flex h-13 shrink-0 items-center justify-end gap-1 px-4 sm:px-6">
        <LayerProvider value={layer}>
          <LanguageMenu />
          <ThemeMenu />
        </LayerProvider>
      </header>
      <main class="flex flex-1 flex-col items-center px-4 pt-[6vh] pb-10 sm:pt-[12vh]">
        <div class="flex w-full max-w-100 animate-fade flex-col gap-5">
          <p class="flex items-center justify-center gap-2.5 text-lg font-semibold">
            <Mark />
            {t("app.fullName")}
          </p>
          <section class="flex flex-col gap-4 rounded-lg border bg-surface p-6">
            <header class="flex flex-col gap-1">
              <h1 class="text-xl font-semibold">{props.title}</h1>
              <Show when={props.text}>
                <p class="text-text-2">{props.text}</p>
              </Show>
            </header>
            {props.children}
          </section>
        </div>
        <div ref={setLayer} />
      </main>
      <TooltipLayer />
    </div>
  );
}
