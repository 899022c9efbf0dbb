import type { Api } from "../api/client.ts";
import { t } from "../i18n/i18n.ts";
import { buttonClass } from "../ui/button.tsx";
import { showToast } from "../ui/toast.tsx";

/** Opens an instance's own page in a new tab. */
export function openInstance(api: Api, id: string, access?: "full"): Promise<void> {
  return inNewTab(() => accessLink(api, id, access));
}

/**
 * Opens a new tab for a link that is still to come, because browsers allow that only during the
 * click. The tab cannot reach back to this page.
 */
async function inNewTab(linkOf: () => Promise<string>): Promise<void> {
  const tab = window.open("about:blank", "_blank");
  if (tab) tab.opener = null;
  try {
    const url = await linkOf();
    if (tab) tab.location.replace(url);
    else offerLink(url);
  } catch (error) {
    tab?.close();
    throw error;
  }
}

/** A link that opens the instance connected. It may hold a secret: never keep it. */
export async function accessLink(api: Api, id: string, access?: "full"): Promise<string> {
  const { url } = await api.trpc.instances.open.mutate({ id, ...(access && { access }) });
  if (!/^https?:$/.test(new URL(url).protocol)) throw new Error(`Not a web address: ${url}`);
  return url;
}

/** The advice for sharing such a link: it holds a token, or leads through the panel's log-in. */
export function linkHint(url: string): string {
  return t(new URL(url).hash.startsWith("#token=") ? "link.secret" : "link.signsOn");
}

/** Where the browser has blocked the tab. */
export function offerLink(url: string): void {
  showToast({
    kind: "info",
    title: t("open.blocked"),
    text: t("open.blocked.fix"),
    action: (
      <a class={buttonClass("plain", true)} href={url} target="_blank" rel="noopener noreferrer">
        {t("action.open")}
      </a>
    ),
  });
}
