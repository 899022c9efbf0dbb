import { t } from "../i18n/i18n.ts";
import { Button } from "../ui/button.tsx";

/**
 * Closes a dialog that shows what it has begun, which goes on. It takes the focus: the button that
 * was pressed is gone.
 */
export function JobClose(props: { running: boolean; onClose: () => void }) {
  return (
    <Button ref={(button) => queueMicrotask(() => button.focus())} onClick={props.onClose}>
      {props.running ? t("create.background") : t("action.done")}
    </Button>
  );
}
