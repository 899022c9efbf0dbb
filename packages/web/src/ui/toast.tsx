import { Toast as Kobalte, toaster } from "@kobalte/core/toast";
import { type JSX, Show } from "solid-js";
import { Portal } from "solid-js/web";
import { t } from "../i18n/i18n.ts";
import { Button } from "./button.tsx";
import { Icon, type IconName } from "./icon.tsx";
import { ICON_BUTTON } from "./icon-button.tsx";
import { toastFloor } from "./toast-floor.ts";

export interface ToastContent {
  kind: "success" | "error" | "info";
  title: string;
  /** The remedy, or the consequence. */
  text?: string | undefined;
  /** The server's own message, for details. */
  detail?: string | undefined;
  action?: JSX.Element;
  /** An action; pressing it closes the toast, which is shown longer for it. */
  button?: { label: string; onPress: () => unknown };
}

const LOOK = {
  success: { icon: "check", tone: "text-running" },
  error: { icon: "alert", tone: "text-error" },
  info: { icon: "info", tone: "text-busy" },
} as const satisfies Record<ToastContent["kind"], { icon: IconName; tone: string }>;

const DURATION_MS = { success: 4000, info: 6000, error: 12_000 };
const DECIDE_MS = 10_000;

/** Returns a function that closes it early, once it is no longer true. */
export function showToast(content: ToastContent): () => void {
  const id = toaster.show((slot) => (
    // A list item must not be a status as well.
    <Kobalte
      as="div"
      toastId={slot.toastId}
      duration={Math.max(DURATION_MS[content.kind], content.button ? DECIDE_MS : 0)}
      priority={content.kind === "error" ? "high" : "low"}
      class="flex animate-slide gap-2.5 rounded-lg border border-line bg-raised p-3 shadow-float"
    >
      <Icon name={LOOK[content.kind].icon} class={`mt-0.5 ${LOOK[content.kind].tone}`} />
      <div class="min-w-0 flex-1">
        <Kobalte.Title class="font-medium wrap-anywhere">{content.title}</Kobalte.Title>
        <Show when={content.text}>
          <Kobalte.Description class="mt-0.5 text-sm text-text-2">
            {content.text}
          </Kobalte.Description>
        </Show>
        <Show when={content.detail}>
          <p class="mt-1 line-clamp-4 text-xs wrap-anywhere text-text-3">{content.detail}</p>
        </Show>
        <Show when={content.action}>
          <div class="mt-2">{content.action}</div>
        </Show>
        <Show when={content.button}>
          {(button) => (
            <Button
              small
              class="mt-2"
              onClick={() => {
                toaster.dismiss(slot.toastId);
                button().onPress();
              }}
            >
              {button().label}
            </Button>
          )}
        </Show>
      </div>
      <Kobalte.CloseButton class={`${ICON_BUTTON} -m-1 size-7`} aria-label={t("action.close")}>
        <Icon name="close" />
      </Kobalte.CloseButton>
    </Kobalte>
  ));
  return () => toaster.dismiss(id);
}

/** Closes all. */
export function clearToasts(): void {
  toaster.clear();
}

/** Where toasts appear; once per page. */
export function ToastRegion() {
  return (
    <Portal>
      <Kobalte.Region limit={4} aria-label={t("toast.region")} pauseOnInteraction>
        <Kobalte.List
          as="div"
          style={{ "--toast-floor": `${toastFloor()}px` }}
          class="fixed right-4 bottom-[max(--spacing(4),var(--toast-floor)+--spacing(2))] z-50 flex w-88 max-w-[calc(100vw-2rem)] flex-col gap-2 outline-none max-sm:bottom-[max(--spacing(18),var(--toast-floor)+--spacing(2))]"
        />
      </Kobalte.Region>
    </Portal>
  );
}
