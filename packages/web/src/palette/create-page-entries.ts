import { useNavigate } from "@solidjs/router";
import { t } from "../i18n/i18n.ts";
import { paths } from "../routes.ts";
import { useMay } from "../session/may.ts";
import type { Entry } from "./match-entries.ts";

/** The pages that the viewer may open. */
export function createPageEntries() {
  const navigate = useNavigate();
  const may = useMay();
  const page = (key: string, icon: Entry["icon"], label: string): Entry => ({
    key: `page ${key}`,
    group: "pages",
    icon,
    label,
    run: () => navigate(key),
  });

  return (): Entry[] => [
    ...(may("seeSystem")
      ? [
          page(paths.dashboard, "monitor", t("nav.dashboard")),
          page(paths.instances, "instances", t("nav.instances")),
        ]
      : [page(paths.dashboard, "instances", t("nav.home"))]),
    page(paths.logs, "logs", t("nav.logs")),
    page(paths.backups, "archive", t("nav.backups")),
    page(paths.jobs, "jobs", t("nav.jobs")),
    ...(may("seeSystem") ? [page(paths.system, "system", t("nav.system"))] : []),
    ...(may("seeNetwork") ? [page(paths.network, "globe", t("nav.network"))] : []),
    ...(may("seeUsers") ? [page(paths.users, "users", t("nav.users"))] : []),
    page(paths.audit, "audit", t("nav.audit")),
    page(paths.account, "user", t("nav.account")),
  ];
}
