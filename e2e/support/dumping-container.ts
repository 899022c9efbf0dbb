import { expect } from "vitest";
import { docker } from "./docker.ts";
import { CURIOUS_PAGE } from "./instance-server.ts";

/**
 * One request: its head is kept, and the page is the answer to whatever it asks. The head is written
 * at once, as several requests are answered at a time.
 */
const ANSWER = `#!/bin/sh
head=
while IFS= read -r line; do
  line="\${line%?}"
  head="$head$line
"
  [ -n "$line" ] || break
done
printf %s "$head" >>/tmp/dump
printf 'HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\nConnection: close\\r\\n\\r\\n'
cat /tmp/page.html
`;

/** Puts a program that keeps the headers of all requests at the port of a container of the stub. */
export async function dumpRequests(container: string, port: number): Promise<void> {
  const write = 'printf "%s" "$1" >"$2" && chmod +x "$2"';
  await docker("exec", container, "sh", "-c", write, "sh", ANSWER, "/tmp/answer.sh");
  await docker("exec", container, "sh", "-c", write, "sh", CURIOUS_PAGE, "/tmp/page.html");
  const listen = "until busybox nc -ll -p 18789 -e /tmp/answer.sh; do busybox killall httpd; done";
  await docker("exec", "--detach", container, "sh", "-c", listen);
  const page = () =>
    fetch(`http://127.0.0.1:${port}/`).then(
      (answer) => answer.text(),
      () => "",
    );
  await expect.poll(page).toBe(CURIOUS_PAGE);
}

/** The heads of all requests so far. */
export const dumpOf = (container: string) => docker("exec", container, "cat", "/tmp/dump");
