import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";

/** Closes a dialog whose job continues. Takes the focus, because the pressed button is gone. */
export function JobClose(props: { running: boolean; onClose: () => void }) {
  return (
    <Button ref={(button) => queueMicrotask(() => button.focus())} onClick={props.onClose}>
      {props.running ? t("create.background") : t("action.done")}
    </Button>
  );
}
