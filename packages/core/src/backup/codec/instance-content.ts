import { archiveInvalid } from "../archive-invalid.ts";
import { encodeFileLine, LINE_MAX_SIZE, modeText, parseFileLine } from "../file-line.ts";
import { InstanceRecord } from "../instance-record.ts";
import type { ManifestInstance } from "../manifest.ts";
import { linkFault } from "../member-link.ts";
import { shownPath } from "../member-name.ts";
import { followMembers } from "../member-tree.ts";
import { type CodecPlatform, concatBytes } from "./platform.ts";
import type { ContentSink, TarMember } from "./tar-member.ts";

/** Destination of the unpacked files. */
export interface UnpackTarget {
  folder(member: TarMember): void;
  file(member: TarMember): ContentSink;
  link(member: TarMember): void;
}

export interface InstanceContent {
  /** For `readTar`. Throws ARCHIVE_INVALID at the first mismatch. */
  onMember(member: TarMember): ContentSink;
  /** Throws ARCHIVE_INVALID when something is missing, or a file differs from its line. */
  end(): void;
  /** So far. */
  readonly done: Readonly<{ bytes: number; files: number; folders: number }>;
}

const EMPTY: ContentSink = { data: () => undefined, end: () => undefined };
const TEXT_MAX_SIZE = 8 * 1024 ** 2;

/**
 * Compares the members of an instance's tar with its manifest and its list of files as they arrive.
 */
export function checkContent(
  promised: ManifestInstance,
  target: UnpackTarget | null,
  platform: CodecPlatform,
): InstanceContent {
  const tree = followMembers(promised.names);
  const done = { bytes: 0, files: 0, folders: 0, links: 0 };
  const promisedOf = { ...promised, links: promised.links ?? 0 };
  // Hashes of the received and of the listed entries: memory does not grow with their number.
  const came = platform.sha256();
  const listed = platform.sha256();
  const expected = ["record.json", "docker-compose.yml"];
  let complete = false;

  const text = (check: (text: string) => boolean): ContentSink => {
    const parts: Uint8Array[] = [];
    return {
      data: (part) => void parts.push(Uint8Array.from(part)),
      end() {
        const found = platform.decodeUtf8(concatBytes(parts));
        if (found === null || !check(found))
          throw archiveInvalid("an instance in it is not the one of its manifest");
      },
    };
  };

  function onText(member: TarMember, expectedPath: string): ContentSink {
    if (member.path !== expectedPath || member.kind !== "file" || member.size > TEXT_MAX_SIZE)
      throw archiveInvalid(`${expectedPath} is missing`);
    if (expectedPath === "record.json") return text((found) => isRecord(found, promised.record));
    return text((found) => found === promised.record.compose);
  }

  function onFolder(member: TarMember): ContentSink {
    tree.add(member.path, "folder");
    requireAtMost("folders", 1);
    const { path, mode, mtime } = member;
    came.update(`${encodeFileLine({ type: "folder", path, mode: modeText(mode), mtime })}\n`);
    target?.folder(member);
    return EMPTY;
  }

  /** Refuses a link that our archives could not hold, wherever it comes from. */
  function onLink(member: TarMember): ContentSink {
    const { path, target: leadsTo = "", mtime } = member;
    if (promisedOf.links === 0)
      throw archiveInvalid(
        `it holds something that is neither file nor folder (${shownPath(path)})`,
      );
    const fault = linkFault(path, leadsTo);
    if (fault !== null) throw archiveInvalid(`the link ${shownPath(path)} ${fault}`);
    tree.add(path, "link");
    requireAtMost("links", 1);
    came.update(`${encodeFileLine({ type: "link", path, target: leadsTo, mtime })}\n`);
    target?.link(member);
    return EMPTY;
  }

  function onFile(member: TarMember): ContentSink {
    tree.add(member.path, "file");
    requireAtMost("files", 1);
    if (done.bytes + member.size > promised.bytes) throw moreThanPromised();
    const hash = platform.sha256();
    const out = target?.file(member);
    return {
      data(part) {
        hash.update(part);
        done.bytes += part.length;
        out?.data(part);
      },
      end() {
        const { path, size, mode, mtime } = member;
        const sha256 = hash.digest();
        const line = { type: "file", path, size, mode: modeText(mode), mtime, sha256 } as const;
        came.update(`${encodeFileLine(line)}\n`);
        out?.end();
      },
    };
  }

  function requireAtMost(what: "files" | "folders" | "links", more: number): void {
    done[what] += more;
    if (done[what] > promisedOf[what]) throw moreThanPromised();
  }

  return {
    onMember(member) {
      if (complete) throw archiveInvalid(`${shownPath(member.path)} follows the list of files`);
      const next = expected.shift();
      if (next !== undefined) return onText(member, next);
      if (member.kind === "folder") return onFolder(member);
      if (member.kind === "link") return onLink(member);
      if (member.path !== "files.jsonl") return onFile(member);
      complete = true;
      return readLines(platform, (line) => {
        const entry = parseFileLine(line);
        if (entry === null) throw archiveInvalid("its list of files is broken");
        listed.update(`${encodeFileLine(entry)}\n`);
      });
    },
    end() {
      if (!complete) throw archiveInvalid("its list of files is missing");
      const kept = (["bytes", "files", "folders", "links"] as const).every(
        (what) => done[what] === promisedOf[what],
      );
      if (!kept) throw archiveInvalid("it holds less than its manifest promises");
      if (came.digest() !== listed.digest())
        throw archiveInvalid("a file in it is not the one of its list");
    },
    done,
  };
}

const moreThanPromised = () => archiveInvalid("it holds more than its manifest promises");

function isRecord(text: string, record: InstanceRecord): boolean {
  try {
    return JSON.stringify(InstanceRecord.parse(JSON.parse(text))) === JSON.stringify(record);
  } catch {
    return false;
  }
}

/** Splits the input into lines; the last one must be complete, too. */
function readLines(
  { decodeUtf8 }: Pick<CodecPlatform, "decodeUtf8">,
  onLine: (line: string) => void,
): ContentSink {
  let begun: Uint8Array[] = [];
  let length = 0;
  return {
    data(part) {
      for (let from = 0; from < part.length; ) {
        const newline = part.indexOf(0x0a, from);
        const piece = part.subarray(from, newline === -1 ? part.length : newline);
        length += piece.length;
        if (length > LINE_MAX_SIZE) throw archiveInvalid("its list of files is broken");
        if (newline === -1) {
          begun.push(Uint8Array.from(piece));
          return;
        }
        const line = decodeUtf8(begun.length === 0 ? piece : concatBytes([...begun, piece]));
        if (line === null) throw archiveInvalid("its list of files is broken");
        onLine(line);
        begun = [];
        length = 0;
        from = newline + 1;
      }
    },
    end() {
      if (length > 0) throw archiveInvalid("its list of files is broken");
    },
  };
}
