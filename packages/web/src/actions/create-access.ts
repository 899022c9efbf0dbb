import { createSignal } from "solid-js";
import { useApi } from "../api/api-context.tsx";
import type { Instance } from "../api/client.ts";
import { showFailure } from "../api/show-failure.tsx";
import { t } from "../i18n/i18n.ts";
import { copyText } from "../ui/copy-button.tsx";
import { isOnlyHere } from "../ui/only-here.tsx";
import { showToast } from "../ui/toast.tsx";
import { accessLink, linkHint } from "./open-instance.tsx";

/** The link of an instance may hold a secret: requested when needed, never kept. */
export function createAccess(instance: () => Pick<Instance, "id" | "name">) {
  const api = useApi();
  const [busy, setBusy] = createSignal<"copy" | "qr">();
  /** For copying by hand when the browser denies the clipboard. */
  const [byHand, setByHand] = createSignal<string>();
  const [qr, setQr] = createSignal<string>();

  const ask = async (
    purpose: "copy" | "qr",
    use: (url: string) => Promise<void> | void,
  ): Promise<void> => {
    const { id, name } = instance();
    setBusy(purpose);
    try {
      await use(await accessLink(api, id));
    } catch (error) {
      showFailure(t("failed.link", { name }), error, () => ask(purpose, use));
    } finally {
      setBusy(undefined);
    }
  };
  return {
    busy,
    byHand,
    qr,
    copy: () =>
      ask("copy", async (url) => {
        if (await copyText(url))
          showToast({
            kind: "success",
            title: t("link.copied"),
            text: isOnlyHere(url) ? t("link.onlyHere") : linkHint(url),
          });
        else setByHand(url);
      }),
    showQr: () => ask("qr", (url) => void setQr(url)),
    hideQr: () => setQr(undefined),
  };
}
