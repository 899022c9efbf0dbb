import { type BeforeLeaveEventArgs, useBeforeLeave } from "@solidjs/router";
import { createEffect, createSignal, onCleanup } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";

/** Confirms leaving unsaved text. */
export function LeaveGuard(props: {
  dirty: boolean;
  /** What becomes of it. */
  text: string;
}) {
  const [leaving, setLeaving] = createSignal<BeforeLeaveEventArgs>();
  useBeforeLeave((event) => {
    if (!props.dirty || event.defaultPrevented) return;
    event.preventDefault();
    setLeaving(event);
  });
  createEffect(() => {
    if (!props.dirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    onCleanup(() => window.removeEventListener("beforeunload", warn));
  });
  return (
    <Dialog
      open={leaving() !== undefined}
      onOpenChange={(open) => open || setLeaving(undefined)}
      title={t("leave.title")}
      description={props.text}
      footer={
        <>
          <Button onClick={() => setLeaving(undefined)}>{t("leave.stay")}</Button>
          <Button
            variant="primary"
            onClick={() => {
              const event = leaving();
              setLeaving(undefined);
              event?.retry(true);
            }}
          >
            {t("leave.go")}
          </Button>
        </>
      }
    >
      {null}
    </Dialog>
  );
}
