import { Show } from "solid-js";
import { useApi } from "../../api/api-context.tsx";
import { createCall } from "../../api/create-call.ts";
import { FailureNotice } from "../../api/failure-notice.tsx";
import { showFailure } from "../../api/show-failure.tsx";
import { t } from "../../i18n/i18n.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { showToast } from "../../ui/toast.tsx";
import { auditCsv } from "./audit-csv.ts";
import { AuditFilter } from "./audit-filter.tsx";
import { AuditTable } from "./audit-table.tsx";
import { createAudit } from "./create-audit.ts";

/** More rows than a spreadsheet handles well. */
const MOST_ROWS = 50_000;

/** The audit trail, including refused actions. */
export function AuditPage() {
  const audit = createAudit(useApi());
  let filter: HTMLElement | undefined;
  /** The button disappears with the filter: focus the place where the next filter begins. */
  const clear = () => {
    audit.clear();
    filter?.querySelector("input")?.focus();
  };
  const download = createCall(async () => {
    try {
      const entries = await audit.readAll(MOST_ROWS);
      const day = new Date().toISOString().slice(0, 10);
      saveFile(new Blob([auditCsv(entries)], { type: "text/csv" }), `claw-audit-${day}.csv`);
      if (entries.length === MOST_ROWS)
        showToast({ kind: "info", title: t("audit.csv.most", { count: MOST_ROWS }) });
    } catch (error) {
      showFailure(t("failed.csv"), error, () => download.run(undefined));
    }
  });
  return (
    <Page
      title={t("audit.title")}
      actions={
        <Button
          icon="file"
          busy={download.busy()}
          disabled={audit.entries().length === 0}
          onClick={() => void download.run(undefined)}
        >
          {t("audit.csv")}
        </Button>
      }
    >
      <p class="-mt-2 text-text-2">{t("audit.text")}</p>
      <AuditFilter
        audit={audit}
        ref={(search) => {
          filter = search;
        }}
        onClear={clear}
      />
      <Show when={audit.error()}>
        {(error) => (
          <FailureNotice error={error()} retrying={audit.busy()} onRetry={audit.reload} />
        )}
      </Show>
      <Show
        when={audit.loaded()}
        fallback={
          <Show when={!audit.error()}>
            <Skeleton class="h-64 w-full rounded-lg" />
          </Show>
        }
      >
        <Show
          when={audit.entries().length > 0}
          fallback={
            <EmptyState
              title={t("audit.none")}
              action={<Button onClick={clear}>{t("audit.clear")}</Button>}
            />
          }
        >
          <AuditTable entries={audit.entries()} />
          <Show when={audit.more()}>
            <Button class="self-center" busy={audit.busy()} onClick={audit.loadMore}>
              {t("audit.more")}
            </Button>
          </Show>
        </Show>
      </Show>
    </Page>
  );
}
