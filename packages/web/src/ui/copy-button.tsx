import { createSignal, onCleanup } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { IconButton } from "./icon-button.tsx";

const SHOWN_MS = 1500;

/** Copies `text`, and confirms it for a moment. */
export function CopyButton(props: { text: string; label: string }) {
  const [copied, setCopied] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const copy = async () => {
    if (!(await copyText(props.text))) return;
    setCopied(true);
    clearTimeout(timer);
    timer = setTimeout(() => setCopied(false), SHOWN_MS);
  };
  return (
    <IconButton
      icon={copied() ? "check" : "copy"}
      label={copied() ? t("action.copied") : props.label}
      onClick={() => void copy()}
    />
  );
}

/** False when the browser denies access to the clipboard. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
