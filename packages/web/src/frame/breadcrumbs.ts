import { useLocation } from "@solidjs/router";
import { createMemo } from "solid-js";
import { t } from "../i18n/i18n.ts";
import { useLive } from "../live/live-context.tsx";
import { paths } from "../routes.ts";
import { useMay } from "../session/may.ts";

export interface TrailStep {
  label: string;
  href: string;
}

/** The current page and its instance. */
export function useBreadcrumbs() {
  const location = useLocation();
  const live = useLive();
  const may = useMay();
  return createMemo((): TrailStep[] => {
    const [place, id] = location.pathname.split("/").filter(Boolean);
    if (place === "logs") return [{ label: t("nav.logs"), href: paths.logs }];
    if (place === "backups") return [{ label: t("nav.backups"), href: paths.backups }];
    if (place === "jobs") return [{ label: t("nav.jobs"), href: paths.jobs }];
    const system = { label: t("nav.system"), href: paths.system };
    if (place === "system" && id === "templates")
      return [system, { label: t("templates.title"), href: paths.templates }];
    if (place === "system") return [system];
    if (place === "network") return [{ label: t("nav.network"), href: paths.network }];
    if (place === "account") return [{ label: t("nav.account"), href: paths.account }];
    if (place === "users") return [{ label: t("nav.users"), href: paths.users }];
    if (place === "audit") return [{ label: t("nav.audit"), href: paths.audit }];
    const list = may("seeSystem")
      ? { label: t("nav.instances"), href: paths.instances }
      : { label: t("nav.home"), href: paths.dashboard };
    if (place !== "instances" || !id) return [list];
    return [list, { label: live.instances.get(id)?.name ?? id, href: paths.instance(id) }];
  });
}
