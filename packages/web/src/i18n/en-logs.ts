import type { zhLogs } from "./zh-logs.ts";

export const enLogs: Readonly<Record<keyof typeof zhLogs, string>> = {
  "logs.label": "Logs of {name}",
  "logs.search": "Search the log",
  "logs.noMatch": "No match",
  "logs.position": "{position}/{total}",
  "logs.previous": "Previous match",
  "logs.next": "Next match",
  "logs.following": "Following",
  "logs.follow": "Follow",
  "logs.followNew": "Follow ({count} new)",
  "logs.skipped": "{count} {count|line|lines} skipped (the browser could not keep up)",
  "logs.empty": "Nothing has been logged yet",
  "logs.loading": "Reading the log",
  "logs.stdout": "standard output",
  "logs.stderr": "standard error",
  "logs.older": "Show older lines",
  "logs.older.loading": "Reading older lines",
  "logs.older.failed": "Older lines could not be read",
  "logs.older.beginning": "The log begins here",
  "logs.older.full": "This page keeps {count} lines; the download has the older ones",
};
