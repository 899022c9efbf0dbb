import { Dialog as Kobalte } from "@kobalte/core/dialog";
import { createSignal, type JSX, Show } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { createFocusReturn } from "./focus-return.ts";
import { Icon } from "./icon.tsx";
import { ICON_BUTTON } from "./icon-button.tsx";
import { LayerProvider } from "./layer.ts";

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: JSX.Element;
  /** The row of buttons; the main one last. */
  footer?: JSX.Element;
  /** For a table, or a list beside other content. */
  wide?: boolean;
  children: JSX.Element;
}

/** A modal dialog; on a phone it rises from the bottom edge. */
export function Dialog(props: DialogProps) {
  const [content, setContent] = createSignal<HTMLElement>();
  const returnFocus = createFocusReturn({ open: () => props.open, content });
  return (
    <Kobalte open={props.open} onOpenChange={props.onOpenChange}>
      <Kobalte.Portal>
        <Kobalte.Overlay class="fixed inset-0 z-40 animate-fade bg-scrim" />
        <div class="fixed inset-0 z-40 flex items-end justify-center sm:items-start sm:px-4 sm:pt-[12vh] sm:pb-4">
          <Kobalte.Content
            ref={setContent}
            onCloseAutoFocus={returnFocus}
            onOpenAutoFocus={(event) => {
              // Focus a form's first field rather than the close button.
              const field = content()?.querySelector<HTMLElement>("[autofocus], [data-autofocus]");
              if (!field) return;
              event.preventDefault();
              field.focus();
            }}
            class={`flex max-h-[92dvh] w-full animate-slide flex-col rounded-t-lg border border-line bg-raised shadow-float sm:max-h-[80vh] sm:animate-enter sm:rounded-lg ${props.wide ? "sm:max-w-2xl" : "sm:max-w-lg"}`}
          >
            {/* No <header>: in a dialog it would be a second banner landmark. */}
            <div class="flex items-start gap-3 px-5 pt-4 pb-2">
              <Kobalte.Title class="min-w-0 flex-1 py-1 text-lg font-semibold wrap-anywhere">
                {props.title}
              </Kobalte.Title>
              <Kobalte.CloseButton class={`${ICON_BUTTON} -mr-2`} aria-label={t("action.close")}>
                <Icon name="close" />
              </Kobalte.CloseButton>
            </div>
            <div class="min-h-0 overflow-y-auto px-5 pb-5">
              <Show when={props.description}>
                <Kobalte.Description class="mb-4 text-text-2 last:mb-0">
                  {props.description}
                </Kobalte.Description>
              </Show>
              <LayerProvider value={content}>{props.children}</LayerProvider>
            </div>
            <Show when={props.footer}>
              <div class="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{props.footer}</div>
            </Show>
          </Kobalte.Content>
        </div>
      </Kobalte.Portal>
    </Kobalte>
  );
}
